import Foundation
import OrderedJSON
import Testing

@testable import DataForge

@Suite("conversations with tools, without a model")
struct ScriptedToolUseTests {
  private static let file: JSONValue = [
    ProbedTools.definition(
      "list_stations", "Lists all stations of a region.", ["region": ["enum": ["north", "west"]]]),
    ProbedTools.definition(
      "read_gauge", "Reads the gauge at a station.",
      ["station_id": ["type": "string"], "limit": ["type": "integer", "minimum": 1, "maximum": 9]],
      examples: [["station_id": "LAN-03", "limit": 2]]),
    ProbedTools.definition("translate", "Translates a text into Latin.", ["text": ["type": "string"]]),
    ProbedTools.definition("broken", "Finds what is lost.", ["thing": ["type": "string"]]),
    ProbedTools.definition("erase", "Erases everything.", ["thing": ["type": "string"]], readOnly: false),
  ]

  private static func answer(_ call: ToolCall) -> Observation {
    switch call.name {
    case "list_stations":
      Observation(status: .ok, output: [["id": "SKE-01", "name": "Skerry"], ["id": "HOL-02", "name": "Holm"]])
    case "read_gauge":
      Observation(status: .ok, output: ["station_id": call.arguments["station_id"] ?? .null, "level": 2.5])
    case "translate": Observation(status: .ok, output: "salve")
    default: Observation(status: .failed, exitCode: 4, message: "out of order")
    }
  }

  private struct Made {
    var rows: [JSONValue]
    var rejected: [JSONValue]
    var text: String
    var calls: [ToolCall]
  }

  private func make(_ options: ToolUseOptions = ToolUseOptions(), concurrency: Int = 4) async throws -> Made {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tool-use-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let registry = try ToolRegistry(Self.file)
    let tools = ProbedTools { call, _ in Self.answer(call) }
    let maker = ScriptedToolUse(registry, tools.executors(registry), options: options, toolsFile: "tools.json")
    let tally = try await maker.run(
      to: folder + "/rows", rejected: folder + "/rejected", concurrency: concurrency)
    let text = try WholeFile.text(folder + "/rows")
    let rows = try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    let rejected = try WholeFile.text(folder + "/rejected").split(separator: "\n").map {
      try JSONValue(parsing: String($0))
    }
    #expect(tally.kept == rows.count)
    // What may write was left out on purpose, and is told of all the same.
    #expect(tally.skipped == ["may-write": 1])
    #expect(tally.rejectedTotal + 1 == rejected.count)
    return Made(rows: rows, rejected: rejected, text: text, calls: tools.calls)
  }

  private func only(_ kind: ToolUseSample.Kind) async throws -> [JSONValue] {
    try await make(ToolUseOptions(kinds: [kind])).rows
  }

  private func calls(of row: JSONValue) -> [[JSONValue]] {
    (row["messages"]?.arrayValue ?? []).compactMap { $0["tool_calls"]?.arrayValue }
  }

  @Test func `every row passes format, schema and execution`() async throws {
    let registry = try ToolRegistry(Self.file)
    let tools = ProbedTools { call, _ in Self.answer(call) }
    let validator = try ToolCallValidator(registry: registry, executors: tools.executors(registry))
    let rows = try await make().rows
    #expect(rows.count >= 10)
    for (number, row) in rows.enumerated() {
      let verdict = try await validator.verdict(on: row, number: number + 1)
      #expect(verdict.passed, "\(verdict.json.serialized()) of \(row.serialized())")
    }
    #expect(Set(rows.compactMap { $0["id"]?.stringValue }).count == rows.count)
    let kinds = Set(rows.compactMap { $0["source"]?["kind"]?.stringValue })
    #expect(kinds == Set(ToolUseSample.Kind.allCases.map(\.rawValue)))
  }

  @Test func `the request says every argument, and the answer rests on the result`() async throws {
    for row in try await only(.single) {
      let messages = try #require(row["messages"]?.arrayValue)
      #expect(messages.compactMap { $0["role"]?.stringValue } == ["user", "assistant", "tool", "assistant"])
      let call = try #require(calls(of: row).first?.first)
      let request = try #require(messages[0]["content"]?.stringValue)
      for value in call["function"]?["arguments"]?.objectValue?.values ?? [] {
        #expect(request.contains(value.stringValue ?? value.serialized()), "\(request)")
      }
      let name = try #require(call["function"]?["name"]?.stringValue)
      let observed = Self.answer(ToolCall(name: name, arguments: call["function"]?["arguments"] ?? [:])).output
      #expect(messages[2]["content"]?.stringValue == observed.stringValue ?? observed.serialized())
      #expect(messages[2]["tool_call_id"] == call["id"])
      let shown = (row["tools"]?.arrayValue ?? []).compactMap { $0["function"]?["name"]?.stringValue }
      #expect(shown.contains(name))
      #expect((row["tools"]?.arrayValue ?? []).allSatisfy { $0["execute"] == nil })
      #expect(row["source"]?["tools_file"] == "tools.json")
    }
  }

  @Test func `a tool that fails makes no row but a rejection, and one that writes is not called`() async throws {
    let made = try await make()
    #expect(!made.text.contains("out of order"))
    for row in made.rows { #expect(!calls(of: row).joined().contains { $0["function"]?["name"] == "broken" }) }
    let failed = try #require(made.rejected.first { $0["check"] == "call-failed" })
    #expect(failed["reason"]?.stringValue?.contains("exit code 4: out of order") == true)
    #expect(made.rejected.contains { $0["check"] == "may-write" && $0["id"] == "erase" })
    #expect(!made.calls.contains { $0.name == "erase" })
  }

  @Test func `several calls stand in one turn, each with its result`() async throws {
    let rows = try await only(.parallel)
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(calls(of: row).map(\.count) == [2])
      let roles = (row["messages"]?.arrayValue ?? []).compactMap { $0["role"]?.stringValue }
      #expect(roles == ["user", "assistant", "tool", "tool", "assistant"])
    }
  }

  @Test func `in steps, the second call takes what the first one answered and the user did not say`() async throws {
    let rows = try await only(.multiStep)
    let row = try #require(rows.first { calls(of: $0).first?[0]["function"]?["name"] == "list_stations" })
    #expect(calls(of: row).map(\.count) == [1, 1])
    #expect(calls(of: row)[1][0]["function"]?["name"] == "read_gauge")
    #expect(calls(of: row)[1][0]["function"]?["arguments"]?["station_id"] == "SKE-01")
    let request = try #require(row["messages"]?[0]?["content"]?.stringValue)
    #expect(!request.contains("SKE-01"))
    #expect(request.contains("the first station "))
  }

  @Test func `where nothing serves, no call is made and the tool that would is not shown`() async throws {
    let rows = try await only(.irrelevance)
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(row["irrelevance"] == true)
      #expect(calls(of: row).isEmpty)
      #expect(row["tools"]?.arrayValue?.isEmpty == false)
      let request = row["messages"]?[0]?["content"]?.stringValue ?? ""
      let shown = (row["tools"]?.arrayValue ?? []).compactMap { $0["function"]?["name"]?.stringValue }
      if request.contains("stations of the") { #expect(!shown.contains("list_stations")) }
      if request.contains("Latin") { #expect(!shown.contains("translate")) }
    }
  }

  @Test func `the same seed writes the same bytes whatever the concurrency, another seed others`() async throws {
    let one = try await make(concurrency: 1).text
    #expect(try await make(concurrency: 8).text == one)
    #expect(try await make(ToolUseOptions(seed: 5), concurrency: 8).text != one)
  }

  @Test(arguments: [(true, "empty-answer"), (false, nil)])
  func `what only reads must answer with something, and what writes may work without a word`(
    isReading: Bool, check: String?
  ) async throws {
    let registry = try ToolRegistry([
      ProbedTools.definition("remove", "Removes a city.", ["city": ["enum": ["Bergen"]]], readOnly: isReading)
    ])
    let tools = ProbedTools { _, _ in Observation(status: .ok, output: "", httpStatus: 204) }
    let executors = tools.executors(registry)
    let options = ToolUseOptions(perTool: 1, kinds: [.single], allowsWrites: true)
    let planner = ToolUsePlanner(registry: registry, executors: executors, options: options)
    let plan = try #require(try await planner.plans { false }.plans.first)
    let maker = ScriptedToolUse(registry, executors, options: options, toolsFile: "tools.json")
    switch try await maker.outcome(of: plan) {
    case .kept(let sample):
      #expect(check == nil)
      #expect(sample.messages.map(\.content).dropFirst(2).first == "")
      #expect(["Done.", "It is done.", "That worked."].contains(sample.messages.last?.content ?? ""))
      let row = try JSONValueEncoder().encode(sample)
      let validator = try ToolCallValidator(registry: registry, executors: executors)
      #expect(try await validator.verdict(on: row, number: 1).passed)
    case .rejected(let rejection): #expect(rejection.check == check)
    }
  }
}
