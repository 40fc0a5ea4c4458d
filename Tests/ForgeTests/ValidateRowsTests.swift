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
    let reply = #"{"reason": "yes", "calls_serve_request": true, "answer_follows_from_results": true}"#
    try await LoopbackServer.with({ _ in .chat(reply) }) { server in
      let arguments = [
        "validate", "rows.jsonl", "--tools", "tools.json", "-o", "v.jsonl", "--checks", "format,schema,meaning",
        "--base-url", server.baseURL, "--model", "judge", "--votes", "1", "--calls", "kept",
      ]
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
