import Foundation
import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

@Suite("conversations with tools, by a model")
struct ModelToolUseTests {
  private static let file: JSONValue = [
    ProbedTools.definition("find_station", "Finds a station.", ["name": ["type": "string"]]),
    ProbedTools.definition("read_gauge", "Reads a gauge.", ["station_id": ["type": "string"]]),
  ]

  private static func tool(_ call: ToolCall) -> Observation {
    switch call.arguments {
    case ["name": "Skerry"]: Observation(status: .ok, output: ["id": "SKE-01"])
    case ["station_id": "SKE-01"]: Observation(status: .ok, output: ["level": 2.5])
    default: Observation(status: .failed, httpStatus: 404, message: "unknown")
    }
  }

  private static func call(_ name: String, _ arguments: JSONValue, _ thought: String = "I look.") -> JSONValue {
    ["thought": .string(thought), "calls": [["name": .string(name), "arguments": arguments]], "answer": ""]
  }

  private static func answer(_ text: String) -> JSONValue {
    ["thought": "That is enough.", "calls": [], "answer": .string(text)]
  }

  private struct Made {
    var rows: [JSONValue]
    var rejected: [JSONValue]
    var calls: [ToolCall]
    var prompts: [String]
  }

  /// One conversation about the first tool, with a model that decides as the script says.
  private func make(
    _ options: ToolUseOptions = ToolUseOptions(perTool: 1, kinds: [.single, .parallel, .multiStep], distractors: 4),
    _ decide: @escaping @Sendable (_ prompt: String) -> JSONValue
  ) async throws -> Made {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tool-use-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let registry = try ToolRegistry(Self.file)
    let tools = ProbedTools { call, _ in Self.tool(call) }
    let script: LoopbackServer.Script = { request in
      let prompt = request.json?["messages"]?.arrayValue?.last?["content"]?.stringValue ?? ""
      let isDecision = request.json?["response_format"]?["json_schema"]?["name"] == "decision"
      return .chat((isDecision ? decide(prompt) : ["request": "How high is the water at Skerry?"]).serialized())
    }
    return try await LoopbackServer.with(script) { server in
      try await TestBackends.openAI(server) { backend in
        let maker = ModelToolUse(
          registry, tools.executors(registry), backend: backend, options: options, sampling: Sampling(),
          toolsFile: "tools.json")
        _ = try await maker.run(to: folder + "/rows", rejected: folder + "/rejected", concurrency: 1)
      }
      func lines(_ name: String) throws -> [JSONValue] {
        try WholeFile.text(folder + "/" + name).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
      }
      let prompts = server.requests.map {
        $0.json?["messages"]?.arrayValue?.last?["content"]?.stringValue ?? ""
      }
      return Made(rows: try lines("rows"), rejected: try lines("rejected"), calls: tools.calls, prompts: prompts)
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

  @Test func `a model's steps become messages, with its thoughts and what the tools answered`() async throws {
    let made = try await make { Self.sensible($0) }
    #expect(made.rows.count == 2)
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
      registry: ToolRegistry(Self.file),
      executors: ProbedTools { call, _ in Self.tool(call) }.executors(ToolRegistry(Self.file)))
    for row in made.rows { #expect(try await validator.verdict(on: row, number: 1).passed) }
  }

  @Test func `a call that fails is backed out of, and kept only as a recovery on request`() async throws {
    @Sendable func decide(_ prompt: String) -> JSONValue {
      // Tried a wrong name first; told so, it takes the right one.
      let isNew = !prompt.contains("SKE-01") && !prompt.contains("led nowhere")
      return isNew ? Self.call("find_station", ["name": "Sherry"], "Sherry?") : Self.sensible(prompt)
    }
    let made = try await make { decide($0) }
    #expect(made.rows.count == 2)
    #expect(names(made.rows[0]) == ["find_station", "read_gauge"])
    #expect(!made.rows[0].serialized().contains("Sherry"))
    #expect(made.prompts.contains { $0.contains("HTTP status 404: unknown") })
    var options = ToolUseOptions(perTool: 1, kinds: [.multiStep])
    options.keepsRecovery = true
    let kept = try await make(options, decide)
    #expect(kept.rows.count == 4)
    #expect(kept.rows[1]["source"]?["recovery"] == true)
    #expect(names(kept.rows[1]) == ["find_station", "find_station", "read_gauge"])
    #expect(kept.rows[1]["messages"]?[2]?["content"] == "Error: HTTP status 404: unknown")
    #expect(kept.rows[0]["source"]?["recovery"] == nil)
  }

  @Test func `where the model gives up, it is asked again one step earlier`() async throws {
    let made = try await make { prompt in
      if prompt.contains("nothing came of it later") { return Self.call("read_gauge", ["station_id": "SKE-01"]) }
      if prompt.contains("level") { return Self.answer("2.5") }
      if prompt.contains("SKE-01") { return ["thought": "I am lost.", "calls": [], "answer": ""] }
      return Self.call("find_station", ["name": "Skerry"])
    }
    #expect(made.rows.count == 2)
    #expect(names(made.rows.first) == ["read_gauge"])
    #expect(made.rows.first?["source"]?["kind"] == "single")
  }

  @Test func `calls are bounded, and what leads nowhere is a rejection`() async throws {
    var options = ToolUseOptions(perTool: 1, kinds: [.single])
    options.callBudget = 2
    let made = try await make(options) { _ in Self.call("find_station", ["name": "Sherry"]) }
    #expect(made.rows.isEmpty)
    #expect(made.rejected.map { $0["check"] } == ["no-answer", "no-answer"])
    #expect(made.calls.count == 4, "two for each conversation")
    #expect(made.rejected[0]["item"]?["request"] == "How high is the water at Skerry?")
  }

  @Test func `calls that break the schema or name no tool are never made`() async throws {
    let made = try await make { prompt in
      prompt.contains("led nowhere") ? Self.call("rm", [:]) : Self.call("find_station", ["name": 3, "force": true])
    }
    #expect(made.calls.isEmpty)
    #expect(made.rejected.count == 2)
    #expect(made.prompts.contains { $0.contains("the arguments do not follow the schema") })
    #expect(made.prompts.contains { $0.contains("there is no tool rm") })
  }

  @Test func `a tool that is not shown is not called, though the file has it`() async throws {
    let options = ToolUseOptions(perTool: 1, distractors: 0)
    let made = try await make(options) { prompt in
      prompt.contains("SKE-01") ? Self.answer("SKE-01") : Self.call("find_station", ["name": "Skerry"])
    }
    #expect(made.rows.count == 1)
    #expect(made.rows.allSatisfy { $0["tools"]?.arrayValue?.count == 1 && names($0) == ["find_station"] })
    #expect(made.rejected.map { $0["id"] } == ["read_gauge-1"])
  }

  @Test func `replies that are no JSON are rejections and stop nothing`() async throws {
    let made = try await make { _ in "mumble" }
    #expect(made.rows.isEmpty)
    #expect(made.rejected.count == 2)
  }

  @Test func `where no tool serves, an answer in words is kept and a call is not`() async throws {
    let options = ToolUseOptions(perTool: 1, kinds: [.irrelevance])
    let made = try await make(options) { _ in Self.answer("I cannot do that.") }
    #expect(made.rows.count == 2)
    #expect(made.rows.allSatisfy { $0["irrelevance"] == true && names($0).isEmpty })
    let calling = try await make(options) { Self.sensible($0) }
    #expect(calling.rows.isEmpty)
    #expect(calling.rejected.allSatisfy { $0["check"] == "calls-anyway" })
  }

  @Test func `several turns are one conversation with ids of its own`() async throws {
    var options = ToolUseOptions(perTool: 1, kinds: [.multiStep])
    options.turns = 2
    let made = try await make(options) { prompt in
      // What was said before must not count as done.
      Self.sensible(prompt.split(separator: "The user's request:").last.map(String.init) ?? "")
    }
    let messages = try #require(made.rows.first?["messages"]?.arrayValue)
    #expect(messages.count { $0["role"] == "user" } == 2)
    let ids = messages.flatMap { $0["tool_calls"]?.arrayValue ?? [] }.compactMap { $0["id"]?.stringValue }
    #expect(ids == ["call_1", "call_2", "call_3", "call_4"])
  }
}
