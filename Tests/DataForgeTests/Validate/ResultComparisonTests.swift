import DataForge
import OrderedJSON
import Testing

@Suite struct ResultComparisonTests {
  private func failure(
    recorded: String, observed: JSONValue, _ comparison: ResultComparison = ResultComparison()
  ) async throws -> CheckResult? {
    let tools = ScriptedTools { _ in Observation(status: .ok, output: observed) }
    let row = ToolRows.row(
      ToolRows.user, ToolRows.assistant(ToolRows.call(["city": "Oslo"], id: "a")), ToolRows.result(recorded, id: "a"))
    return try await tools.validator(comparison: comparison).verdict(on: row, number: 1).checks.first { !$0.pass }
  }

  @Test(
    arguments: [
      ("rain", "rain"), (" rain\n", "rain"), (#"{"b": 1, "a": [2]}"#, ["a": [2], "b": 1]),
      (#"{"t": 21}"#, ["t": 21.0000001]), ("3", 3), ("null", .null), (#"{"t": 1}"#, #"{ "t" : 1 }"#),
      (#"{"name": "weather", "content": {"t": 1}}"#, ["t": 1]), (#"{"result": "rain"}"#, "rain"),
      ("{'t': 1, 'u': None, 'v': True, 'w': ['a', 2.5]}", ["t": 1, "u": nil, "v": true, "w": ["a", 2.5]]),
      ("True", true), ("None", nil), (#""{\"t\": 1}""#, ["t": 1]), ("1", 1.0), ("0", 1e-17), ("2.0", 2),
      (#"[{"name": "weather", "results": {"t": 1}}]"#, ["t": 1]),
      (#"{"error": "", "response": "{\"t\": 1}"}"#, ["t": 1]),
    ] as [(String, JSONValue)])
  func theSameResultPassesHoweverItIsWritten(recorded: String, observed: JSONValue) async throws {
    #expect(try await failure(recorded: recorded, observed: observed) == nil)
  }

  @Test(
    arguments: [
      ("rain", "sun", "", "recorded \"rain\", observed \"sun\""),
      (#"{"t": {"now": 21}}"#, ["t": ["now": 23]], "/t/now", "recorded 21, observed 23"),
      (#"{"t": 1}"#, ["t": 1, "u": 2], "/u", "it is observed, and not recorded"),
      (#"{"t": 1, "u": 2}"#, ["t": 1], "/u", "it is recorded, and not observed"),
      ("[1, 2]", [1, 2, 3], "", "recorded 2 elements, observed 3"), (#"{"t": "1"}"#, ["t": 1], "/t", "observed 1"),
      (#"{"t": 1}"#, ["t": 1.001], "/t", "observed 1.001"), ("10000000", 10_000_001, "", "observed 10000001"),
      ("0.0000001", 0.0000002, "", "observed 2e-07"), ("true", 1, "", "observed 1"),
      ("{}", "nothing", "", "recorded an object"),
    ] as [(String, JSONValue, String, String)])
  func aDifferenceIsNamedWithItsPlace(recorded: String, observed: JSONValue, at: String, how: String) async throws {
    let failure = try #require(await failure(recorded: recorded, observed: observed))
    #expect(failure.kind == .otherResult)
    #expect(failure.path == "/messages/2/content")
    #expect(failure.reason?.contains("differs from the observed one\(at.isEmpty ? "" : " at \(at)"):") == true)
    #expect(failure.reason?.contains(how) == true, "\(failure.reason ?? "")")
  }

  @Test func aSubsetMayLeaveOutMembersElementsAndText() async throws {
    let subset = ResultComparison(mode: .subset)
    #expect(try await failure(recorded: #"{"t": 1}"#, observed: ["t": 1, "u": 2], subset) == nil)
    #expect(try await failure(recorded: "[2, 3]", observed: [1, 2, 3], subset) == nil)
    #expect(try await failure(recorded: "rain", observed: "It will rain.", subset) == nil)
    #expect(try await failure(recorded: "[3, 2]", observed: [1, 2, 3], subset)?.reason?.contains(" at /1:") == true)
    #expect(try await failure(recorded: #"{"t": 1, "v": 2}"#, observed: ["t": 1], subset) != nil)
  }

  @Test func whatIsIgnoredMayDiffer() async throws {
    let recorded = #"{"id": 1, "at": "12:00", "list": [{"at": "12:01", "t": 1}]}"#
    let observed: JSONValue = ["id": 1, "at": "13:00", "list": [["at": "13:01", "t": 1]]]
    #expect(try await failure(recorded: recorded, observed: observed) != nil)
    let keys = ResultComparison(ignoring: ["at"])
    #expect(try await failure(recorded: recorded, observed: observed, keys) == nil)
    let paths = ResultComparison(ignoring: ["/at", "/list/*/at"])
    #expect(try await failure(recorded: recorded, observed: observed, paths) == nil)
    #expect(try await failure(recorded: recorded, observed: observed, ResultComparison(ignoring: ["/at"])) != nil)
  }

  @Test func toleranceIsAShareOfTheNumber() async throws {
    let wide = ResultComparison(tolerance: 0.1)
    #expect(try await failure(recorded: "1000", observed: 1050, wide) == nil)
    #expect(try await failure(recorded: "1000", observed: 1200, wide) != nil)
    #expect(try await failure(recorded: "0.01", observed: 0.04, wide) != nil)
  }

  @Test func nothingIsComparedWhereNobodyWantsIt() async throws {
    #expect(try await failure(recorded: "rain", observed: "sun", ResultComparison(mode: .none)) == nil)
  }

  @Test func eachResultIsComparedWithItsOwnCall() async throws {
    let tools = ScriptedTools { call in Observation(status: .ok, output: call.arguments["city"] ?? .null) }
    let calls = ToolRows.assistant(ToolRows.call(["city": "Oslo"], id: "a"), ToolRows.call(["city": "Rom"], id: "b"))
    let right = ToolRows.row(ToolRows.user, calls, ToolRows.result("Rom", id: "b"), ToolRows.result("Oslo", id: "a"))
    #expect(try await tools.validator().verdict(on: right, number: 1).passed)
    let wrong = ToolRows.row(ToolRows.user, calls, ToolRows.result("Rom", id: "a"), ToolRows.result("Oslo", id: "b"))
    let failures = try await tools.validator().verdict(on: wrong, number: 1).checks.filter { !$0.pass }
    #expect(failures.map(\.path) == ["/messages/2/content", "/messages/3/content"])
  }
}
