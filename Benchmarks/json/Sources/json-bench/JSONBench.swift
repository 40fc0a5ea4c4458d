import Glibc
import OrderedJSON

/// Reads every row of a file into a tree, writes every tree, and prints the best of some rounds, in MB/s of CPU time.
///
/// `json-bench ROWS.jsonl [ROUNDS]`. The lines are split beforehand, and each row's tree is freed within the round that
/// made it, as `orjson.py` does.
@main enum JSONBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 2 else {
      print("usage: json-bench ROWS.jsonl [ROUNDS]")
      exit(2)
    }
    let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5
    let lines = try read(arguments[1]).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    let megabytes = Double(lines.reduce(0) { $0 + $1.count }) / 1e6
    var parser = JSONReader()
    var best = (read: 0.0, write: 0.0, both: 0.0)
    for _ in 0..<rounds {
      var start = cpuSeconds()
      for line in lines { _ = try parser.read(line) }
      best.read = max(best.read, megabytes / (cpuSeconds() - start))

      let trees = try lines.map { try parser.read($0) }
      var writer = JSONWriter()
      start = cpuSeconds()
      for tree in trees {
        writer.removeAll()
        writer.write(tree)
      }
      best.write = max(best.write, megabytes / (cpuSeconds() - start))
      // Else the trees would be freed before the clock is read.
      withExtendedLifetime(trees) {}

      // The way that the product goes: a file, its rows, another file.
      start = cpuSeconds()
      let input = try JSONLinesReader(path: arguments[1])
      let output = try JSONLinesWriter(path: "/dev/null")
      while let line = try input.next() { try output.write(line.value.get()) }
      try output.finish()
      best.both = max(best.both, megabytes / (cpuSeconds() - start))
    }
    print(#"{"read":\#(best.read),"write":\#(best.write),"lines":\#(best.both)}"#)
  }

  /// CPU time of this thread.
  private static func cpuSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  private static func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw FileError(operation: .read, path: path, code: errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var portion = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = fread(&portion, 1, portion.count, file)
      if count == 0 { return bytes }
      bytes.append(contentsOf: portion[..<count])
    }
  }
}
