import Foundation
import LoopbackServer
import OrderedJSON
import Testing

/// From an API's description to rows for a trainer, through the real binary.
@Suite("tools to rows")
struct ToolUseTests {
  private static let samples = ForgeBinary.checkout + "/samples/tools"

  /// Runs what `make demo-tools` runs.
  private func demo(in folder: TemporaryFolder) throws -> (status: Int32, log: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [Self.samples + "/demo", ForgeBinary.path, "out"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "TMPDIR": folder.path]
    _ = FileManager.default.createFile(atPath: folder.path + "/log", contents: nil)
    process.standardOutput = FileHandle(forWritingAtPath: folder.path + "/log")
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, folder.text("log"))
  }

  @Test func `the demo imports, tries, calls, checks and writes with special tokens`() throws {
    let folder = try TemporaryFolder()
    let (status, log) = try demo(in: folder)
    #expect(status == 0, "\(log)")
    let probed = try JSONValue(parsing: folder.text("out/probed.json"))
    #expect(probed["left_out"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["count_storms"])
    let tools = probed["tools"]?.arrayValue ?? []
    let clock = try #require(tools.first { $0["function"]?["name"] == "server_clock" })
    #expect(clock["probe"]?["deterministic"] == false)
    #expect(!tools.contains { $0["function"]?["name"] == "leave_note" })
    let rows = try folder.rows("out/samples.jsonl")
    #expect(rows.count >= 20)
    #expect(try folder.rows("out/verdicts.jsonl").allSatisfy { $0["verdict"] == "pass" })
    let texts = try folder.rows("out/text.jsonl")
    #expect(texts.count == rows.count)
    #expect(texts.contains { $0["text"]?.stringValue?.contains("<tool_call>") == true })
  }

  @Test func `probe leaves out what does not work, says so, and is strict on request`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      [{"name": "fine", "parameters": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
        "execute": {"kind": "command", "argv": ["echo", "{text}"]}, "read_only": true},
       {"name": "bad", "parameters": {"type": "object", "properties": {}},
        "execute": {"kind": "command", "argv": ["false"]}, "read_only": true},
       {"name": "writes", "parameters": {"type": "object", "properties": {}},
        "execute": {"kind": "command", "argv": ["echo", "done"]}}]
      """, to: "tools.json")
    let result = try ForgeBinary.run(["tools", "probe", "tools.json", "-o", "probed.json"], in: folder.path)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.contains("1 work, 1 do not (left out), 1 untried"))
    let probed = try JSONValue(parsing: folder.text("probed.json"))
    #expect(probed["tools"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["fine", "writes"])
    #expect(probed["tools"]?[0]?["examples"]?.arrayValue?.isEmpty == false)
    #expect(probed["left_out"]?[0]?["name"] == "bad")
    let strict = try ForgeBinary.run(
      ["tools", "probe", "tools.json", "-o", "strict.json", "--strict", "--json"], in: folder.path)
    #expect(strict.status == 1)
    #expect(try JSONValue(parsing: strict.out)["fails"] == 1)
    #expect(folder.exists("strict.json"))
    let wrong = try ForgeBinary.run(["tools", "probe", "tools.json", "--calls", "0"], in: folder.path)
    #expect(wrong.status == 2)
  }

  /// A tool that repeats what it is told, and one that is not called without leave.
  private static let echo = """
    [{"name": "say", "description": "Says a word.", "parameters": {"type": "object", "properties":
        {"word": {"type": "string", "enum": ["tide", "moon", "gauge", "pier", "sand", "rock"]}}, "required": ["word"]},
      "execute": {"kind": "command", "argv": ["echo", "{word}"]}, "read_only": true},
     {"name": "erase", "description": "Erases a word.", "parameters": {"type": "object", "properties": {}},
      "execute": {"kind": "command", "argv": ["true"]}}]
    """

  /// Writes requests, calls and answers about `say`.
  private static func model(_ request: RecordedRequest) -> Behaviour {
    let prompt = request.json?["messages"]?.arrayValue?.last?["content"]?.stringValue ?? ""
    let words = ["tide", "moon", "gauge", "pier", "sand", "rock"]
    let word = words.first { prompt.contains($0) } ?? ""
    if request.json?["response_format"]?["json_schema"]?["name"] == "request" {
      return .chat(#"{"request": "Say \#(word) for me."}"#)
    }
    return prompt.contains("returned")
      ? .chat(#"{"thought": "It is said.", "answer": "Here it is: \#(word)."}"#)
      : .chat(#"{"thought": "I say it.", "calls": [{"name": "say", "arguments": {"word": "\#(word)"}}]}"#)
  }

  private static func generating(_ server: LoopbackServer) -> [String] {
    [
      "generate", "--task", "tool-use", "--tools", "tools.json", "-o", "rows.jsonl", "--rejected", "rejected.jsonl",
      "--kinds", "single", "--per-tool", "6", "--backend", "openai", "--base-url", server.baseURL, "--model", "mock",
      "--concurrency", "1", "--max-attempts", "4", "--calls", "kept",
    ]
  }

  @Test func `a server that goes down leaves samples undone, and the same command makes them`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.echo, to: "tools.json")
    try await LoopbackServer.with({
      $0.number < 7 ? Self.model($0) : .error(503, "down", headers: [("Retry-After", "0")])
    }) {
      server in
      let result = try ForgeBinary.run(Self.generating(server), in: folder.path)
      #expect(result.status == 2, "\(result.err)")
      #expect(server.requests.count == 7 + 16)
      #expect(result.err.contains("samples were left undone"), "\(result.err)")
      #expect(result.err.contains("generate 6/6 samples"), "\(result.err)")
      #expect(try folder.rows("rows.jsonl").count == 2)
      let undone = try folder.rows("rejected.jsonl").filter { $0["check"] == "backend-failed" }
      #expect(undone.count == 4)
    }
    try await LoopbackServer.with(Self.model) { server in
      let result = try ForgeBinary.run(Self.generating(server) + ["--strict"], in: folder.path)
      #expect(result.status == 0, "\(result.err)")
      #expect(server.requests.count == 18 - 7)
      #expect(try folder.rows("rows.jsonl").count == 6)
    }
  }

  @Test func `what may write is left out on purpose, which is no failure`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.echo, to: "tools.json")
    let result = try ForgeBinary.run(
      ["generate", "--task", "tool-use", "--tools", "tools.json", "-o", "rows.jsonl", "--strict"], in: folder.path)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.contains("rejected 0; left out on purpose: may-write 1"), "\(result.err)")
  }

  @Test(
    arguments: [
      (["--task", "tool-use"], "--tools"), (["chunks.jsonl", "--task", "tool-use", "--tools", "x.json"], "leave out"),
      (["--task", "tool-use", "--tools", "missing.json"], "missing.json"), ([], "chunks"),
      (["--task", "tool-use", "--tools", "x.json", "--kinds", "paralel"], "parallel"),
      (["chunks.jsonl", "--tools", "x.json"], "--task tool-use"),
    ] as [([String], String)])
  func `what does not go together is said`(arguments: [String], words: String) throws {
    let folder = try TemporaryFolder()
    let result = try ForgeBinary.run(["generate"] + arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.err.contains(words), "\(result.err)")
  }
}
