import Glibc
import JinjaTemplate
import OrderedJSON

// jinja-bench TEMPLATE CONTEXT SECONDS: prints how often a second of CPU time renders the template, and the text's size.

func fail(_ message: String) -> Never {
  print(message)
  exit(1)
}

func bytes(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else {
    fail("cannot open \(path)")
  }
  defer { fclose(file) }
  var all: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { all += buffer[..<count] }
  return all
}

func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

guard CommandLine.arguments.count == 4, let seconds = Double(CommandLine.arguments[3]) else {
  fail("usage: jinja-bench TEMPLATE CONTEXT SECONDS")
}
let template = try JinjaTemplate(
  String(decoding: bytes(CommandLine.arguments[1]), as: UTF8.self), name: CommandLine.arguments[1])
guard let context = try JSONValue(parsing: bytes(CommandLine.arguments[2])).objectValue else {
  fail("the context is no object")
}
var size = 0
for _ in 0..<200 { size = try template.render(context).text.utf8.count }
var count = 0
let start = processorSeconds()
var elapsed = 0.0
while elapsed < seconds {
  for _ in 0..<500 { size &+= try template.render(context).text.utf8.count }
  count += 500
  elapsed = processorSeconds() - start
}
let length = try template.render(context).text.utf8.count
print("{\"renders\": \(Double(count) / elapsed), \"bytes\": \(length)}")
