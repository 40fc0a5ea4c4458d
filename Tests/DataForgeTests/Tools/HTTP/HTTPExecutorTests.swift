import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

@Suite struct HTTPExecutorTests {
  /// What is seen of a call to a server that behaves so.
  private func observation(
    _ behaviour: Behaviour, method: String = "GET", output: String = "auto", limits: JSONValue = [:],
    isReadOnly: Bool = true
  ) async throws -> Observation {
    try await LoopbackServer.with({ _ in behaviour }) { server in
      let tool = try HTTPTools.tool(
        [
          "method": .string(method), "base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/x",
          "output": .string(output), "limits": limits,
        ], isReadOnly: isReadOnly)
      let executor = HTTPExecutor(rules: NetworkRules(hosts: ["127.0.0.1:\(server.port)"]))
      return try await executor.open().execute(ToolCall(name: "t", arguments: [:]), of: tool)
    }
  }

  @Test func anAnswerIsReadByItsType() async throws {
    let json = try await observation(.json(["a": [1, 2.0]]))
    #expect(json.status == .ok && json.output == ["a": [1, 2.0]] && json.httpStatus == 200 && json.message.isEmpty)
    let text = try await observation(.reply(200, headers: [("Content-Type", "text/plain")], "{\"a\": 1}"))
    #expect(text.status == .ok && text.output == "{\"a\": 1}")
    let none = try await observation(.reply(200, "[1]"))
    #expect(none.output == [1])
    let problem = try await observation(
      .reply(200, headers: [("Content-Type", "application/hal+json; charset=utf-8")], "{}x"))
    #expect(problem.status == .notJSON && problem.output == "{}x")
    let lines = try await observation(
      .reply(200, headers: [("Content-Type", "application/json")], "{\"a\":1}\n{\"a\":2}\n"))
    #expect(lines.status == .ok && lines.output == [["a": 1], ["a": 2]])
    let demanded = try await observation(.reply(200, headers: [("Content-Type", "text/html")], "<p>"), output: "json")
    #expect(demanded.status == .notJSON)
    let latin = Behaviour.reply(
      status: 200, headers: [("Content-Type", "text/plain; charset=ISO-8859-1")], body: [0x68, 0xE9])
    #expect(try await observation(latin).output == "hé")
    let broken = Behaviour.reply(status: 200, headers: [("Content-Type", "text/plain")], body: [0x68, 0xE9])
    #expect(try await observation(broken).output == "h\u{FFFD}")
    let picture = Behaviour.reply(status: 200, headers: [("Content-Type", "image/png")], body: [0x89, 0x50, 0, 1])
    #expect(try await observation(picture).output.stringValue?.hasPrefix("[image/png, 4 bytes, SHA-256 ") == true)
  }

  @Test func aStatusFrom400OnIsAFailureWithWhatWasSaid() async throws {
    let missing = try await observation(.json(["detail": "no such pet"], status: 404))
    #expect(missing.status == .failed && missing.httpStatus == 404 && missing.output == ["detail": "no such pet"])
    #expect(missing.message == #"{"detail":"no such pet"}"#)
    #expect(try await observation(.reply(500, "boom\nmore")).message == "boom")
    #expect(try await observation(.reply(503, "")).status == .failed)
    #expect(try await observation(.reply(399, "x")).status == .failed)
  }

  @Test func anAnswerWithoutContentIsNoneUnlessTheCallWrites() async throws {
    #expect(try await observation(.reply(204)).status == .emptyAnswer)
    #expect(try await observation(.reply(200, " \n")).status == .emptyAnswer)
    #expect(try await observation(.json([])).status == .emptyAnswer)
    #expect(try await observation(.json([:])).status == .emptyAnswer)
    #expect(try await observation(.json(nil)).status == .emptyAnswer)
    #expect(try await observation(.json(0)).status == .ok)
    #expect(try await observation(.json(["items": []])).status == .ok)
    for method in ["DELETE", "POST", "PUT"] {
      #expect(try await observation(.reply(204), method: method, isReadOnly: false).status == .ok)
    }
    let head = Behaviour.reply(status: 200, headers: [("ETag", "\"1\"")], body: [])
    let seen = try await observation(head, method: "HEAD")
    #expect(seen.status == .ok && seen.output["etag"] == "\"1\"")
  }

  @Test func anErrorInTheWordsOfA200IsSeen() async throws {
    let seen = try await observation(.json(["error": "city not found"]))
    #expect(seen.status == .errorAnswer && seen.output == ["error": "city not found"])
    #expect(try await observation(.reply(200, "Error: no")).status == .errorAnswer)
  }

  @Test func aPageIsNoDataWhereNoneWasPromised() async throws {
    func page(_ title: String) -> Behaviour {
      .reply(200, headers: [("Content-Type", "text/html; charset=utf-8")], "<html><title>\(title)</title></html>")
    }
    #expect(try await observation(page("Sign in")).status == .ok)
    #expect(try await observation(page("Sign in"), output: "data").status == .notJSON)
    #expect(try await observation(page("404 Not Found")).status == .errorAnswer)
    #expect(try await observation(.reply(200, "text"), output: "data").status == .ok)
  }

  @Test func aServerThatIsNotThereOrBreaksOffIsUnreachable() async throws {
    let server = try await LoopbackServer.start(.never)
    await server.stop()
    let tool = try HTTPTools.tool(["base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/"])
    let executor = HTTPExecutor(rules: NetworkRules(hosts: ["127.0.0.1"]))
    let gone = try await executor.open().execute(ToolCall(name: "t", arguments: [:]), of: tool)
    #expect(gone.status == .unreachable && gone.message.contains("127.0.0.1:\(server.port)"))
    #expect(try await observation(.hangUp(afterBytes: 0, of: .reply(200, "x"))).status == .unreachable)
    #expect(try await observation(.hangUp(afterBytes: 40, of: .json(["a": "bcdefgh"]))).status == .unreachable)
    #expect(try await observation(.garbage(Array("SSH-2.0-OpenSSH\r\n".utf8))).status == .unreachable)
  }

  @Test func aSlowServerIsLeftAtTheTimeLimit() async throws {
    let silent = try await observation(.never, limits: ["seconds": 0.3])
    #expect(silent.status == .timedOut && silent.message == "stopped after 0.3 s")
    let dripping = try await observation(.drip(every: .milliseconds(20)), limits: ["seconds": 3])
    #expect(dripping.status == .timedOut && dripping.httpStatus == 200)
  }

  @Test func aLargeAnswerIsCutAndKept() async throws {
    let large = Behaviour.reply(
      200, headers: [("Content-Type", "application/json")], String(repeating: "7", count: 3 << 20))
    let seen = try await observation(large, limits: ["output_kib": 2])
    #expect(seen.status == .outputLimit && seen.output.stringValue == String(repeating: "7", count: 2_048))
    #expect(seen.message.contains("2 KiB"))
    let exact = try await observation(.reply(200, String(repeating: "x", count: 2_048)), limits: ["output_kib": 2])
    #expect(exact.status == .ok)
  }

  @Test func aCompressedAnswerIsUnpackedWithinBounds() async throws {
    let good = Behaviour.reply(
      status: 200, headers: [("Content-Type", "application/json"), ("Content-Encoding", "gzip")],
      body: Array(Gzip.packed(Array(#"{"a":1}"#.utf8))))
    #expect(try await observation(good).output == ["a": 1])
    // 64 MiB of zeros in 64 KiB.
    let bomb = Behaviour.reply(
      status: 200, headers: [("Content-Type", "text/plain"), ("Content-Encoding", "gzip")],
      body: Array(Gzip.packed([UInt8](repeating: 48, count: 64 << 20))))
    let seen = try await observation(bomb, limits: ["output_kib": 16])
    #expect(seen.status == .outputLimit && (seen.output.stringValue?.utf8.count ?? 0) <= 16 << 10)
    let broken = Behaviour.reply(
      status: 200, headers: [("Content-Encoding", "gzip")], body: Array("this is not gzip at all, never".utf8))
    #expect(try await observation(broken).status == .unreachable)
    let unknown = Behaviour.reply(status: 200, headers: [("Content-Encoding", "br")], body: [1, 2, 3, 4])
    #expect(try await observation(unknown).status == .notJSON)
  }

  @Test func aCallThatReadsIsMadeAgainOnlyWhereThatIsAllowed() async throws {
    try await LoopbackServer.with({ $0.number == 0 ? .reply(503, headers: [("Retry-After", "0")]) : .json(1) }) {
      server in
      for (retries, expected) in [(0, Observation.Status.failed), (1, .ok)] {
        let tool = try HTTPTools.tool([
          "base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/", "limits": ["retries": .integer(retries)],
        ])
        let executor = HTTPExecutor(rules: NetworkRules(hosts: ["127.0.0.1"]))
        #expect(try await executor.open().execute(ToolCall(name: "t", arguments: [:]), of: tool).status == expected)
      }
    }
  }

  @Test(arguments: [(429, Observation.Status.ok, 2), (503, .ok, 2), (500, .failed, 1), (502, .failed, 1)])
  func aServerThatIsTooBusyIsAskedAgainAndOneThatFailsIsNot(
    status: Int, expected: Observation.Status, requests: Int
  ) async throws {
    try await LoopbackServer.with({ $0.number == 0 ? .reply(status, headers: [("Retry-After", "0")]) : .json(1) }) {
      server in
      let tool = try HTTPTools.tool(["base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/"])
      let session = HTTPExecutor(rules: NetworkRules(hosts: ["127.0.0.1"])).open()
      #expect(try await session.execute(ToolCall(name: "t", arguments: [:]), of: tool).status == expected)
      #expect(server.requests.count == requests)
    }
  }

  @Test func connectionsAreUsedAgain() async throws {
    try await LoopbackServer.with({ _ in .json(1) }) { server in
      let tool = try HTTPTools.tool(["base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/"])
      let session = HTTPExecutor(rules: NetworkRules(hosts: ["127.0.0.1"])).open()
      for _ in 0..<20 {
        #expect(try await session.execute(ToolCall(name: "t", arguments: [:]), of: tool).status == .ok)
      }
      // On a busy machine a connection may come back to the pool just after the next call has begun.
      #expect(server.connectionCount < 10)
    }
  }

  @Test func aRateIsKept() async throws {
    let limiter = RateLimiter()
    let start = ContinuousClock.now
    for _ in 0..<5 { try await limiter.wait(for: "h", perSecond: 100) }
    #expect(start.duration(to: .now) >= .milliseconds(39))
  }

  @Test func noSecretIsSeenInAnAnswerThatEchoesIt() async throws {
    try await LoopbackServer.with({ .reply(200, "you sent \($0.header("Authorization") ?? "nothing")") }) { server in
      let tool = try HTTPTools.tool([
        "base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/",
        "security": [[["scheme": "bearer", "token": "PET_TOKEN"]]],
      ])
      let executor = HTTPExecutor(
        web: WebClient(rules: NetworkRules(hosts: ["127.0.0.1"])), environment: { _ in "s3cret" })
      let seen = try await executor.open().execute(ToolCall(name: "t", arguments: [:]), of: tool)
      #expect(seen.output == "you sent Bearer [PET_TOKEN]")
      #expect(server.requests.first?.header("Authorization") == "Bearer s3cret")
    }
  }
}
