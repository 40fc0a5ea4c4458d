import Testing

@testable import OrderedJSON

/// What comes again is not read again, and nobody can tell by what is read.
@Suite struct RepeatedValuesTests {
  private static let tool =
    #"{"type": "function", "function": {"name": "%", "description": "\#(String(repeating: "A tool. ", count: 20))"}}"#

  private static func tool(_ name: String) -> String { tool.replacing("%", with: name) }

  private func read(_ rows: [String], keys: [String]) -> [Result<JSONValue, JSONParseError>] {
    var parser = JSONParser(limits: JSONLimits(), repeatedKeys: keys)
    return rows.map { row in
      var row = row
      return row.withUTF8 { parser.parse(UnsafeRawBufferPointer($0)) }
    }
  }

  private func storage(_ row: Result<JSONValue, JSONParseError>) throws -> UInt? { try row.get()["tools"]?.storage }

  @Test func whatComesAgainIsTheSameInMemory() throws {
    let tools = "[\(Self.tool("a")), \(Self.tool("b"))]"
    let rows = read(
      [
        #"{"id": 1, "tools": \#(tools)}"#, #"{"tools":  \#(tools) , "id": 2}"#, #"{"other": \#(tools), "tools": null}"#,
      ],
      keys: ["tools"])
    #expect(try storage(rows[0]) == storage(rows[1]))
    #expect(try rows[2].get()["other"]?.storage != storage(rows[0]))
    #expect(try rows[1].get()["id"] == 2)
  }

  @Test func setsWithTheSameBeginningAreToldApart() throws {
    let sets = ["a", "b", "c", "d", "e", "f"].map { "[\(Self.tool("x")), \(Self.tool($0))]" } + ["[\(Self.tool("x"))]"]
    let rows = (sets + sets + sets.reversed()).map { #"{"tools": \#($0), "end": [1]}"# }
    for (row, read) in zip(rows, read(rows, keys: ["tools"])) { #expect(try read.get() == JSONValue(parsing: row)) }
  }

  @Test func whatIsBrokenIsReadAsEver() throws {
    let tools = "[\(Self.tool("a")), \(Self.tool("b"))]"
    let whole = #"{"tools": \#(tools)}"#
    let bytes = Array(whole.utf8)
    let cut = (1..<bytes.count).map { String(decoding: bytes[..<$0], as: UTF8.self) }
    let wrong = [
      #"{"tools": \#(tools)]"#, #"{"tools": \#(tools) \#(tools)}"#, #"{"tools": [\#(tools)}"#,
      #"{"tools": \#(tools.dropLast()), ]}"#, #"{"tools": \#(tools), "tools": \#(tools)"#,
    ]
    let rows = [whole] + cut + wrong
    for (row, read) in zip(rows, read(rows, keys: ["tools"])).dropFirst() {
      #expect(throws: JSONParseError.self) { try read.get() }
      guard case .failure(let error) = read, case .failure(let alone)? = self.read([row], keys: []).first else {
        continue
      }
      #expect(error == alone, "\(row.suffix(40))")
    }
  }

  @Test func onlyMembersOfTheRowItselfAreShared() throws {
    let tools = "[\(Self.tool("a"))]"
    let rows = read(
      [#"{"a": {"tools": \#(tools)}}"#, #"{"a": {"tools": \#(tools)}}"#, #"[{"tools": \#(tools)}]"#], keys: ["tools"])
    #expect(try rows[0].get()["a"]?["tools"]?.storage != rows[1].get()["a"]?["tools"]?.storage)
    #expect(try rows[2].get()[0]?["tools"] == JSONValue(parsing: tools))
  }

  @Test func manySetsAndLargeOnesAreReadRight() throws {
    let large = #"[{"name": "\#(String(repeating: "x", count: 300_000))"}]"#
    let rows =
      (0..<30_000).map { #"{"tools": [\#(Self.tool("t\($0 % 12_000)"))]}"# } + [
        #"{"tools": \#(large)}"#, #"{"tools": \#(large)}"#,
      ]
    for (number, read) in read(rows, keys: ["tools"]).enumerated() {
      let name = try read.get()["tools"]?[0]?["function"]?["name"]
      #expect(name == (number < 30_000 ? .string("t\(number % 12_000)") : nil))
    }
  }
}
