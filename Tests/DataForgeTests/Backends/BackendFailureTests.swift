import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

/// Every way in which a server can fail, against a real one.
@Suite("A failing server")
struct BackendFailureTests {
  /// The error that a script leads to, how often was asked, and the waits between.
  private func outcome(
    _ configure: (inout OpenAIOptions) -> Void = { _ in }, _ script: @escaping LoopbackServer.Script
  ) async throws -> (error: BackendError?, requests: Int, waits: [Duration]) {
    let waits = Waits()
    return try await LoopbackServer.with(script) { server in
      let error = try await TestBackends.openAI(server, waits: waits, configure) {
        await TestBackends.failure(of: $0)
      }
      return (error, server.requests.count, waits.all)
    }
  }

  @Test("that does not accept the key stops the run without a second attempt", arguments: [401, 403])
  func unauthorised(status: Int) async throws {
    let (error, requests, _) = try await outcome { _ in .error(status, "Incorrect API key provided: sk-12***") }
    #expect(error == .unauthorised(status: status))
    #expect(error?.consequence == .stopsRun)
    #expect(requests == 1)
  }

  @Test("that has no such path says to look at /v1 and the model")
  func notFound() async throws {
    let (error, requests, _) = try await outcome { _ in .error(404, "File Not Found") }
    #expect(requests == 1)
    let text = try #require(error).description
    #expect(text.contains("/v1/chat/completions"))
    #expect(text.contains("File Not Found"))
    #expect(text.contains("--base-url"))
    #expect(error?.consequence == .stopsRun)
  }

  @Test("that redirects is not followed")
  func redirect() async throws {
    let (error, requests, _) = try await outcome { _ in
      .reply(307, headers: [("Location", "http://elsewhere.invalid/v1/chat/completions")])
    }
    #expect(requests == 1)
    #expect(error?.description.contains("elsewhere.invalid") == true)
  }

  @Test("that limits the rate is waited for as long as it says in seconds")
  func retryAfterSeconds() async throws {
    let (error, requests, waits) = try await outcome { request in
      request.number == 0 ? .error(429, "slow down", headers: [("Retry-After", "7")]) : .chat("x")
    }
    #expect(error == nil)
    #expect(requests == 2)
    // The server's 7 s and half of our own first wait of 1 s.
    #expect(waits == [.seconds(7.5)])
  }

  @Test("that limits the rate is waited for until the date that it says, but not for ever")
  func retryAfterDate() async throws {
    let (error, _, waits) = try await outcome { request in
      request.number == 0
        ? .error(429, "slow down", headers: [("Retry-After", "Fri, 31 Dec 2999 23:59:59 GMT")]) : .chat("x")
    }
    #expect(error == nil)
    #expect(waits == [RetryPolicy().retryAfterCeiling + .seconds(0.5)])
  }

  @Test("that limits the rate for ever is left alone after the last attempt")
  func rateLimited() async throws {
    let (error, requests, waits) = try await outcome { _ in .error(429, "slow down") }
    #expect(error == .rateLimited(attempts: 6))
    #expect(error?.consequence == .leavesUndone)
    #expect(requests == 6)
    #expect(waits == [0.5, 1, 2, 4, 8].map { .seconds($0) })
  }

  @Test("whose account is empty is not asked again")
  func quota() async throws {
    let (error, requests, _) = try await outcome { _ in
      .error(429, "You exceeded your current quota", type: "insufficient_quota")
    }
    #expect(error == .unauthorised(status: 429))
    #expect(requests == 1)
  }

  @Test("that fails once is asked again", arguments: [500, 502, 503, 504, 529, 408, 409])
  func recovers(status: Int) async throws {
    let (error, requests, _) = try await outcome { $0.number == 0 ? .error(status, "oops") : .chat("x") }
    #expect(error == nil)
    #expect(requests == 2)
  }

  @Test("that fails for ever leaves the item undone", arguments: [500, 503])
  func fails(status: Int) async throws {
    let (error, requests, _) = try await outcome { _ in .error(status, "oops") }
    #expect(error == .serverFailure(status: status, attempts: 6))
    #expect(requests == 6)
  }

  @Test("that puts an error into a good answer is taken by the error's own status")
  func errorIn200() async throws {
    let (error, _, _) = try await outcome { _ in .json(["error": ["message": "no funds", "code": 402]]) }
    #expect(error == .unauthorised(status: 402))
  }

  @Test("that speaks no HTTP is malformed")
  func garbage() async throws {
    let (error, requests, _) = try await outcome { _ in .garbage(Array("\u{0}\u{1}SSH-2.0-nonsense\r\n\r\n".utf8)) }
    guard case .malformed(_, attempts: 3) = try #require(error) else {
      Issue.record("\(String(reflecting: error))")
      return
    }
    #expect(requests == 3)
  }

  @Test("that hangs up is asked again", arguments: [0, 10, 80, 200])
  func hangUp(bytes: Int) async throws {
    let (error, requests, _) = try await outcome({ $0.retry.maxAttempts = 3 }) { _ in
      .hangUp(afterBytes: bytes, of: .chat("a reply that is long enough to be cut in its middle"))
    }
    guard case .connectionLost(_, attempts: 3) = try #require(error) else {
      Issue.record("\(String(reflecting: error))")
      return
    }
    #expect(requests == 3)
  }

  @Test("that never answers is given up after the time limit", .timeLimit(.minutes(1)))
  func never() async throws {
    let (error, _, _) = try await outcome({
      $0.timeout = .milliseconds(60)
      $0.retry.maxAttempts = 2
    }) { _ in .never }
    #expect(error == .timedOut(seconds: 0.06, attempts: 2))
  }

  @Test("whose body drips is given up after the time limit", .timeLimit(.minutes(1)))
  func drip() async throws {
    let (error, _, _) = try await outcome({
      $0.timeout = .milliseconds(60)
      $0.retry.maxAttempts = 2
    }) { _ in .drip(every: .milliseconds(5)) }
    #expect(error == .timedOut(seconds: 0.06, attempts: 2))
  }

  @Test(
    "whose answer is no chat completion is malformed",
    arguments: ["", "{\"choices\":[", "not JSON", "{}", "[]", "{\"choices\":[]}", "{\"choices\":[{}]}", "null"])
  func malformed(body: String) async throws {
    let (error, requests, _) = try await outcome { _ in .reply(200, body) }
    guard case .malformed(_, attempts: 3) = try #require(error) else {
      Issue.record("\(String(reflecting: error))")
      return
    }
    #expect(requests == 3)
    #expect(error?.consequence == .leavesUndone)
  }

  @Test("that answers with a web page is told so")
  func webPage() async throws {
    let (error, _, _) = try await outcome { _ in
      .reply(200, headers: [("Content-Type", "text/html; charset=utf-8")], "<html>Welcome</html>")
    }
    #expect(error?.description.contains("web page") == true)
  }

  @Test("whose answer is too large is not read to its end")
  func huge() async throws {
    let (error, _, _) = try await outcome({ $0.maximumReplyBytes = 100_000 }) { _ in
      .chat(String(repeating: "a", count: 200_000))
    }
    #expect(error?.description.contains("larger than what we accept") == true)
  }

  @Test(
    "whose model the prompt does not fit rejects the item",
    arguments: [
      (400, "{\"error\":{\"code\":400,\"message\":\"too long\",\"type\":\"exceed_context_size_error\"}}"),
      (400, "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}"),
      (400, "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens.\"}"),
      (413, "{\"error\":\"prompt is too long\"}"),
    ])
  func context(status: Int, body: String) async throws {
    let (error, requests, _) = try await outcome { _ in .reply(status, body) }
    guard case .contextExceeded = try #require(error) else {
      Issue.record("\(String(reflecting: error))")
      return
    }
    #expect(requests == 1)
    #expect(error?.consequence == .rejectsItem)
  }

  @Test("that is not there is unreachable after a few attempts, and the run stops")
  func nobodyListens() async throws {
    let server = try await LoopbackServer.start(.never)
    await server.stop()
    let waits = Waits()
    let error = try await TestBackends.openAI(server, waits: waits) { await TestBackends.failure(of: $0) }
    #expect(error == .unreachable(address: server.baseURL, detail: "it refuses connections"))
    #expect(error?.consequence == .stopsRun)
    #expect(waits.all.count == 3)
  }

  @Test("that speaks plain HTTP under https:// is unreachable at once")
  func plainUnderTLS() async throws {
    try await LoopbackServer.with({ _ in .chat("x") }) { server in
      var options = OpenAIOptions(
        baseURL: try BaseURL("https://127.0.0.1:\(server.port)/v1"), model: "mock")
      options.retry.maxAttempts = 2
      let backend = OpenAIBackend(options, sleep: { _ in }, jitter: { 0 })
      let error = await TestBackends.failure(of: backend)
      try await backend.shutdown()
      guard case .unreachable(_, let detail) = try #require(error) else {
        Issue.record("\(String(reflecting: error))")
        return
      }
      #expect(detail.contains("https://"))
    }
  }

  @Test("that repeats the key and the prompt in its error gets neither into ours")
  func echo() async throws {
    let key = "sk-very-secret-0123456789"
    let (error, _, _) = try await outcome({ $0.apiKey = Secret(key) }) { request in
      .error(400, "bad key \(key): \(request.json?["messages"]?[1]?["content"]?.stringValue ?? "")")
    }
    let text = try #require(error).description
    #expect(!text.contains(key))
    #expect(!text.contains("capacitor"))
    #expect(!text.contains("gigawatts"))
    let (short, _, _) = try await outcome({ $0.apiKey = Secret(key) }) { _ in .error(400, "bad header \(key)") }
    #expect(short == .refused(status: 400, detail: "bad header •••"))
  }

  @Test("with a key that no header may hold does not show the key")
  func headerInjection() async throws {
    let (error, requests, _) = try await outcome({ $0.apiKey = Secret("sk-first\r\nX-Evil: yes") }) { _ in .chat("x") }
    #expect(requests == 0)
    #expect(error?.description.contains("sk-first") == false)
  }
}
