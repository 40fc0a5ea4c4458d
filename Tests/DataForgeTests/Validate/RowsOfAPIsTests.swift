import DataForge
import OrderedJSON
import Testing

/// What is special in rows as Gemini's API and OpenAI's Responses have them.
@Suite struct RowsOfAPIsTests {
  // MARK: Rows

  private static func call(_ arguments: JSONValue, _ name: String = "weather", id: String? = nil) -> JSONValue {
    var call: JSONObject = ["name": .string(name), "args": arguments]
    if let id { call["id"] = .string(id) }
    return ["functionCall": .object(call)]
  }

  private static func answer(_ response: JSONValue, _ name: String = "weather", id: String? = nil) -> JSONValue {
    var answer: JSONObject = ["name": .string(name), "response": response]
    if let id { answer["id"] = .string(id) }
    return ["functionResponse": .object(answer)]
  }

  private static func turn(_ role: String, _ parts: JSONValue...) -> JSONValue {
    ["role": .string(role), "parts": .array(parts)]
  }

  private static let question = turn("user", ["text": "Weather in Oslo and Rom?"])

  private static func gemini(_ turns: JSONValue...) -> JSONValue { ["contents": .array([question] + turns)] }

  private static func item(_ arguments: String, id: String, name: String = "weather") -> JSONValue {
    ["type": "function_call", "call_id": .string(id), "name": .string(name), "arguments": .string(arguments)]
  }

  private static func output(_ output: String, id: String) -> JSONValue {
    ["type": "function_call_output", "call_id": .string(id), "output": .string(output)]
  }

  private static func responses(_ items: JSONValue...) -> JSONValue {
    ["input": [["role": "user", "content": "Weather?"]], "output": .array(items)]
  }

  private static let oslo = #"{"city": "Oslo"}"#
  private static let rom = #"{"city": "Rom"}"#

  private func failures(_ row: JSONValue, checks: [ToolCheckName] = [.format, .schema]) async throws -> [CheckResult] {
    try await ToolCallValidator(registry: ToolRegistry(ToolRows.tools), checks: checks).verdict(on: row, number: 1)
      .checks.filter { !$0.pass }
  }

  private let tools = ScriptedTools { call in
    Observation(status: .ok, output: ["sky": .string("over \(call.arguments["city"]?.stringValue ?? "")")])
  }

  private func repaired(_ row: JSONValue) async throws -> ToolCallValidator.Judged {
    var validator = try ToolCallValidator(registry: ToolRegistry(ToolRows.tools), checks: [.format, .schema])
    validator.repairs = true
    return try await validator.judged(row, number: 1)
  }

  // MARK: Gemini

  @Test func geminisMistakesAreToldByTheirPlaces() async throws {
    let city: JSONValue = ["city": "Oslo"]
    let cases: [(JSONValue, FailureKind, String)] = [
      (
        Self.gemini(Self.turn("model", Self.call(city, "wether"))), .unknownTool,
        "/contents/1/parts/0/functionCall/name"
      ),
      (Self.gemini(Self.turn("model", Self.call(["city": 3]))), .type, "/arguments/city"),
      (Self.gemini(Self.turn("model", Self.call(["Oslo"]))), .arguments, "/arguments"),
      (
        Self.gemini(Self.turn("model", ["functionCall": ["args": city]])), .name,
        "/contents/1/parts/0/functionCall/name"
      ),
      (Self.gemini(Self.turn("modell", Self.call(city))), .role, "/contents/1/role"),
      (Self.gemini(["role": "model"]), .content, "/contents/1/parts"),
      (Self.gemini(["role": "model", "parts": "Rain."]), .content, "/contents/1/parts"),
      (["contents": "Rain."], .notARow, "/contents"), (["contents": []], .noCall, "/contents"),
      (Self.gemini(Self.turn("model", ["text": "Rain."])), .noCall, "/contents"),
      (Self.gemini(Self.turn("user", Self.answer(["a": 1]))), .strayResult, "/contents/1"),
      (
        Self.gemini(Self.turn("model", Self.call(city)), Self.turn("user", Self.answer(["a": 1], "other"))),
        .strayResult,
        "/contents/2/parts/0/functionResponse/name"
      ),
      (
        Self.gemini(Self.turn("model", Self.call(city, id: "a")), Self.turn("user", Self.answer(["a": 1], id: "b"))),
        .strayResult, "/contents/2/parts/0/functionResponse/id"
      ),
      (
        Self.gemini(Self.turn("model", Self.call(city)), Self.turn("model", ["text": "Rain."])), .unanswered,
        "/contents/2"
      ),
    ]
    for (row, kind, path) in cases {
      let first = try #require(try await failures(row).first, "\(row)")
      #expect(first.kind == kind && first.path == path, "\(row): \(first)")
    }
    let unknown = try await failures(Self.gemini(Self.turn("modell", Self.call(city)))).first
    #expect(unknown?.reason?.contains("did you mean \"model\"") == true, "\(unknown?.reason ?? "")")
  }

  @Test func geminisParallelCallsAreAnsweredInOneTurnByNameOrId() async throws {
    let calls = Self.turn("model", Self.call(["city": "Oslo"], id: "a"), Self.call(["city": "Rom"], id: "b"))
    let oslo = Self.answer(["sky": "over Oslo"], id: "a")
    let rom = Self.answer(["sky": "over Rom"], id: "b")
    for answers in [[Self.turn("function", oslo, rom)], [Self.turn("user", rom, oslo)]] {
      let row: JSONValue = ["contents": .array([Self.question, calls] + answers)]
      let verdict = try await tools.validator().verdict(on: row, number: 1)
      #expect(verdict.passed, "\(verdict.checks)")
      #expect(verdict.observations.count == 2)
    }
    let swapped = Self.gemini(calls, Self.turn("user", Self.answer(["sky": "over Rom"], id: "a"), rom))
    let failure = try await tools.validator().verdict(on: swapped, number: 1).checks.first { !$0.pass }
    #expect(failure?.kind == .otherResult)
    #expect(failure?.path == "/contents/2/parts/0/functionResponse/response")
  }

  @Test func geminisToolsAreReadInTheirGroups() async throws {
    func row(_ tools: JSONValue, _ arguments: JSONValue) -> JSONValue {
      ["contents": [Self.question, Self.turn("model", Self.call(arguments, "find"))], "tools": tools]
    }
    let find: JSONValue = [
      "name": "find",
      "parameters": [
        "type": "OBJECT", "required": ["city"],
        "properties": [
          "city": ["type": "STRING", "nullable": true, "enum": ["Oslo", "Rom"]], "days": ["type": "INTEGER"],
          "hours": ["type": "ARRAY", "items": ["type": "NUMBER"], "minItems": "1"],
        ],
      ],
    ]
    let other: JSONValue = ["name": "other"]
    for tools in [
      [["functionDeclarations": [find]]], [["function_declarations": [other]], ["functionDeclarations": [find]]],
      ["functionDeclarations": [find]], [["googleSearch": [:]], ["functionDeclarations": [other, find]]],
    ] as [JSONValue] {
      #expect(try await failures(row(tools, ["city": "Oslo", "days": 3, "hours": [1.5]])).isEmpty)
      let wrong = try await failures(row(tools, ["city": "Bonn", "days": "3", "hours": []]))
      #expect(wrong.map(\.path) == ["/arguments/city", "/arguments/days", "/arguments/hours"], "\(wrong)")
    }
    let broken: JSONValue = [["functionDeclarations": [other]], ["functionDeclarations": [find, ["parameters": [:]]]]]
    #expect(try await failures(row(broken, [:])).first?.path == "/tools/1/functionDeclarations/1/name")
  }

  @Test func geminisResultsAreRecordedAndItsArgumentsRepaired() async throws {
    let row = Self.gemini(
      Self.turn("model", Self.call(["city": "Oslo"], id: "a"), Self.call(["city": "Rom"])))
    let recorded = try await tools.validator().judged(row, number: 1).recorded
    #expect(
      recorded["contents"]?[2]
        == Self.turn("user", Self.answer(["sky": "over Oslo"], id: "a").reordered, Self.answer(["sky": "over Rom"])))
    #expect(try await tools.validator().judged(recorded, number: 1).recorded == recorded)
    let judged = try await repaired(Self.gemini(Self.turn("model", Self.call(["city": "Oslo", "days": "3"]))))
    #expect(judged.verdict.passed)
    #expect(judged.row["contents"]?[1]?["parts"]?[0]?["functionCall"]?["args"] == ["city": "Oslo", "days": 3])
    #expect(judged.verdict.fixes.first?["path"] == "/contents/1/parts/0/functionCall/args/days")
  }

  @Test func aResultThatIsNoObjectIsRecordedWithinOne() async throws {
    let tools = ScriptedTools { _ in Observation(status: .ok, output: "rain") }
    let row = Self.gemini(Self.turn("model", ["function_call": ["name": "weather", "args": ["city": "Oslo"]]]))
    let recorded = try await tools.validator().judged(row, number: 1).recorded
    #expect(
      recorded["contents"]?[2]?["parts"]?[0]
        == ["function_response": ["name": "weather", "response": ["result": "rain"]]])
    let again = try await tools.validator().judged(recorded, number: 1)
    #expect(again.verdict.passed && again.recorded == recorded)
  }

  @Test func argumentsThatAreEmptyMayBeLeftOut() async throws {
    let row: JSONValue = [
      "contents": [Self.question, Self.turn("model", ["functionCall": ["name": "now"]])],
      "tools": [["functionDeclarations": [["name": "now"]]]],
    ]
    #expect(try await failures(row).isEmpty)
  }

  // MARK: Responses

  @Test func mistakesInItemsAreToldByTheirPlaces() async throws {
    let cases: [(JSONValue, FailureKind, String)] = [
      (Self.responses(Self.item(Self.oslo, id: "a", name: "wether")), .unknownTool, "/output/0/name"),
      (Self.responses(Self.item(#"{"city": 3}"#, id: "a")), .type, "/arguments/city"),
      (Self.responses(Self.item(#"{"city": "#, id: "a")), .arguments, "/arguments"),
      (Self.responses(Self.output("x", id: "a")), .strayResult, "/output/0"),
      (Self.responses(Self.item(Self.oslo, id: "a"), Self.output("x", id: "b")), .strayResult, "/output/1/call_id"),
      (
        Self.responses(Self.item(Self.oslo, id: "a"), ["type": "message", "role": "assistant", "content": "Rain."]),
        .unanswered, "/output/1"
      ),
      (Self.responses(Self.item(Self.oslo, id: "a"), Self.item(Self.rom, id: "a")), .repeatedID, "/output/1"),
      (Self.responses(["type": "function_cal", "name": "weather", "arguments": "{}"]), .role, "/output/0/role"),
      (Self.responses(["type": "message", "content": "Rain."]), .role, "/output/0/role"),
      (Self.responses(["role": "assistant", "content": "Rain."]), .noCall, "/output"),
    ]
    for (row, kind, path) in cases {
      let first = try #require(try await failures(row).first, "\(row)")
      #expect(first.kind == kind && first.path == path, "\(row): \(first)")
    }
  }

  @Test func callsThatFollowEachOtherAreOneTurn() async throws {
    let calls = [Self.item(Self.oslo, id: "a"), Self.item(Self.rom, id: "b")]
    let reasoning: JSONValue = ["type": "reasoning", "summary": []]
    let answers = [Self.output(#"{"sky": "over Rom"}"#, id: "b"), Self.output(#"{"sky": "over Oslo"}"#, id: "a")]
    let row: JSONValue = [
      "input": .array([["type": "message", "role": "user", "content": "q"], calls[0], reasoning, calls[1]] + answers),
      "output": [["type": "message", "role": "assistant", "content": [["type": "output_text", "text": "Rain."]]]],
    ]
    let verdict = try await tools.validator().verdict(on: row, number: 1)
    #expect(verdict.passed, "\(verdict.checks)")
    #expect(verdict.observations.map(\.tool) == ["weather", "weather"])
    #expect(verdict.observations.map(\.id) == ["a", "b"])
  }

  @Test func resultsAreRecordedAsItemsBehindTheirCalls() async throws {
    let said: JSONValue = ["type": "message", "role": "assistant", "content": "I look again."]
    let row: JSONValue = [
      "input": [["role": "user", "content": "q"], Self.item(Self.oslo, id: "a")],
      "output": [said, Self.item(Self.rom, id: "b"), Self.item(Self.oslo, id: "c"), Self.output("{}", id: "c")],
    ]
    let recorded = try await tools.validator(checks: [.schema, .execution], comparison: ResultComparison(mode: .none))
      .judged(row, number: 1).recorded
    #expect(recorded["input"]?[2] == Self.output(#"{"sky":"over Oslo"}"#, id: "a"))
    #expect(recorded["output"]?.arrayValue?.map { $0["call_id"] ?? .null } == [.null, "b", "c", "c", "b"])
    #expect(recorded["output"]?[4]?["output"] == #"{"sky":"over Rom"}"#)
  }

  @Test func argumentsOfItemsAreRepairedAsTheTextThatTheyAre() async throws {
    let row = Self.responses(Self.item(#"{"city": "Oslo", "days": "3"}"#, id: "a"), Self.item(Self.rom, id: "b"))
    let judged = try await repaired(row)
    #expect(judged.verdict.passed)
    #expect(judged.row["output"]?[0]?["arguments"] == #"{"city":"Oslo","days":3}"#)
    #expect(judged.row["output"]?[1] == row["output"]?[1])
    #expect(judged.verdict.fixes.map { $0["path"] } == ["/output/0/arguments/days"])
  }

  @Test func anOutputMayBeAText() async throws {
    let row: JSONValue = ["input": [["role": "user", "content": "q"]], "output": .string(CallsInTextRows.hermes)]
    let recorded = try await tools.validator().judged(row, number: 1).recorded
    #expect(recorded["output"]?[0] == ["role": "assistant", "content": .string(CallsInTextRows.hermes)])
    #expect(recorded["output"]?[1]?["type"] == "function_call_output")
    #expect(try await tools.validator().judged(recorded, number: 1).verdict.passed)
  }

  @Test func otherRowsWithInputAndOutputAreNoItems() async throws {
    let alpaca: JSONValue = ["instruction": "q", "input": "i", "output": .string(CallsInTextRows.hermes)]
    #expect(try await failures(alpaca).isEmpty)
    let pairs: JSONValue = ["input": [1, 2], "output": ["a"]]
    #expect(try await failures(pairs).first?.kind == .notARow)
  }

  // MARK: Call turns of ShareGPT

  @Test(
    arguments: [
      (#"{"name": "weather", "arguments": {"city": "Oslo", "days": "3"}}"#, "", "arguments"),
      (#"[{"name": "weather", "parameters": {"city": "Oslo", "days": "3"}}]"#, "/0", "parameters"),
    ]) func callsInCallTurnsAreRepairedInTheirText(text: String, place: String, key: String) async throws
  {
    let row: JSONValue = [
      "conversations": [["from": "human", "value": "q"], ["from": "function_call", "value": .string(text)]]
    ]
    let judged = try await repaired(row)
    #expect(judged.verdict.passed, "\(judged.verdict.checks)")
    let wanted = try JSONValue(parsing: text.replacing("\"3\"", with: "3")).serialized(.compact)
    #expect(judged.row["conversations"]?[1]?["value"] == .string(wanted))
    #expect(judged.verdict.fixes.first?["path"] == .string("/conversations/1/value\(place)/\(key)/days"))
  }
}

extension JSONValue {
  /// With the id first, as results are written.
  fileprivate var reordered: JSONValue {
    guard let answer = self["functionResponse"] else { return self }
    return [
      "functionResponse": [
        "id": answer["id"] ?? "", "name": answer["name"] ?? "", "response": answer["response"] ?? "",
      ]
    ]
  }
}
