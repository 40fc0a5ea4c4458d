import DataForge
import OrderedJSON
import Testing

/// Every kind of mistake is made once, and named.
@Suite struct FailureKindTests {
  private typealias Rows = ToolRows

  static let mistakes: [(FailureKind, JSONValue)] = [
    (.notARow, 3), (.notARow, ["messages": 3]), (.notARow, ["text": "x"]),
    (.role, Rows.row(["role": "usr", "content": "x"], Rows.assistant(Rows.call(["city": "Oslo"])))),
    (.content, Rows.row(["role": "user"], Rows.assistant(Rows.call(["city": "Oslo"])))),
    (.order, Rows.row(Rows.assistant(Rows.call(["city": "Oslo"])))),
    (.misplacedCalls, Rows.row(Rows.user, ["role": "assistant", "content": "", "tool_calls": "x"])),
    (.name, Rows.row(Rows.user, Rows.assistant(Rows.call([:], name: "what weather")))),
    (.arguments, Rows.row(calling: "{'city': 'Oslo'}")), (.arguments, Rows.row(calling: [1])),
    (.brokenText, Rows.row(Rows.user, Rows.says("<tool_call>{\"name\": \"weather\"</tool_call>"))),
    (
      .repeatedID,
      Rows.row(Rows.user, Rows.assistant(Rows.call(["city": "Oslo"], id: "a"), Rows.call(["city": "Rom"], id: "a")))
    ),
    (.unanswered, Rows.row(Rows.user, Rows.assistant(Rows.call(["city": "Oslo"])), Rows.says("Rain."))),
    (
      .strayResult,
      Rows.row(Rows.user, Rows.assistant(Rows.call(["city": "Oslo"])), Rows.result("rain"), Rows.result("rain"))
    ),
    (.noCall, Rows.row(Rows.user, Rows.says("Rain."))),
    (
      .unwantedCall,
      Rows.row(Rows.user, Rows.assistant(Rows.call(["city": "Oslo"])), extra: [("irrelevance", true)])
    ),
    (.tools, Rows.row(Rows.user, Rows.assistant(Rows.call(["city": "Oslo"])), extra: [("tools", 3)])),
    (.unknownTool, Rows.row(Rows.user, Rows.assistant(Rows.call(["city": "Oslo"], name: "wether")))),
    (.unknownArgument, Rows.row(calling: ["city": "Oslo", "citty": 1])),
    (.missingArgument, Rows.row(calling: [:])), (.missingArgument, Rows.row(calling: ["city": "Oslo", "place": [:]])),
    (.type, Rows.row(calling: ["city": 3])), (.choice, Rows.row(calling: ["city": "Oslo", "unit": "K"])),
    (.format, Rows.row(calling: ["city": "Oslo", "date": "tomorrow"])),
    (.range, Rows.row(calling: ["city": "Oslo", "days": 11])), (.shape, Rows.row(calling: ["city": "O"])),
    (.alternatives, Rows.row(calling: ["city": "Oslo", "any": "x"])),
  ]

  @Test(arguments: mistakes)
  func everyMistakeIsNamed(kind: FailureKind, row: JSONValue) async throws {
    let validator = try ToolCallValidator(registry: ToolRegistry(ToolRows.tools), checks: [.format, .schema])
    let verdict = try await validator.verdict(on: row, number: 1)
    let failures = verdict.checks.filter { !$0.pass }
    #expect(failures.contains { $0.kind == kind }, "\(failures)")
    #expect(failures.allSatisfy { $0.kind != nil && $0.reason?.isEmpty == false && $0.path != nil })
    #expect(verdict.json["checks"]?.arrayValue?.contains { $0["kind"] == .string(kind.rawValue) } == true)
  }

  static let endings: [(Observation.Status, FailureKind)] = [
    (.failed, .failed), (.errorAnswer, .errorAnswer), (.emptyAnswer, .emptyAnswer), (.refused, .refused),
    (.unreachable, .unreachable), (.timedOut, .timedOut), (.outputLimit, .outputLimit), (.killed, .killed),
    (.notJSON, .answerNotJSON), (.notExecutable, .notExecutable),
  ]

  @Test(arguments: endings)
  func everyBadEndOfACallIsNamedAndKept(status: Observation.Status, kind: FailureKind) async throws {
    let tools = ScriptedTools { _ in Observation(status: status, output: "what was seen", message: "so it went") }
    let verdict = try await tools.validator().verdict(on: ToolRows.row(calling: ["city": "Oslo"]), number: 1)
    #expect(verdict.checks.last?.kind == kind)
    #expect(verdict.observations.first?.observation.output == "what was seen")
    #expect(verdict.json["observations"]?[0]?["output"] == "what was seen")
  }

  @Test func everyStatusHasItsKind() {
    #expect(Set(Self.endings.map(\.0)).union([.ok]) == Set(Observation.Status.allCases))
  }

  @Test(
    arguments: [
      ("irrelevance", true), ("is_irrelevant", true), ("category", "live_irrelevance"), ("label", "Irrelevance"),
    ] as [(String, JSONValue)])
  func aRowMaySayInSeveralWaysThatNoCallIsRight(key: String, value: JSONValue) async throws {
    let validator = try ToolCallValidator(registry: ToolRegistry(ToolRows.tools), checks: [.format])
    let silent = ToolRows.row(ToolRows.user, ToolRows.says("I cannot."), extra: [(key, value)])
    #expect(try await validator.verdict(on: silent, number: 1).passed)
    let calling = ToolRows.row(
      ToolRows.user, ToolRows.assistant(ToolRows.call(["city": "Oslo"])), extra: [(key, value)])
    #expect(try await validator.verdict(on: calling, number: 1).checks.first?.kind == .unwantedCall)
    let inText = ToolRows.row(ToolRows.user, ToolRows.says(CallsInTextRows.hermes), extra: [(key, value)])
    #expect(try await validator.verdict(on: inText, number: 1).checks.first?.kind == .unwantedCall)
  }
}

/// Calls as text.
enum CallsInTextRows {
  static let hermes = "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>"
}
