import Foundation
import OrderedJSON
import Testing

@testable import DataForge

@Suite struct RowValidationTests {
  private let tools = ScriptedTools { call in
    call.arguments["city"] == "Nowhere"
      ? Observation(status: .failed, message: "there is none") : Observation(status: .ok, output: ["rain": true])
  }

  private func run(
    _ rows: [JSONValue], _ validator: ToolCallValidator, concurrency: Int = 4
  ) async throws -> (tally: VerdictTally, verdicts: [JSONValue], recorded: [JSONValue], fixed: [JSONValue]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rows-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = rows.map { $0.serialized() + "\n" }.joined()
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/in.jsonl"))
    let validation = RowValidation(validator, concurrency: concurrency)
    let tally = try await validation.run(
      from: folder + "/in.jsonl", to: folder + "/out.jsonl",
      rows: RowValidation.RowFiles(recorded: folder + "/recorded.jsonl", fixed: folder + "/fixed.jsonl"))
    func read(_ name: String) throws -> [JSONValue] {
      let reader = try JSONLinesReader(path: "\(folder)/\(name).jsonl")
      var values: [JSONValue] = []
      while let line = try reader.next() { values.append(try line.value.get()) }
      return values
    }
    return (tally, try read("out"), try read("recorded"), try read("fixed"))
  }

  private func asking(_ city: String, id: String? = nil, _ more: JSONValue...) -> JSONValue {
    let call = ToolRows.assistant(ToolRows.call(["city": .string(city)], id: id))
    return ["id": .string(city), "messages": .array([ToolRows.user, call] + more)]
  }

  @Test func missingResultsAreFilledInAndRowsThatFailLeftOut() async throws {
    let rows = [
      asking("Oslo", id: "a"), asking("Nowhere"), asking("Rom", ToolRows.result("{\"rain\": true}")),
      ["query": "Weather?", "answers": [["name": "weather", "arguments": ["city": "Bonn"]]]],
    ]
    let (tally, verdicts, recorded, _) = try await run(rows, tools.validator())
    #expect(tally.passed == 3)
    #expect(tally.executed == 4)
    #expect(verdicts.count == 4)
    #expect(recorded.count == 3)
    #expect(
      recorded[0]["messages"]?[2]
        == ["role": "tool", "tool_call_id": "a", "name": "weather", "content": "{\"rain\":true}"])
    #expect(recorded[1] == rows[2])
    #expect(recorded[2]["answers"] == nil)
    #expect(recorded[2]["messages"]?.arrayValue?.map { $0["role"] } == ["user", "assistant", "tool"])
    // What was recorded is what is observed again.
    let again = try await run(recorded, tools.validator())
    #expect(again.tally.passed == 3)
    #expect(again.recorded == recorded)
  }

  @Test func resultsAreFilledInWhereTheyBelong() async throws {
    let calls = ToolRows.assistant(ToolRows.call(["city": "Oslo"], id: "a"), ToolRows.call(["city": "Rom"], id: "b"))
    let row = ToolRows.row(ToolRows.user, calls, ToolRows.user, ToolRows.says("Rain."))
    // A row whose turn has no results at all and goes on is illegal, so only the format check is left out here.
    let recorded = try await run([row], tools.validator(checks: [.schema, .execution])).recorded
    #expect(
      recorded.first?["messages"]?.arrayValue?.map { $0["role"] }
        == ["user", "assistant", "tool", "tool", "user", "assistant"])
    #expect(recorded.first?["messages"]?[3]?["tool_call_id"] == "b")
  }

  @Test func allRowsAreWrittenRepaired() async throws {
    var validator = try ToolCallValidator(registry: ToolRegistry(ToolRows.tools), checks: [.format, .schema])
    validator.repairs = true
    let rows = [
      ToolRows.row(calling: ["city": "Oslo", "days": "3"]), ToolRows.row(calling: ["town": "Oslo"]),
      ToolRows.row(calling: ["city": "Rom"]),
    ]
    let (tally, _, _, fixed) = try await run(rows, validator)
    #expect(tally.repaired == 1)
    #expect(tally.passed == 2)
    #expect(fixed.count == 3)
    #expect(fixed[0]["fixes"] != nil)
    #expect(Array(fixed.dropFirst()) == Array(rows.dropFirst()))
  }

  @Test(arguments: [1, 3])
  func rowsAreSummedUpByReasonWithTheirNumbers(concurrency: Int) async throws {
    let validator = try ToolCallValidator(registry: ToolRegistry(ToolRows.tools), checks: [.format, .schema])
    var rows = (0..<300).map { _ in ToolRows.row(calling: ["city": "Oslo"]) }
    for index in stride(from: 9, to: 300, by: 10) { rows[index] = ToolRows.row(calling: ["city": 3, "citty": 4]) }
    rows[0] = ToolRows.row(ToolRows.user, ToolRows.says("Rain."))
    let (tally, verdicts, _, _) = try await run(rows, validator, concurrency: concurrency)
    #expect(verdicts.map { $0["row"] } == (1...300).map { .integer($0) })
    #expect(tally.passed == 269)
    #expect(tally.failed == [.schema: 30, .format: 1])
    let type = tally.reasons[.init(check: .schema, kind: .type)]
    #expect(type?.count == 30)
    #expect(type?.rows == [10, 20, 30, 40, 50])
    #expect(tally.sortedReasons.map(\.reason.kind) == [.noCall, .type, .unknownArgument])
  }
}
