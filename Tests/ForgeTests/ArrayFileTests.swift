import Foundation
import OrderedJSON
import Testing

/// Files that are one JSON array of rows, as a person gives them to the commands.
@Suite struct ArrayFileTests {
  /// As xLAM writes rows: lists as JSON text.
  private static func row(_ id: Int, _ answers: String) -> JSONValue {
    [
      "id": .integer(id), "query": "Weather in Oslo?", "answers": .string(answers),
      "tools":
        #"[{"name": "weather", "description": "w", "parameters": {"city": {"type": "str", "description": "c"}}}]"#,
    ]
  }

  private static let rows: [JSONValue] = [
    row(10, #"[{"name": "weather", "arguments": {"city": "Oslo"}}]"#),
    row(20, #"[{"name": "weather", "arguments": {"town": "Oslo"}}]"#),
    row(30, #"[{"name": "wether", "arguments": {"city": "Oslo"}}]"#),
    row(40, #"[{"name": "weather", "arguments": {"city": "Bergen"}}]"#),
  ]

  private static func text(_ style: JSONStyle) -> String { JSONValue.array(rows).serialized(style) }

  private func write(_ text: String, _ path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test(arguments: [JSONStyle.compact, JSONStyle(.indented(2))]) func theElementsAreTheRows(style: JSONStyle) throws {
    let folder = try TemporaryFolder()
    try write(Self.text(style), folder.path + "/data.json")
    let result = try ForgeBinary.run(["validate", "data.json", "-o", "v.jsonl"], in: folder.path)
    #expect(result.err.contains("passed 2, failed 2"), "\(result.err)")
    #expect(result.err.contains("rows 2"))
    let verdicts = try folder.rows("v.jsonl")
    #expect(verdicts.map { $0["row"] } == [1, 2, 3, 4])
    #expect(verdicts.map { $0["id"] } == [10, 20, 30, 40])
    #expect(verdicts.map { $0["verdict"] } == ["pass", "fail", "fail", "pass"])

    let piped = try ForgeBinary.run(["validate", "-", "-q"], in: folder.path, input: Self.text(style))
    #expect(piped.out == folder.text("v.jsonl"))
  }

  @Test func aPackedFileIsRead() throws {
    let folder = try TemporaryFolder()
    try write(Self.text(JSONStyle(.indented(2))), folder.path + "/data.json")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", folder.path + "/data.json"]
    try process.run()
    process.waitUntilExit()
    let result = try ForgeBinary.run(
      ["validate", "data.json.gz", "-o", "v.jsonl", "--fix", "f.jsonl"], in: folder.path)
    #expect(result.err.contains("passed 2, failed 2"), "\(result.err)")
    #expect(try folder.rows("f.jsonl") == Self.rows)
  }

  @Test func aBrokenElementAndAFileThatIsCutShortAreToldByTheirPlaces() throws {
    let folder = try TemporaryFolder()
    let good = Self.rows[0].serialized()
    try write("[\n\(good),\n{\"id\": oops},\n\(good),\n\(good)", folder.path + "/data.json")
    let result = try ForgeBinary.run(["validate", "data.json", "-o", "v.jsonl", "--strict"], in: folder.path)
    #expect(result.status == 1)
    let verdicts = try folder.rows("v.jsonl")
    #expect(verdicts.map { $0["verdict"] } == ["pass", "fail", "pass", "pass", "fail"])
    let reasons = verdicts.compactMap { $0["checks"]?[0]?["reason"]?.stringValue }
    #expect(reasons.count == 2)
    #expect(reasons.first?.contains("the row is not valid JSON: ") == true && reasons.first?.contains("line 3") == true)
    #expect(reasons.last?.contains("the file ends before its array is closed") == true)
  }

  @Test func otherCommandsReadThemAndNameTheirRows() throws {
    let folder = try TemporaryFolder()
    let good = #"{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "an answer"}]}"#
    try write("[\(good), {oops}, {\"id\": 3}, \(good)]", folder.path + "/data.json")
    let exported = try ForgeBinary.run(
      ["export", "data.json", "--format", "openai", "-o", "out.jsonl", "--rejected", "no.jsonl"], in: folder.path)
    #expect(exported.status == 0, "\(exported.err)")
    #expect(try folder.rows("out.jsonl").count == 2)
    let rejected = try folder.rows("no.jsonl")
    #expect(rejected.map { $0["values"]?["row"] } == [2, 3])
    #expect(rejected.map { $0["id"] } == ["row-2", "row-3"])
    #expect(rejected.first?["reason"]?.stringValue?.hasPrefix("row 2 is not valid JSON: ") == true)
  }
}
