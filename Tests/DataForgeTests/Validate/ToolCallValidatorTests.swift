import DataForge
import OrderedJSON
import Testing

@Suite struct ToolCallValidatorTests {
  private static let tools: JSONValue = [
    [
      "type": "function",
      "function": [
        "name": "weather",
        "parameters": [
          "type": "object",
          "properties": [
            "city": ["type": "string"], "days": ["type": "integer", "minimum": 1],
            "unit": ["enum": ["C", "F"]],
          ],
          "required": ["city"],
        ],
      ],
    ],
    ["name": "clock", "parameters": ["type": "dict", "properties": ["zone": ["type": "any"]]]],
    ["name": "open", "parameters": ["type": "object", "additionalProperties": true]],
  ]

  private func verdict(_ row: JSONValue, checks: [ToolCheckName]? = nil) async throws -> RowVerdict {
    let validator = try ToolCallValidator(registry: ToolRegistry(Self.tools), checks: checks)
    return try await validator.verdict(on: row, number: 1)
  }

  private func row(_ messages: JSONValue..., extra: [(String, JSONValue)] = []) -> JSONValue {
    .object(JSONObject([("id", "r1"), ("messages", .array(messages))] + extra))
  }

  private let user: JSONValue = ["role": "user", "content": "What is the weather in Oslo?"]

  private func call(_ name: String, _ arguments: JSONValue, id: String? = nil) -> JSONValue {
    var call: JSONObject = ["type": "function", "function": ["name": .string(name), "arguments": arguments]]
    if let id { call["id"] = .string(id) }
    return .object(call)
  }

  private func assistant(_ calls: JSONValue...) -> JSONValue {
    ["role": "assistant", "content": "", "tool_calls": .array(calls)]
  }

  private func failure(_ row: JSONValue) async throws -> CheckResult? {
    try await verdict(row).checks.first { !$0.pass }
  }

  // MARK: The contract's form

  @Test func aGoodRowPasses() async throws {
    let verdict = try await verdict(row(user, assistant(call("weather", ["city": "Oslo", "days": 2]))))
    #expect(
      verdict.json.serialized(.compact) == """
        {"row":1,"id":"r1","verdict":"pass","checks":[{"name":"format","pass":true},{"name":"schema","pass":true},\
        {"name":"execution","pass":true,"notes":["\\"weather\\" is not executed: the tools file does not say how \
        (\\"execute\\")"]}],"observations":[]}
        """)
  }

  @Test func aFailureHasThePathOfItsArgument() async throws {
    let verdict = try await verdict(row(user, assistant(call("weather", ["city": 7]))))
    #expect(!verdict.passed)
    let failure = try #require(verdict.json["checks"]?[1])
    #expect(failure["name"] == "schema")
    #expect(failure["pass"] == false)
    #expect(failure["path"] == "/arguments/city")
    #expect(failure["call"] == nil)
  }

  @Test func ofSeveralCallsTheOneAtFaultIsNamed() async throws {
    let failure = try await failure(
      row(user, assistant(call("weather", ["city": "Oslo"]), call("weather", ["city": 7]))))
    #expect(failure?.path == "/arguments/city")
    #expect(failure?.call == 1)
    #expect(failure?.reason?.hasPrefix("call 2 (weather): ") == true)
  }

  // MARK: Schema

  @Test(arguments: [
    (#"{"city": "Oslo", "citty": "x"}"#, "/arguments/citty", "did you mean \"city\"?"),
    (#"{"days": 2}"#, "/arguments/city", "missing"),
    (#"{"city": "Oslo", "days": "2"}"#, "/arguments/days", ""),
    (#"{"city": "Oslo", "days": 0}"#, "/arguments/days", ""),
    (#"{"city": "Oslo", "unit": "K"}"#, "/arguments/unit", ""),
  ])
  func wrongArgumentsAreNamed(arguments: String, path: String, reason: String) async throws {
    let failure = try await failure(row(user, assistant(call("weather", JSONValue(parsing: arguments)))))
    #expect(failure?.name == .schema)
    #expect(failure?.path == path)
    #expect(failure?.reason?.contains(reason) == true || reason.isEmpty, "\(failure?.reason ?? "")")
  }

  @Test func twoMistakesAreTwoEntries() async throws {
    let verdict = try await verdict(row(user, assistant(call("weather", ["citty": "Oslo", "days": "2"]))))
    let paths = verdict.checks.filter { !$0.pass }.map(\.path)
    #expect(Set(paths) == ["/arguments/citty", "/arguments/city", "/arguments/days"])
  }

  @Test func argumentsAreLookedForInEveryPartOfTheSchema() async throws {
    let own: JSONValue = [
      [
        "name": "f",
        "parameters": [
          "allOf": [["$ref": "#/$defs/a"], ["properties": ["b": ["type": "integer"]]]],
          "$defs": ["a": ["properties": ["a": ["type": "integer"]], "required": ["a"]]],
        ],
      ]
    ]
    func failures(_ arguments: JSONValue) async throws -> [String?] {
      let row = row(user, assistant(call("f", arguments)), extra: [("tools", own)])
      return try await verdict(row).checks.filter { !$0.pass }.map(\.path)
    }
    #expect(try await failures(["a": 1, "b": 2]) == [])
    #expect(try await failures(["a": 1, "c": 2]) == ["/arguments/c"])
    #expect(try await !failures(["b": 2]).isEmpty)
  }

  @Test func anUnknownToolIsNamedWithTheNearest() async throws {
    let failure = try await failure(row(user, assistant(call("wether", ["city": "Oslo"]))))
    #expect(failure?.reason == "there is no tool \"wether\"; did you mean \"weather\"?")
    #expect(failure?.path == "/messages/1/tool_calls/0/function/name")
  }

  @Test func argumentsBeyondTheSchemaPassWhereItSaysSo() async throws {
    #expect(try await verdict(row(user, assistant(call("open", ["anything": 1])))).passed)
  }

  @Test func pythonsTypeNamesAreReadWithANote() async throws {
    let verdict = try await verdict(row(user, assistant(call("clock", ["zone": [1, 2]]))))
    #expect(verdict.passed)
    #expect(
      verdict.checks[1].notes == ["type \"dict\" is read as \"object\"", "type \"any\" is read as no type at all"])
  }

  @Test func aRowsOwnToolsWin() async throws {
    let own: JSONValue = [["name": "weather", "parameters": ["type": "object", "properties": [:]]]]
    let failure = try await failure(
      row(user, assistant(call("weather", ["city": "Oslo"])), extra: [("tools", own)]))
    #expect(failure?.path == "/arguments/city")
  }

  @Test func aRowsToolsMayBeTextAndItsCallsFlat() async throws {
    let tools =
      "[{\"name\": \"f\", \"parameters\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"int\"}}}}]"
    let good: JSONValue = [
      "messages": [user], "tools": .string(tools), "answers": "[{\"name\": \"f\", \"arguments\": {\"a\": 1}}]",
    ]
    #expect(try await verdict(good).passed)
    let bad: JSONValue = [
      "messages": [user], "tools": .string(tools), "calls": [["name": "f", "arguments": ["b": 1]]],
    ]
    #expect(try await failure(bad)?.path == "/arguments/b")
  }

  @Test func aBrokenSchemaOfARowIsItsFailureAndNoCrash() async throws {
    let own: JSONValue = [["name": "weather", "parameters": ["type": "object", "properties": 3]]]
    let verdict = try await verdict(row(user, assistant(call("weather", [:])), extra: [("tools", own)]))
    #expect(verdict.checks.contains { $0.name == .schema && !$0.pass && $0.path == "/tools" })
  }

  // MARK: Format

  @Test func argumentsMayBeJSONTextButOnlyStrictJSON() async throws {
    #expect(try await verdict(row(user, assistant(call("weather", "{\"city\": \"Oslo\"}")))).passed)
    for text in ["{'city': 'Oslo'}", "{\"city\": \"Oslo\",}", "{\"city\": \"Oslo\"", "", "[1]"] {
      let failure = try await failure(row(user, assistant(call("weather", .string(text)))))
      #expect(failure?.name == .format, "\(text)")
      #expect(failure?.path == "/arguments")
    }
  }

  @Test func aRowWithoutACallFailsUnlessItSaysThatNoneIsRight() async throws {
    let answer: JSONValue = ["role": "assistant", "content": "It rains."]
    #expect(try await failure(row(user, answer))?.name == .format)
    #expect(try await verdict(row(user, answer, extra: [("irrelevance", true)])).passed)
    let calling = assistant(call("weather", ["city": "Oslo"]))
    #expect(try await failure(row(user, calling, extra: [("irrelevance", true)]))?.name == .format)
  }

  @Test func anIllegalConversationFails() async throws {
    let good = assistant(call("weather", ["city": "Oslo"], id: "1"))
    let result: JSONValue = ["role": "tool", "tool_call_id": "1", "content": "rain"]
    #expect(try await verdict(row(user, good, result, ["role": "assistant", "content": "Rain."])).passed)
    var illegal: [(JSONValue, String)] = []
    illegal.append((row(["role": "usr", "content": "x"], good), "/messages/0/role"))
    illegal.append((row(user, result, good), "/messages/1"))
    illegal.append(
      (row(user, good, ["role": "tool", "tool_call_id": "2", "content": "x"]), "/messages/2/tool_call_id"))
    illegal.append((row(user, good, result, result), "/messages/3"))
    illegal.append((row(user, good, ["role": "assistant", "content": "Rain."]), "/messages/2"))
    illegal.append((row(user, good, result, ["role": "system", "content": "x"]), "/messages/3/role"))
    illegal.append((row(good), "/messages/0/role"))
    let twice = assistant(call("weather", ["city": "A"], id: "1"), call("weather", ["city": "B"], id: "1"))
    illegal.append((row(user, twice), "/messages/1/tool_calls/1/function"))
    let blank = assistant(call("wea ther", ["city": "A"]))
    illegal.append((row(user, blank), "/messages/1/tool_calls/0/function/name"))
    let calls: JSONValue = [call("weather", ["city": "A"])]
    illegal.append(
      (row(user, ["role": "assistant", "content": ["a": 1], "tool_calls": calls]), "/messages/1/content"))
    illegal.append((row(["role": "user", "content": "x", "tool_calls": calls]), "/messages/0/tool_calls"))
    illegal.append((row(user, ["role": "assistant", "content": "", "tool_calls": "x"]), "/messages/1/tool_calls"))
    illegal += [(["messages": 3], "/messages"), (["other": 3], "/messages"), (3, "")]
    for (row, path) in illegal {
      let failures = try await verdict(row, checks: [.format]).checks
      #expect(failures.contains { !$0.pass && $0.path == path }, "\(path): \(failures)")
    }
  }

  @Test func resultsWithoutIdsAnswerInOrder() async throws {
    let calls = assistant(call("weather", ["city": "A"]), call("clock", [:]))
    let first: JSONValue = ["role": "tool", "name": "weather", "content": "x"]
    let second: JSONValue = ["role": "tool", "name": "clock", "content": "y"]
    #expect(try await verdict(row(user, calls, first, second)).passed)
    #expect(try await verdict(row(user, calls, second, first)).passed)
    #expect(try await failure(row(user, calls, first))?.reason?.contains("clock") == true)
    #expect(try await failure(row(user, calls, first, first))?.name == .format)
  }

  // MARK: Execution

  private struct Recorder: ToolExecutor, ToolSession {
    let observation: Observation
    let calls = Calls()

    actor Calls {
      var names: [String] = []
      func add(_ name: String) { names.append(name) }
    }

    func open() -> any ToolSession { self }
    func close() {}

    func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation {
      await calls.add(call.name)
      return observation
    }
  }

  private static let executable: JSONValue = [
    [
      "name": "say",
      "parameters": ["type": "object", "properties": ["text": ["type": "string"]], "required": ["text"]],
      "execute": ["kind": "command", "argv": ["echo", "{text}"]],
    ]
  ]

  @Test func aCallIsExecutedAndObserved() async throws {
    let recorder = Recorder(observation: Observation(status: .ok, output: "hi", exitCode: 0, duration: .seconds(1)))
    let registry = try ToolRegistry(Self.executable)
    let validator = try ToolCallValidator(
      registry: registry, executors: ToolExecutors(registry, [.command: recorder]))
    let verdict = try await validator.verdict(
      on: row(user, assistant(call("say", ["text": "hi"], id: "a"))), number: 7)
    #expect(verdict.passed)
    #expect(
      verdict.json["observations"]?.serialized(.compact)
        == "[{\"call\":0,\"id\":\"a\",\"tool\":\"say\",\"status\":\"ok\",\"output\":\"hi\",\"exit_code\":0}]")
  }

  @Test func aRowThatFailsACheckIsNotExecuted() async throws {
    let recorder = Recorder(observation: Observation(status: .ok))
    let registry = try ToolRegistry(Self.executable)
    let validator = try ToolCallValidator(
      registry: registry, executors: ToolExecutors(registry, [.command: recorder]))
    let bad = row(user, assistant(call("say", ["text": "hi"]), call("say", ["text": 3])))
    #expect(try await !validator.verdict(on: bad, number: 1).passed)
    #expect(await recorder.calls.names == [])
  }

  @Test func aFailedExecutionFailsTheRow() async throws {
    let recorder = Recorder(observation: Observation(status: .failed, exitCode: 3, message: "no such city"))
    let registry = try ToolRegistry(Self.executable)
    let validator = try ToolCallValidator(
      registry: registry, executors: ToolExecutors(registry, [.command: recorder]))
    let verdict = try await validator.verdict(on: row(user, assistant(call("say", ["text": "x"]))), number: 1)
    #expect(verdict.checks.last?.reason == "the tool failed with exit code 3: no such city")
    #expect(verdict.observations.count == 1)
  }

  @Test func aRowNeverSaysWhatIsExecuted() async throws {
    let recorder = Recorder(observation: Observation(status: .ok))
    let validator = try ToolCallValidator(
      registry: nil, executors: ToolExecutors(ToolRegistry([]), [.command: recorder]))
    let evil = row(user, assistant(call("say", ["text": "hi"])), extra: [("tools", Self.executable)])
    _ = try await validator.verdict(on: evil, number: 1)
    #expect(await recorder.calls.names == [])
  }

  @Test func executionThatWasAskedForAndIsImpossibleFails() async throws {
    let verdict = try await verdict(
      row(user, assistant(call("weather", ["city": "Oslo"]))), checks: [.format, .schema, .execution])
    #expect(verdict.checks.last?.pass == false)
  }

  @Test func unknownChecksAreNamedWithTheNearest() {
    #expect(throws: UnknownToolCheck(name: "shema")) { try ToolCheckName.named(["shema"]) }
    #expect(throws: UnknownToolCheck(name: "")) { try ToolCheckName.named([]) }
    #expect(UnknownToolCheck(name: "shema").description.contains("did you mean \"schema\"?"))
    #expect((try? ToolCheckName.named(["schema", "format"])) == [.format, .schema])
  }
}
