import Foundation
import OrderedJSON
import Testing

@Suite("Reading a file that is one array") struct ArrayRowsTests {
  private let files = FileManager.default

  private func rows(_ text: String, maximumLineBytes: Int = 64 << 20) throws -> [JSONLine] {
    try withScratchFolder { folder in
      files.write(Array(text.utf8), "\(folder)/rows")
      let reader = try JSONLinesReader(path: "\(folder)/rows", maximumLineBytes: maximumLineBytes)
      var rows: [JSONLine] = []
      while let row = try reader.next() { rows.append(row) }
      #expect(try reader.next() == nil)
      return rows
    }
  }

  /// What was read: values, or what is wrong.
  private func read(_ text: String, maximumLineBytes: Int = 64 << 20) throws -> [String] {
    try rows(text, maximumLineBytes: maximumLineBytes).map { row in
      switch row.value {
      case .success(let value): return value.serialized(.compact)
      case .failure(let error): return "\(error.line):\(error.column) \(error.message)"
      }
    }
  }

  @Test(
    arguments: [
      #"[{"a":1},{"a":2}]"#, "[{\"a\":1},{\"a\":2}]\n\n", " \n[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n",
      "[\r\n{\"a\": 1},\r\n{\"a\": 2}\r\n]\r\n", "[{\"a\": 1}, \n {\"a\": 2}]", "[{\"a\": 1}\n,{\"a\": 2}\n]",
      "[\n{\"a\": 1},\n{\"a\": 2}]",
    ])
  func `compact or over many lines, its elements are the rows, counted from 1`(text: String) throws {
    let rows = try rows(text)
    #expect(try rows.map { try $0.value.get() } == [["a": 1], ["a": 2]])
    #expect(rows.map(\.place) == [RowPlace(.row, 1), RowPlace(.row, 2)])
    for row in rows { #expect(Array(text.utf8)[row.byteOffset] == UInt8(ascii: "{")) }
  }

  @Test func `brackets, commas and quotes within strings belong to their element`() throws {
    let value: JSONValue = ["a": "]}, \\\" [{", "\\": ["é\n😀", [:], []]]
    for style in [JSONStyle.compact, .spaced] {
      let text = "[" + [value, value, value].map { $0.serialized(style) }.joined(separator: ",") + "]"
      #expect(try rows(text).map(\.value) == [.success(value), .success(value), .success(value)])
    }
  }

  @Test func `lines that are arrays are rows of JSON Lines`() throws {
    for text in [
      "[{\"a\":1}]\n[{\"a\":2}]\n", "[{\"a\":1}]\n\n{\"a\":2}", "[1]\n2\n", "[1,2]", "[[{}],[{}]]\n", "[tru]\n[2]\n",
    ] {
      let lines = try rows(text)
      #expect(lines.allSatisfy { $0.place.unit == .line }, "\(text)")
      #expect(lines.count == text.split(separator: "\n").count)
    }
    #expect(try read("{}\n[1,\n").last == "2:4 the text ends in the middle of a value")
  }

  @Test func `an empty array over several lines has no rows`() throws {
    for text in ["[\n]", " [ \n\n ] "] { #expect(try rows(text).isEmpty) }
    // In one line it is a row that is an array, as any other array without objects.
    #expect(try read("[]\n") == ["[]"])
  }

  @Test func `what is no object is a row as well`() throws {
    #expect(try read("[\n1,\n\"b\",\n[2, 3],\nnull\n]") == ["1", "\"b\"", "[2,3]", "null"])
  }

  @Test func `a broken element is a value with its place in the file, and reading goes on`() throws {
    let lines = "[\n  {\"a\": 1},\n  {\"é\": tru},\n  {\"a\": 3}\n]"
    #expect(try read(lines) == ["{\"a\":1}", "3:12 true, false or null expected, found `}`", "{\"a\":3}"])
    let compact = #"[{"é":1},{"a":tru},{"a":3}]"#
    #expect(try read(compact) == ["{\"é\":1}", "1:18 true, false or null expected, found `}`", "{\"a\":3}"])
    guard case .failure(let error) = try rows(compact)[1].value else { return #expect(Bool(false)) }
    #expect(error.byteOffset == 18)
    // Brackets that match none.
    #expect(try read(#"[{"a": [1}, {"a": 2}]"#).last == "{\"a\":2}")
    #expect(try read(#"[{"a": 1}}, {"a": 2}]"#).last == "{\"a\":2}")
    #expect(try read("[{\"a\": 1}\n{\"a\": 2},\n{\"a\": 3}]") == ["2:1 something follows the JSON value", "{\"a\":3}"])
    #expect(try read("[\n{\"a\": 1},\n,{\"a\": 3}]").last == "{\"a\":3}")
  }

  @Test(arguments: [
    "[\n  {\"a\": \"x},\n  {\"a\": 2},\n  {\"a\": 3}\n]",
    "[\n  {\n    \"a\": \"x,\n    \"b\": [\n      {\"c\": 1}\n    ]\n  },\n  {\n    \"a\": 2\n  },\n  {\"a\": 3}\n]\n",
    "[{\"a\": \"x},\n{\"a\": 2},\n{\"a\": 3}]", "[{\"a\": \"x}, \n {\"a\": 2}, \n {\"a\": 3}]",
  ]) func `a missing quote spoils one element only`(text: String) throws {
    let read = try read(text)
    #expect(read.count == 3, "\(read)")
    #expect(read[0].hasSuffix("the string is not closed"))
    #expect(read.dropFirst() == ["{\"a\":2}", "{\"a\":3}"])
  }

  @Test func `a file that is cut short says so after its rows`() throws {
    let notClosed = "the file ends before its array is closed"
    #expect(try read("[\n{\"a\": 1},\n{\"a\": 2}") == ["{\"a\":1}", "{\"a\":2}", "3:9 \(notClosed)"])
    #expect(try read("[\n{\"a\": 1},\n") == ["{\"a\":1}", "3:1 \(notClosed)"])
    #expect(try read("[") == ["1:2 \(notClosed)"])
    #expect(
      try read("[\n{\"a\": 1},\n{\"a\": [2") == [
        "{\"a\":1}", "3:9 the text ends in the middle of a value; \(notClosed)",
      ])
    let inString = try read("[\n{\"a\": 1},\n{\"a\": \"x, y")
    #expect(inString.count == 2 && inString[1].hasSuffix(notClosed))
  }

  @Test func `what is wrong between and behind the elements is a row`() throws {
    #expect(try read("[\n{},\n]") == ["{}", "3:1 a comma before the closing bracket"])
    #expect(try read("[\n{}\n]\n{}\n{}") == ["{}", "4:1 something follows the JSON value"])
    #expect(try read(#"[{"a":1}, {"a": 2]"#).count == 2)
  }

  @Test func `an element that is too long is a value, and reading goes on`() throws {
    let long = String(repeating: "x]\\\"[", count: 300_000)
    for text in [
      "[\n{\"a\": 1},\n{\"a\": \"\(long)\"},\n{\"a\": 3}\n]", "[{\"a\": 1},{\"a\": \"\(long)\"},{\"a\": 3}]",
    ] {
      let read = try read(text, maximumLineBytes: 1000)
      #expect(read.count == 3)
      #expect(read[1].hasSuffix("the row is longer than 1000 bytes"))
      #expect(read[2] == "{\"a\":3}")
    }
    // At the limit and one beyond.
    let two = "[\n\"abc\",\n\"abcd\"]"
    #expect(try read(two, maximumLineBytes: 5) == ["\"abc\"", "3:1 the row is longer than 5 bytes"])
    #expect(try read("[\n\"" + long, maximumLineBytes: 1000).count == 2)
  }

  @Test func `elements and arrays longer than the buffer are read whole, and more than is looked through at first`()
    throws
  {
    var random = Seeded(7)
    let texts = [10, 300_000, 1, 2_000_000, 262_143, 262_144, 3_000_000].map { String(repeating: "é", count: $0) }
    let values = texts.map { JSONValue.object(["a": .string($0), "b": .string(random.text())]) }
    let text = "[" + values.map { $0.serialized() }.joined(separator: ", ") + "]"
    let lines = try rows(text)
    #expect(lines.map(\.value) == values.map { .success($0) })
    #expect(lines.map(\.number) == Array(1...7))
  }

  @Test func `no depth overflows`() throws {
    let deep = String(repeating: "[", count: 3_000_000)
    let objects = String(repeating: "{\"a\":", count: 100_000)
    #expect(try read("[\n\(deep)").count == 1)
    #expect(try read("[\n\(objects)").count == 1)
    let closed = "[\n\(String(repeating: "[", count: 9_000))\(String(repeating: "]", count: 9_000)),\n{\"a\": 1}]"
    let read = try read(closed)
    #expect(read.count == 2 && read[0].hasSuffix("nested deeper than 512 levels") && read[1] == "{\"a\":1}")
  }

  @Test func `an array may be packed, and packed data that is cut short counts the rows before`() throws {
    try withScratchFolder { folder in
      let text = "[\n" + (0..<20_000).map { "{\"number\": \($0)}" }.joined(separator: ",\n") + "\n]\n"
      files.write(Array(text.utf8), "\(folder)/rows")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gzip", "\(folder)/rows"]
      try process.run()
      process.waitUntilExit()
      func count(_ path: String) throws -> Int {
        let reader = try JSONLinesReader(path: path)
        var count = 0
        while let row = try reader.next() {
          #expect(try row.value.get()["number"]?.intValue == count)
          count += 1
        }
        return count
      }
      #expect(try count("\(folder)/rows.gz") == 20_000)
      let packed = Array(try #require(files.contents(atPath: "\(folder)/rows.gz")))
      files.write(Array(packed[..<(packed.count / 2)]), "\(folder)/cut.gz")
      let error = try #require(throws: FileError.self) { try count("\(folder)/cut.gz") }
      #expect(error.reason.hasPrefix("the gzip data ends too early, after "))
      #expect(!error.reason.hasSuffix(" 0 rows"))
    }
  }
}
