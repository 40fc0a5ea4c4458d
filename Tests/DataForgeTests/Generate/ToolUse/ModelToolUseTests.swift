import Foundation
import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

@Suite("conversations with tools, by a model")
struct ModelToolUseTests {
  private static func file(_ answerName: String = "id") -> JSONValue {
    [
      ProbedTools.definition(
        "find_station", "Finds a station.", ["name": ["type": "string"]], examples: [["name": "Skerry"]]),
      ProbedTools.definition(
        "read_gauge", "Reads a gauge.", ["station_id": ["type": "string"]], examples: [["station_id": "SKE-01"]]),
    ]
  }

  private static func tool(_ call: ToolCall, answering name: String = "id") -> Observation {
    switch call.arguments {
    case ["name": "Skerry"]: Observation(status: .ok, output: .object([name: "SKE-01"]))
    case ["station_id": "SKE-01"]: Observation(status: .ok, output: ["level": 2.5])
    default: Observation(status: .failed, httpStatus: 404, message: "unknown")
    }
  }

  private static func call(_ name: String, _ arguments: JSONValue, _ thought: String = "I look.") -> JSONValue {
    ["thought": .string(thought), "calls": [["name": .string(name), "arguments": arguments]]]
  }

  private static func answer(_ text: String) -> JSONValue {
    ["thought": "That is enough.", "answer": .string(text)]
  }

  /// What a model asks about that does what it is told.
  private static func request(_ prompt: String) -> JSONValue {
    let isByID = prompt.contains("says each of these values: “SKE-01”")
    return ["request": isByID ? "What does the gauge SKE-01 say?" : "How high is the water at Skerry (not Sherry)?"]
  }

  private struct Made {
    var rows: [JSONValue]
    var rejected: [JSONValue]
    var calls: [ToolCall]
    var prompts: [String]
    var tally: LinesTally
  }

  private static let steps = ToolUseOptions(perTool: 1, kinds: [.multiStep])
  private static let singles = ToolUseOptions(perTool: 1, kinds: [.single])

  /// Conversations with a model that decides as the script says; what it replies is JSON, or anything that a server can
  /// send.
  /// - Parameter field: under which name a station is found; only as `id` does it feed the other tool.
  private func make(
    _ options: ToolUseOptions = steps, field: String = "id",
    request: @escaping @Sendable (_ prompt: String) -> JSONValue = request,
    replies: (@Sendable (_ number: Int, _ prompt: String, _ isDecision: Bool) -> Behaviour?)? = nil,
    _ decide: @escaping @Sendable (_ prompt: String) -> JSONValue
  ) async throws -> Made {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tool-use-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let registry = try ToolRegistry(Self.file())
    let tools = ProbedTools { call, _ in Self.tool(call, answering: field) }
    let script: LoopbackServer.Script = { sent in
      let prompt = sent.json?["messages"]?.arrayValue?.last?["content"]?.stringValue ?? ""
      let isDecision = sent.json?["response_format"]?["json_schema"]?["name"] == "decision"
      if let reply = replies?(sent.number, prompt, isDecision) { return reply }
      return .chat((isDecision ? decide(prompt) : request(prompt)).serialized())
    }
    return try await LoopbackServer.with(script) { server in
      let tally = try await TestBackends.openAI(server, { $0.retry.maxAttempts = 1 }) { backend in
        let maker = ModelToolUse(
          registry, tools.executors(registry), backend: OutageBreaker(backend), options: options, sampling: Sampling(),
          toolsFile: "tools.json")
        return try await maker.run(to: folder + "/rows", rejected: folder + "/rejected", concurrency: 1)
      }
      func lines(_ name: String) throws -> [JSONValue] {
        try WholeFile.text(folder + "/" + name).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
      }
      let prompts = server.requests.map {
        $0.json?["messages"]?.arrayValue?.last?["content"]?.stringValue ?? ""
      }
      return Made(
        rows: try lines("rows"), rejected: try lines("rejected"), calls: tools.calls, prompts: prompts, tally: tally)
    }
  }

  private func names(_ row: JSONValue?) -> [String] {
    (row?["messages"]?.arrayValue ?? []).flatMap { $0["tool_calls"]?.arrayValue ?? [] }
      .compactMap { $0["function"]?["name"]?.stringValue }
  }

  /// Finds the station, reads its gauge, answers.
  private static func sensible(_ prompt: String) -> JSONValue {
    if prompt.contains("level") { return answer("The water stands at 2.5.") }
    return prompt.contains("SKE-01")
      ? call("read_gauge", ["station_id": "SKE-01"]) : call("find_station", ["name": "Skerry"], "I need the id.")
  }

  /// Answers a single call's request.
  private static func single(_ prompt: String) -> JSONValue {
    if prompt.contains("level") { return answer("The water stands at 2.5.") }
    if prompt.contains("returned") { return answer("It is SKE-01.") }
    return prompt.contains("gauge SKE-01")
      ? call("read_gauge", ["station_id": "SKE-01"]) : call("find_station", ["name": "Skerry"])
  }

  @Test func `a model's steps become messages, with its thoughts and what the tools answered`() async throws {
    let made = try await make { Self.sensible($0) }
    #expect(made.rows.count == 1)
    let messages = try #require(made.rows.first?["messages"]?.arrayValue)
    #expect(
      messages.compactMap { $0["role"]?.stringValue } == [
        "user", "assistant", "tool", "assistant", "tool", "assistant",
      ])
    #expect(messages[1]["reasoning_content"] == "I need the id.")
    #expect(messages[2]["content"] == "{\"id\":\"SKE-01\"}")
    #expect(messages[5]["content"] == "The water stands at 2.5.")
    #expect(messages[5]["reasoning_content"] == "That is enough.")
    #expect(made.rows.first?["source"]?["kind"] == "multi-step")
    #expect(made.rows.first?["source"]?["generator"]?.stringValue?.isEmpty == false)
    let validator = try ToolCallValidator(
      registry: ToolRegistry(Self.file()),
      executors: ProbedTools { call, _ in Self.tool(call) }.executors(ToolRegistry(Self.file())))
    for row in made.rows { #expect(try await validator.verdict(on: row, number: 1).passed) }
  }

  @Test func `a call that fails is backed out of, and kept only as a recovery on request`() async throws {
    @Sendable func decide(_ prompt: String) -> JSONValue {
      // Tried a wrong name first; told so, it takes the right one.
      let isNew = !prompt.contains("SKE-01") && !prompt.contains("led nowhere") && !prompt.contains("level")
      return isNew ? Self.call("find_station", ["name": "Sherry"], "Sherry?") : Self.sensible(prompt)
    }
    let made = try await make { decide($0) }
    #expect(made.rows.count == 1)
    #expect(names(made.rows.first) == ["find_station", "read_gauge"])
    #expect(
      made.rows.first?["messages"]?.arrayValue?.dropFirst().contains { $0.serialized().contains("Sherry") } == false)
    #expect(made.prompts.contains { $0.contains("HTTP status 404: unknown") })
    var options = Self.steps
    options.keepsRecovery = true
    let kept = try await make(options) { decide($0) }
    try #require(kept.rows.count == 2)
    #expect(kept.rows[1]["recovery"] == true)
    #expect(names(kept.rows[1]) == ["find_station", "find_station", "read_gauge"])
    #expect(kept.rows[1]["messages"]?[2]?["content"] == "Error: HTTP status 404: unknown")
    #expect(kept.rows[0]["recovery"] == nil)
    // Such a row holds, too: the call fails again as the row says.
    let validator = try ToolCallValidator(
      registry: ToolRegistry(Self.file()),
      executors: ProbedTools { call, _ in Self.tool(call) }.executors(ToolRegistry(Self.file())))
    #expect(try await validator.verdict(on: kept.rows[1], number: 1).passed)
  }

  @Test func `where no answer feeds a call, the model finds the steps, and gives up one step earlier`() async throws {
    let made = try await make(field: "ref") { prompt in
      if prompt.contains("nothing came of it later") { return Self.call("read_gauge", ["station_id": "SKE-01"]) }
      if prompt.contains("level") { return Self.answer("The water stands at 2.5.") }
      if prompt.contains("SKE-01") { return ["thought": "I am lost.", "calls": [], "answer": ""] }
      return Self.call("find_station", ["name": "Skerry"])
    }
    // Nobody but the failed branch said SKE-01.
    #expect(made.rows.isEmpty)
    #expect(made.prompts.contains { $0.contains("nobody said \"SKE-01\"") })
    let found = try await make(field: "ref") { Self.sensible($0) }
    #expect(found.rows.count == 2)
    #expect(found.rows.allSatisfy { names($0) == ["find_station", "read_gauge"] })
  }

  @Test func `calls are bounded, and what leads nowhere is a rejection`() async throws {
    var options = Self.singles
    options.callBudget = 2
    let made = try await make(options) { _ in Self.call("find_station", ["name": "Sherry"]) }
    #expect(made.rows.isEmpty)
    #expect(made.rejected.map { $0["check"] } == ["no-answer", "no-answer"])
    #expect(made.calls.count == 2, "two for the first conversation; nobody said Sherry in the other")
    #expect(made.rejected[0]["item"]?["request"] == "How high is the water at Skerry (not Sherry)?")
  }

  @Test func `calls that break the schema, name no tool or say what nobody said are never made`() async throws {
    let made = try await make(Self.singles) { prompt in
      if prompt.contains("there is no tool") { return Self.call("find_station", ["name": "Bergen"]) }
      return prompt.contains("led nowhere")
        ? Self.call("rm", [:]) : Self.call("find_station", ["name": 3, "force": true])
    }
    #expect(made.calls.isEmpty)
    #expect(made.rejected.count == 2)
    #expect(made.prompts.contains { $0.contains("the arguments do not follow the schema") })
    #expect(made.prompts.contains { $0.contains("there is no tool rm") })
    #expect(made.rejected[0]["reason"]?.stringValue?.contains("nobody said \"Bergen\"") == true)
  }

  @Test func `a tool that is not shown is not called, though the file has it`() async throws {
    let options = ToolUseOptions(perTool: 1, kinds: [.single], distractors: 0)
    let made = try await make(options) { prompt in
      prompt.contains("returned") ? Self.answer("It is SKE-01.") : Self.call("find_station", ["name": "Skerry"])
    }
    #expect(made.rows.count == 1)
    #expect(made.rows.allSatisfy { $0["tools"]?.arrayValue?.count == 1 && names($0) == ["find_station"] })
    #expect(made.rejected.map { $0["id"] } == ["read_gauge-1"])
  }

  @Test func `replies that are no JSON are rejections and stop nothing`() async throws {
    let made = try await make(Self.singles, request: { _ in "mumble" }) { _ in "mumble" }
    #expect(made.rows.isEmpty)
    #expect(made.rejected.map { $0["check"] } == ["unreadable-reply", "unreadable-reply"])
  }

  @Test func `a request that lacks a value or names a tool is written anew`() async throws {
    let made = try await make(
      Self.singles,
      request: { prompt in
        if prompt.contains("it names") { return Self.request(prompt) }
        let isTold = prompt.contains("it does not say")
        let name = prompt.contains("“SKE-01”") ? "read_gauge for SKE-01" : "find_station for Skerry"
        return ["request": .string(isTold ? "Please call \(name)." : "How high is the water?")]
      }
    ) { Self.single($0) }
    #expect(made.rows.count == 2, "\(made.rejected)")
    #expect(made.prompts.contains { $0.contains("it does not say \"Skerry\"") })
    // A model that never says it is helped.
    let never = try await make(Self.singles, request: { _ in ["request": "How high is the water?"] }) {
      $0.contains("returned") || !$0.contains("SKE-01")
        ? Self.single($0) : Self.call("read_gauge", ["station_id": "SKE-01"])
    }
    #expect(never.rows.first?["messages"]?[0]?["content"] == "How high is the water? The name is Skerry.")
    #expect(never.rows.last?["messages"]?[0]?["content"] == "How high is the water? The station id is SKE-01.")
  }

  @Test(arguments: ["Call read_gauge or find_station.", "Find Skerry, SKE-01. I do not know any parameters."])
  func `a request that speaks of tools again and again is dropped`(request: String) async throws {
    let made = try await make(Self.singles, request: { _ in ["request": .string(request)] }) { Self.single($0) }
    #expect(made.rejected.map { $0["check"] } == ["unfit-request", "unfit-request"])
  }

  @Test(arguments: [
    ("The water stands at 7.9.", "7.9"), ("It stands at [value].", "gap"), ("All is well.", "says nothing"),
    ("read_gauge({})", "does not know"), ("{}", "empty"),
  ])
  func `an answer that does not follow from the results is written anew`(answer: String, problem: String) async throws {
    let made = try await make { prompt in
      prompt.contains("level") && !prompt.contains("led nowhere") ? Self.answer(answer) : Self.sensible(prompt)
    }
    // The second prompt no longer shows the result in its last message alone.
    #expect(made.prompts.contains { $0.contains(problem) }, "\(made.prompts)")
  }

  @Test func `once all calls were made there is nothing left but the answer`() async throws {
    let made = try await make(Self.singles) { prompt in
      // A model that would go on calling for ever.
      var reply = Self.single(prompt).objectValue ?? [:]
      if reply["answer"] != nil { reply["calls"] = [["name": "find_station", "arguments": ["name": "Skerry"]]] }
      return .object(reply)
    }
    #expect(made.rows.count == 2, "\(made.rejected)")
    #expect(made.rows.allSatisfy { names($0).count == 1 })
  }

  @Test func `calls in a row that do not need each other are one turn of several calls`() async throws {
    let options = ToolUseOptions(perTool: 2, kinds: [.parallel])
    let made = try await make(options, request: { _ in ["request": "Where is Skerry, and what does SKE-01 say?"] }) {
      prompt in
      if prompt.contains("level") { return Self.answer("Skerry is SKE-01, where the water stands at 2.5.") }
      return prompt.contains("returned")
        ? Self.call("read_gauge", ["station_id": "SKE-01"]) : Self.call("find_station", ["name": "Skerry"])
    }
    #expect(made.rows.allSatisfy { $0["messages"]?[1]?["tool_calls"]?.arrayValue?.count == 2 })
    #expect(made.rows.allSatisfy { $0["source"]?["kind"] == "parallel" })
  }

  @Test func `of calls at once, one that needs another's result waits for it`() async throws {
    let made = try await make { prompt in
      if prompt.contains("returned") { return Self.sensible(prompt) }
      return [
        "thought": "I need the id.",
        "calls": [
          ["name": "find_station", "arguments": ["name": "Skerry"]],
          ["name": "read_gauge", "arguments": ["station_id": "SKE-01"]],
        ],
      ]
    }
    try #require(made.rows.count == 1, "\(made.rejected)")
    #expect(made.rows[0]["messages"]?[1]?["tool_calls"]?.arrayValue?.count == 1)
    #expect(names(made.rows[0]) == ["find_station", "read_gauge"])
  }

  @Test func `where no tool serves, an answer that says so is kept, and no other`() async throws {
    let options = ToolUseOptions(perTool: 1, kinds: [.irrelevance])
    let made = try await make(options) { _ in Self.answer("I cannot do that.") }
    #expect(made.rows.count == 2)
    #expect(made.rows.allSatisfy { $0["irrelevance"] == true && names($0).isEmpty })
    let claiming = try await make(options) { _ in Self.answer("Done, the table is booked.") }
    #expect(claiming.rows.isEmpty)
    #expect(claiming.prompts.contains { $0.contains("claims to do what no tool does") })
  }

  @Test func `several turns are one conversation with ids of its own`() async throws {
    var options = Self.singles
    options.turns = 2
    let made = try await make(options) { prompt in
      // What was said before must not count as done.
      Self.single(prompt)
    }
    let messages = try #require(made.rows.first?["messages"]?.arrayValue, "\(made.rejected)")
    #expect(messages.count { $0["role"] == "user" } == 2)
    let ids = messages.flatMap { $0["tool_calls"]?.arrayValue ?? [] }.compactMap { $0["id"]?.stringValue }
    #expect(ids == ["call_1", "call_2"])
  }

  // MARK: Servers of all kinds

  private static func message(_ message: JSONValue) -> Behaviour {
    .json(["choices": [["index": 0, "message": message, "finish_reason": "stop"]]])
  }

  @Test func `calls in the server's own form, thoughts kept apart and answers in prose are understood`() async throws {
    let made = try await make(
      Self.singles,
      replies: { _, prompt, isDecision in
        guard isDecision else {
          return Self.message(["content": .string("<think>A user…</think>\n" + Self.request(prompt).serialized())])
        }
        guard !prompt.contains("returned") else {
          return Self.message([
            "content": .string(prompt.contains("level") ? "The water stands at 2.5." : "It is SKE-01."),
            "reasoning_content": "Now I know.",
          ])
        }
        let isGauge = prompt.contains("gauge SKE-01")
        return Self.message([
          "content": nil, "reasoning": "I need it.",
          "tool_calls": [
            [
              "id": "x", "type": "function",
              "function": [
                "name": isGauge ? "read_gauge" : "find_station",
                "arguments": isGauge ? "{\"station_id\": \"SKE-01\"}" : "{\"name\": \"Skerry\"}",
              ],
            ]
          ],
        ])
      }
    ) { Self.single($0) }
    try #require(made.rows.count == 2, "\(made.rejected)")
    #expect(made.rows[0]["messages"]?[1]?["reasoning_content"] == "I need it.")
    #expect(made.rows[0]["messages"]?[3]?["reasoning_content"] == "Now I know.")
    #expect(made.rows[1]["messages"]?[3]?["content"] == "The water stands at 2.5.")
  }

  @Test func `calls in the text of a model's template are understood`() async throws {
    let made = try await make(
      Self.singles,
      replies: { _, prompt, isDecision in
        guard isDecision, !prompt.contains("returned") else { return nil }
        let call = Self.single(prompt)["calls"]?[0] ?? .null
        return .chat("<tool_call>\n\(call.serialized())\n</tool_call>")
      }
    ) { Self.single($0) }
    #expect(made.rows.count == 2, "\(made.rejected)")
  }

  // MARK: Servers that fail

  @Test func `one failure leaves one conversation undone`() async throws {
    let made = try await make(Self.singles, replies: { number, _, _ in number == 1 ? .error(500, "boom") : nil }) {
      Self.single($0)
    }
    #expect(made.rows.count == 1)
    #expect(made.tally.rejected == [LeftUndone.check: 1])
    #expect(made.rejected.first?["reason"]?.stringValue?.contains("HTTP 500") == true)
  }

  @Test func `a server that goes down leaves the rest undone and is asked no more`() async throws {
    let options = ToolUseOptions(perTool: 2, kinds: [.single, .parallel, .irrelevance])
    let made = try await make(options, replies: { number, _, _ in number > 4 ? .error(401, "no more") : nil }) {
      Self.single($0)
    }
    #expect(made.rows.count == 1)
    #expect(made.prompts.count == 6, "the first refusal is the last request")
    #expect((made.tally.rejected[LeftUndone.check] ?? 0) > 2)
  }

  @Test func `a server that never answered stops the run`() async throws {
    await #expect(throws: BackendOutage.self) {
      _ = try await make(Self.singles, replies: { _, _, _ in .error(401, "who are you?") }) { Self.single($0) }
    }
  }
}
