import Glibc
import OrderedJSON
import Tokenizer

/// Encodes each text of a file once, and prints how many tokens that were and the MB/s of CPU time.
///
/// `tokenizer-bench TOKENIZER.json TEXTS.jsonl`. Every run starts with nothing remembered, as `hf_bench.py` does.
@main enum TokenizerBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      print("usage: tokenizer-bench TOKENIZER.json TEXTS.jsonl")
      exit(2)
    }
    let tokenizer = try Tokenizer(contentsOf: arguments[1])
    let reader = try JSONLinesReader(path: arguments[2])
    var texts: [String] = []
    while let line = try reader.next() { texts.append(try line.value.get()["text"]?.stringValue ?? "") }
    let megabytes = Double(texts.reduce(0) { $0 + $1.utf8.count }) / 1e6
    let start = cpuSeconds()
    var tokens = 0
    for text in texts { tokens += tokenizer.encode(text).ids.count }
    print(#"{"tokens":\#(tokens),"speed":\#(megabytes / (cpuSeconds() - start))}"#)
  }

  /// CPU time of this thread.
  private static func cpuSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }
}
