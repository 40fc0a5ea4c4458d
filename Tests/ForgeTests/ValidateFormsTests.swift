import Foundation
import OrderedJSON
import Testing

/// `forge validate` over rows as the APIs of others have them, with their calls executed.
@Suite struct ValidateFormsTests {
  /// A form: its row with one call and, where there is one, the result.
  struct Form: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Where the call stands.
    let callPath: String
    let resultPath: String
    let row: @Sendable (_ tool: String, _ arguments: JSONValue, _ result: JSONValue?) -> JSONValue
    let recorded: @Sendable (_ row: JSONValue) -> JSONValue?
    let arguments: @Sendable (_ row: JSONValue) -> JSONValue?
  }

  static let forms = [
    Form(
      testDescription: "Gemini", callPath: "/contents/1/parts/0/functionCall",
      resultPath: "/contents/2/parts/0/functionResponse/response"
    ) { tool, arguments, result in
      var turns: [JSONValue] = [
        ["role": "user", "parts": [["text": "Which date?"]]],
        ["role": "model", "parts": [["functionCall": ["name": .string(tool), "args": arguments]]]],
      ]
      if let result {
        let answer: JSONValue = ["name": .string(tool), "response": ["result": result]]
        turns += [
          ["role": "user", "parts": [["functionResponse": answer]]], ["role": "model", "parts": [["text": "That."]]],
        ]
      }
      return ["contents": .array(turns)]
    } recorded: {
      $0["contents"]?[2]?["parts"]?[0]?["functionResponse"]?["response"]?["result"]
    } arguments: {
      $0["contents"]?[1]?["parts"]?[0]?["functionCall"]?["args"]
    },
    Form(testDescription: "Responses", callPath: "/output/0", resultPath: "/output/1/output") {
      tool, arguments, result in
      var items: [JSONValue] = [
        ["type": "function_call", "call_id": "c", "name": .string(tool), "arguments": .string(arguments.serialized())]
      ]
      if let result {
        items += [
          ["type": "function_call_output", "call_id": "c", "output": result],
          ["type": "message", "role": "assistant", "content": [["type": "output_text", "text": "That."]]],
        ]
      }
      return ["input": [["role": "user", "content": "Which date?"]], "output": .array(items)]
    } recorded: {
      $0["output"]?[1]?["output"]
    } arguments: {
      $0["output"]?[0]?["arguments"].flatMap { $0.stringValue.flatMap { try? JSONValue(parsing: $0) } }
    },
  ]

  @Test(arguments: forms) func rowsAreCheckedExecutedRecordedAndRepairedInTheirForm(form: Form) throws {
    let folder = try TemporaryFolder()
    let good: JSONValue = ["date": "2026-03-01", "days": 1]
    let rows: [JSONValue] = [
      form.row("add_days", good, "2026-03-02"), form.row("add_days", good, "2026-03-03"),
      form.row("add_days", good, nil),
      form.row("add_days", ["date": "2026-03-01", "days": "1"], nil), form.row("add_day", good, nil),
      form.row("add_days", ["date": "2026-02-30", "days": 1], nil),
    ]
    try JSONValue.array(rows).serialized(JSONStyle(.indented(1)))
      .write(toFile: folder.path + "/rows.json", atomically: true, encoding: .utf8)
    let tools = ForgeBinary.checkout + "/samples/tools/tools.json"
    let arguments = ["validate", "rows.json", "--tools", tools, "-o", "v.jsonl", "--record", "recorded.jsonl"]
    let result = try ForgeBinary.run(arguments, in: folder.path)
    #expect(result.status == 0, "\(result.err)")
    let verdicts = try folder.rows("v.jsonl")
    #expect(verdicts.map { $0["verdict"] } == ["pass", "fail", "pass", "fail", "fail", "fail"])
    let failures = verdicts.map { $0["checks"]?.arrayValue?.first { $0["pass"] == false } }
    #expect(failures.map { $0?["kind"] } == [nil, "other-result", nil, "type", "unknown-tool", "failed"])
    #expect(
      failures.compactMap { $0?["path"]?.stringValue }
        == [form.resultPath, "/arguments/days", form.callPath + "/name", form.callPath])
    let recorded = try folder.rows("recorded.jsonl")
    #expect(recorded.first == rows[0])
    #expect(recorded.last.flatMap(form.recorded)?.stringValue?.hasPrefix("2026-03-02") == true)

    let fixing = ["validate", "rows.json", "--tools", tools, "-o", "v.jsonl", "--fix", "fixed.jsonl"]
    #expect(try ForgeBinary.run(fixing, in: folder.path).err.contains("rows repaired: 1"))
    let fixed = try folder.rows("fixed.jsonl")
    #expect(form.arguments(fixed[3]) == good)
    #expect(fixed[2] == rows[2])
    #expect(try folder.rows("v.jsonl")[3]["verdict"] == "pass")
  }
}
