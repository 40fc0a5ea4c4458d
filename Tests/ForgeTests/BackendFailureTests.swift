import Foundation
import LoopbackServer
import OrderedJSON
import Testing

/// Servers that fail in every way that servers fail: the run says what is wrong, loses nothing, and never hangs.
@Suite("failing servers")
struct BackendFailureTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ server: String, _ more: [String] = []) throws -> ForgeBinary.Result {
    let pdfs = folder.exists("pdfs") ? folder.path + "/pdfs" : try folder.samples(["rain-gauge-leaflet.pdf"])
    return try ForgeBinary.run(
      ["run", pdfs, "-o", "out", "-q", "--backend", "openai", "--base-url", server, "--model", "mock"] + more,
      in: folder.path, environment: ["OPENAI_API_KEY": "sk-secret-key"])
  }

  /// What failed is told with its reason, and comes again at the next run.
  private func expectLeftUndone(_ script: @escaping LoopbackServer.Script, says word: String, _ more: [String] = [])
    async throws
  {
    try await LoopbackServer.with(script) { server in
      let result = try run(server.baseURL, ["--max-attempts", "1"] + more)
      #expect([0, 2].contains(result.status))
      let told = result.err + folder.text("out/rejected.jsonl")
      #expect(told.contains(word), "\(word) is missing in: \(told)")
      #expect(!told.contains("sk-secret-key"))
    }
    try await LoopbackServer.with(MockModel.answer) { server in
      let result = try run(server.baseURL, ["--json"])
      #expect(result.status == 0, "\(result.err)")
      #expect(try JSONValue(parsing: result.out)["chunks_left"]?.intValue == 0)
    }
  }

  @Test func `nobody listens`() throws {
    let result = try run("http://127.0.0.1:9/v1", ["--max-attempts", "1"])
    #expect(result.status == 2)
    #expect(result.err.contains("http://127.0.0.1:9/v1"))
    #expect(result.err.contains("is it running"))
  }

  @Test func `401 stops the run and names the key's variable, not the key`() async throws {
    try await LoopbackServer.with({ _ in .error(401, "Incorrect API key provided: sk-secret-key") }) { server in
      let result = try run(server.baseURL)
      #expect(result.status == 2)
      #expect(result.err.contains("OPENAI_API_KEY"))
      #expect(!result.err.contains("sk-secret-key"))
      #expect(server.requests.count < 20, "a wrong key was tried again and again")
    }
  }

  @Test func `429 for ever`() async throws {
    try await expectLeftUndone(
      { _ in .error(429, "slow down", headers: [("Retry-After", "0")]) }, says: "429", ["--max-attempts", "2"])
  }

  @Test func `429 once is waited for`() async throws {
    try await LoopbackServer.with({ request in
      request.number == 0 ? .error(429, "slow down", headers: [("Retry-After", "0")]) : MockModel.answer(request)
    }) { server in
      let result = try run(server.baseURL, ["--json"])
      #expect(result.status == 0)
      #expect(try JSONValue(parsing: result.out)["chunks_left"]?.intValue == 0)
    }
  }

  @Test func `500`() async throws { try await expectLeftUndone({ _ in .error(500, "boom") }, says: "500") }

  @Test func `bytes that are not HTTP`() async throws {
    try await expectLeftUndone(
      { _ in .garbage(Array("\u{1}\u{2}no http at all\r\n\r\n".utf8)) }, says: "backend-failed")
  }

  @Test func `a hang-up in the middle of a reply`() async throws {
    try await expectLeftUndone({ .hangUp(afterBytes: 90, of: MockModel.answer($0)) }, says: "backend-failed")
  }

  @Test func `no answer at all`() async throws {
    try await expectLeftUndone({ _ in .never }, says: "backend-failed", ["--timeout", "0.5"])
  }

  @Test func `a body that is no chat completion`() async throws {
    try await expectLeftUndone({ _ in .json(["hello": "world"]) }, says: "backend-failed")
  }

  @Test func `404 says to look at the address`() async throws {
    try await LoopbackServer.with({ _ in .error(404, "not found") }) { server in
      let result = try run(server.baseURL)
      let told = result.err + folder.text("out/rejected.jsonl")
      #expect(told.contains("/v1"), "\(told)")
    }
  }

  @Test func `400 to everything stops the run and shows the server's words`() async throws {
    _ = try folder.samples(["tide-gauge-handbook.pdf", "heron-reference.pdf"])
    try await LoopbackServer.with({ _ in .error(400, "unknown field logit_bias") }) { server in
      let result = try run(server.baseURL)
      #expect(result.status == 2)
      #expect(result.err.contains("unknown field logit_bias"), "\(result.err)")
      #expect(server.requests.count < 60)
    }
  }

  @Test func `a server that is down for good stops a long run instead of failing every passage`() async throws {
    let pdfs = try folder.samples(["tide-gauge-handbook.pdf", "heron-reference.pdf", "peat-corers.pdf"])
    try await LoopbackServer.with({ _ in .error(500, "boom") }) { server in
      let result = try run(server.baseURL, ["--max-attempts", "1", "--concurrency", "2"])
      #expect(result.status == 2)
      #expect(result.err.contains("same command goes on"))
      #expect(server.requests.count < 20)
      #expect(!pdfs.isEmpty)
    }
  }

  @Test func `replies in prose are understood, and those that cannot be are kept with their reason`() async throws {
    try await LoopbackServer.with({ _ in .chat("I would rather talk about the weather.") }) { server in
      let result = try run(server.baseURL, ["--json"])
      #expect(result.status == 0)
      let rejected = try folder.rows("out/rejected.jsonl").filter { $0["check"]?.stringValue == "unreadable-reply" }
      #expect(!rejected.isEmpty)
      #expect(rejected.allSatisfy { $0["item"]?["reply"]?.stringValue?.contains("weather") == true })
    }
  }
}
