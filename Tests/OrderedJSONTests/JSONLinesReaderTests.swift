import Foundation
import OrderedJSON
import Testing

@Suite("Reading JSON Lines") struct JSONLinesReaderTests {
  private let files = FileManager.default

  private func lines(_ text: [UInt8], maximumLineBytes: Int = 64 << 20) throws -> [JSONLine] {
    try withScratchFolder { folder in
      files.write(text, "\(folder)/rows")
      return try all(JSONLinesReader(path: "\(folder)/rows", maximumLineBytes: maximumLineBytes))
    }
  }

  private func all(_ reader: JSONLinesReader) throws -> [JSONLine] {
    var lines: [JSONLine] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  private func packed(_ rows: [JSONValue]) throws -> [UInt8] {
    try withScratchFolder { folder in
      let writer = try JSONLinesWriter(path: "\(folder)/rows.gz")
      for row in rows { try writer.write(row) }
      try writer.finish()
      return Array(try #require(files.contents(atPath: "\(folder)/rows.gz")))
    }
  }

  @Test
  func `rows have numbers and offsets; blank lines count but are no rows; CRLF and a missing last line feed are fine`()
    throws
  {
    let lines = try lines(Array("{\"a\":1}\r\n\n  \t\r\n[2]\n3".utf8))
    #expect(lines.map(\.number) == [1, 4, 5])
    #expect(lines.map(\.byteOffset) == [0, 15, 19])
    #expect(try lines.map { try $0.value.get() } == [["a": 1], [2], 3])
  }

  @Test func `an empty file and one of blank lines have no rows`() throws {
    #expect(try lines([]).isEmpty)
    #expect(try lines(Array("\n\r\n  \n".utf8)).isEmpty)
  }

  @Test func `a bad line is a value with its place in the file, and reading goes on`() throws {
    let lines = try lines(Array("{}\n{\"é\":tru}\n{}\n".utf8))
    #expect(lines.count == 3)
    guard case .failure(let error) = lines[1].value else { return #expect(Bool(false)) }
    #expect(error.line == 2)
    #expect(error.column == 9)
    #expect(error.byteOffset == 3 + 9)
    #expect(try lines[2].value.get() == [:])
  }

  @Test func `a line that is too long is a value, and reading goes on`() throws {
    let long = "\"" + String(repeating: "x", count: 3_000_000) + "\""
    for tail in ["\n7\n", "\n7", "\n\n7"] {
      let lines = try lines(Array("1\n\(long)\(tail)".utf8), maximumLineBytes: 1000)
      #expect(lines.count == 3)
      guard case .failure(let error) = lines[1].value else { return #expect(Bool(false)) }
      #expect(error.line == 2)
      #expect(error.byteOffset == 2)
      #expect(error.message.contains("1000 bytes"))
      #expect(lines[2].value == .success(7))
      #expect(lines[2].byteOffset == 2 + long.utf8.count + tail.utf8.count - tail.drop { $0 == "\n" }.utf8.count)
    }
    #expect(try lines(Array(long.utf8), maximumLineBytes: 1000).count == 1)
    // At the limit and one beyond.
    #expect(try lines(Array("\"abc\"\n".utf8), maximumLineBytes: 5)[0].value == .success("abc"))
    #expect(try lines(Array("\"abcd\"\n".utf8), maximumLineBytes: 5)[0].value != .success("abcd"))
  }

  @Test func `lines longer than the buffer are read whole`() throws {
    let texts = [10, 300_000, 1, 2_000_000, 262_143, 262_144].map { String(repeating: "é", count: $0) }
    let lines = try lines(Array(texts.map { JSONValue.string($0).serialized() }.joined(separator: "\n").utf8))
    #expect(lines.map(\.value) == texts.map { .success(.string($0)) })
  }

  @Test func `gzip is told by its bytes, whatever the name, one member or many, padded with zeros or not`() throws {
    let rows = (0..<20_000).map { JSONValue.object(["number": .integer($0)]) }
    let first = try packed(Array(rows[..<12_000])), second = try packed(Array(rows[12_000...]))
    let expected: [Result<JSONValue, JSONParseError>] = rows.map { .success($0) }
    #expect(try lines(first + second).map(\.value) == expected)
    #expect(try lines(first + second + [UInt8](repeating: 0, count: 1000)).map(\.value) == expected)
    #expect(try lines(packed([])).isEmpty)
  }

  @Test func `a member may end in the middle of a row`() throws {
    let rows = try packed([1]), text = try lines(rows + packed([2]))
    #expect(text.map(\.value) == [.success(1), .success(2)])
  }

  @Test func `packed data that is cut short or damaged is an error that counts the rows before`() throws {
    var random = Seeded(3)
    let whole = try packed((0..<5000).map { _ in .string(random.text()) })
    try withScratchFolder { folder in
      let path = "\(folder)/rows.jsonl.gz"
      func failure(_ bytes: [UInt8]) throws -> (FileError, Int) {
        files.write(bytes, path)
        let reader = try JSONLinesReader(path: path)
        var count = 0
        let error = try #require(throws: FileError.self) { while try reader.next() != nil { count += 1 } }
        #expect(try reader.next() == nil)
        return (error, count)
      }
      for length in [2, 10, whole.count / 2, whole.count - 8, whole.count - 1] {
        let (error, count) = try failure(Array(whole[..<length]))
        #expect(error.path == path)
        #expect(error.reason == "the gzip data ends too early, after \(count) rows")
        if length == whole.count / 2 { #expect(count > 1000) }
      }
      var damaged = whole
      // The checksum is in the last eight bytes.
      damaged[whole.count - 6] ^= 1
      #expect(try failure(damaged).0.reason == "the gzip data is damaged after 5000 rows")
      #expect(try failure(whole + Array("garbage".utf8)).0.reason == "the gzip data is damaged after 5000 rows")
    }
  }

  @Test func `what gzip itself packed is read`() throws {
    try withScratchFolder { folder in
      files.write(Array("{\"a\":1}\n{\"a\":2}\n".utf8), "\(folder)/rows")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gzip", "\(folder)/rows"]
      try process.run()
      process.waitUntilExit()
      #expect(
        try all(JSONLinesReader(path: "\(folder)/rows.gz")).map(\.value) == [.success(["a": 1]), .success(["a": 2])])
    }
  }

  @Test func `a missing file and a folder say so`() throws {
    let missing = try #require(throws: FileError.self) { try JSONLinesReader(path: "/no/such/file.jsonl") }
    #expect(missing.code == ENOENT)
    #expect("\(missing)" == "cannot read /no/such/file.jsonl: no such file or folder; check the path")
    #expect(try #require(throws: FileError.self) { try JSONLinesReader(path: "/") }.code == EISDIR)
  }
}
