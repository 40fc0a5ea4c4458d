import Foundation
import LoopbackServer
import OrderedJSON
import Testing

/// `forge validate` as a person runs it, with rows written beside the verdicts and a judge.
@Suite struct ValidateRowsTests {
  private static let tools = """
    [{"name": "weather", "parameters": {"type": "object", "required": ["city"],
      "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}}}]
    """

  private static func row(_ arguments: String, id: Int) -> String {
    """
    {"id": \(id), "messages": [{"role": "user", "content": "Weather in Oslo?"}, {"role": "assistant", "content": "", \
    "tool_calls": [{"type": "function", "function": {"name": "weather", "arguments": \(arguments)}}]}]}

    """
  }

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Self.tools.write(toFile: folder.path + "/tools.json", atomically: true, encoding: .utf8)
    let rows =
      Self.row(#"{"city": "Oslo", "days": "3"}"#, id: 1) + Self.row(#"{"town": "Oslo"}"#, id: 2)
      + Self.row(#"{"city": "Oslo"}"#, id: 3) + "{oops\n"
    try rows.write(toFile: folder.path + "/rows.jsonl", atomically: true, encoding: .utf8)
    return folder
  }

  @Test func failuresAreSummedUpByReason() throws {
    let folder = try folder()
    let result = try ForgeBinary.run(
      ["validate", "rows.jsonl", "--tools", "tools.json", "-o", "v.jsonl"], in: folder.path)
    #expect(result.status == 0)
    let lines = result.err.split(separator: "\n").map(String.init)
    #expect(lines.contains("passed 1, failed 3 (by first check: format 1, schema 2)"), "\(result.err)")
    #expect(lines.contains("  schema    type                     1   rows 1"))
    #expect(lines.contains("  schema    unknown-argument         1   rows 2"))
    #expect(lines.contains("  format    not-json                 1   rows 4"))
  }

  @Test func theSummaryCanBeReadByPrograms() throws {
    let folder = try folder()
    let result = try ForgeBinary.run(
      ["validate", "rows.jsonl", "--tools", "tools.json", "-o", "v.jsonl", "--json", "-q"], in: folder.path)
    let summary = try JSONValue(parsing: result.out)
    #expect(summary["passed"] == 1)
    #expect(summary["failed"] == ["format": 1, "schema": 2])
    #expect(
      summary["reasons"]?[1] == ["check": "schema", "kind": "missing-argument", "count": 1, "rows": [2]])
  }

  @Test func repairedRowsAreWrittenAndCountAsWhatTheyAreNow() throws {
    let folder = try folder()
    let result = try ForgeBinary.run(
      ["validate", "rows.jsonl", "--tools", "tools.json", "-o", "v.jsonl", "--fix", "fixed.jsonl", "--strict"],
      in: folder.path)
    #expect(result.status == 1)
    #expect(result.err.contains("passed 2, failed 2"))
    let fixed = try String(contentsOfFile: folder.path + "/fixed.jsonl", encoding: .utf8).split(separator: "\n")
    #expect(fixed.count == 3)
    let first = try JSONValue(parsing: String(fixed[0]))
    #expect(first["messages"]?[1]?["tool_calls"]?[0]?["function"]?["arguments"] == ["city": "Oslo", "days": 3])
    #expect(first["fixes"]?.arrayValue?.count == 1)
  }

  @Test func aJudgeIsAskedAndItsRepliesAreKept() async throws {
    let folder = try folder()
    try await LoopbackServer.with({ _ in .chat(Self.yes) }) { server in
      let arguments = Self.judging(server)
      let first = try ForgeBinary.run(arguments, in: folder.path)
      #expect(first.status == 0, "\(first.err)")
      #expect(server.requests.count == 1)
      // What was paid for is not bought again.
      _ = try ForgeBinary.run(arguments, in: folder.path)
      #expect(server.requests.count == 1)
    }
    let verdicts = try String(contentsOfFile: folder.path + "/v.jsonl", encoding: .utf8)
    #expect(verdicts.contains(#"{"name":"meaning","pass":true}"#))
  }

  private static let yes =
    #"{"calls_differ": "no", "calls_are_wrong": false, "answer_differs": "no", "answer_is_wrong": false}"#

  /// Ten rows that are good on paper.
  private func rowsToJudge() throws -> TemporaryFolder {
    let folder = try folder()
    let rows = (1...10).map { Self.row(#"{"city": "Oslo", "days": \#($0)}"#, id: $0) }.joined()
    try rows.write(toFile: folder.path + "/rows.jsonl", atomically: true, encoding: .utf8)
    return folder
  }

  private static func judging(_ server: LoopbackServer) -> [String] {
    [
      "validate", "rows.jsonl", "--tools", "tools.json", "-o", "v.jsonl", "--checks", "format,schema,meaning",
      "--base-url",
      server.baseURL, "--model", "judge", "--votes", "1", "--calls", "kept", "--concurrency", "1", "--max-attempts",
      "1",
    ]
  }

  @Test(arguments: [Behaviour.error(500, "boom"), .error(429, "slow down"), .error(401, "who?"), .garbage([1, 2])])
  func aJudgeThatGoesDownLeavesTheRestUnaskedAndTheSameCommandGoesOn(failure: Behaviour) async throws {
    let folder = try rowsToJudge()
    // Four rows more than it takes to see that it is down.
    let rows = (1...30).map { Self.row(#"{"city": "Oslo", "days": \#($0)}"#, id: $0) }.joined()
    try rows.write(toFile: folder.path + "/rows.jsonl", atomically: true, encoding: .utf8)
    try await LoopbackServer.with({ $0.number < 3 ? .chat(Self.yes) : failure }) { server in
      let result = try ForgeBinary.run(Self.judging(server), in: folder.path)
      #expect(result.status == 2, "\(result.err)")
      #expect(server.requests.count <= 3 + 16)
      #expect(result.err.split(separator: "\n").count { $0.contains("asked no more") } == 1, "\(result.err)")
      #expect(result.err.contains("rows were left unjudged"))
      #expect(result.err.contains("asks for nothing twice"))
    }
    let verdicts = try folder.rows("v.jsonl")
    #expect(verdicts.count == 30, "each row is told of")
    #expect(verdicts.count { $0["verdict"] == "pass" } == 3)
    #expect(verdicts.last?["checks"]?.arrayValue?.last?["kind"] == "unasked")
    try await LoopbackServer.with({ _ in .chat(Self.yes) }) { server in
      let result = try ForgeBinary.run(Self.judging(server) + ["--strict"], in: folder.path)
      #expect(result.status == 0, "\(result.err)")
      #expect(server.requests.count == 27, "what was paid for is not asked again")
    }
  }

  @Test func aJudgeThatHangsIsGivenUp() async throws {
    let folder = try rowsToJudge()
    try await LoopbackServer.with({ $0.number < 2 ? .chat(Self.yes) : .never }) { server in
      let arguments = Self.judging(server).map { $0 == "1" ? "4" : $0 } + ["--timeout", "0.2"]
      let result = try ForgeBinary.run(arguments + ["--votes", "1"], in: folder.path)
      #expect(result.status == 2, "\(result.err)")
      #expect(result.err.contains("no whole reply within"))
    }
    #expect(try folder.rows("v.jsonl").count == 10)
  }

  @Test func aJudgeThatNeverAnsweredLeavesNoFile() async throws {
    let folder = try rowsToJudge()
    try await LoopbackServer.with({ _ in .error(401, "who are you?") }) { server in
      let result = try ForgeBinary.run(Self.judging(server), in: folder.path)
      #expect(result.status == 2)
      #expect(result.err.contains("OPENAI_API_KEY"))
      #expect(server.requests.count == 1)
    }
    #expect(!folder.exists("v.jsonl"))
  }

  @Test func aBudgetThatIsUsedUpLeavesTheRestUnasked() async throws {
    let folder = try rowsToJudge()
    try await LoopbackServer.with({ _ in .chat(Self.yes, prompt: 600, completion: 100) }) { server in
      let result = try ForgeBinary.run(Self.judging(server) + ["--budget", "4000"], in: folder.path)
      #expect(result.status == 0, "\(result.err)")
      #expect(result.err.contains("unasked"))
      let verdicts = try folder.rows("v.jsonl")
      #expect(verdicts.count == 10)
      #expect(verdicts.contains { $0["verdict"] == "pass" })
      #expect(verdicts.contains { $0["checks"]?.arrayValue?.last?["kind"] == "unasked" })
    }
  }

  @Test(arguments: [
    (["--compare", "exakt"], "did you mean “exact”?"), (["--checks", "meaning"], "needs a judge"),
    (["--tolerance=-1"], "--tolerance"), (["--model", "m"], "--base-url"),
    (["--record", "v.jsonl"], "different files"),
    (["--backend", "extractive", "--model", "m"], "there is no judge"),
    (["--base-url", "http://127.0.0.1:1/v1", "--model", "m", "--budget", "5"], "--calls"),
  ])
  func mistakesAreNamed(arguments: [String], message: String) throws {
    let folder = try folder()
    let result = try ForgeBinary.run(["validate", "rows.jsonl", "-o", "v.jsonl"] + arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.err.contains(message), "\(result.err)")
  }
}
