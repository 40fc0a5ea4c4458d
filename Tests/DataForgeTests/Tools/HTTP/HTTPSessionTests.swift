import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

/// What the calls of one sample share, and what they share with nobody.
@Suite struct HTTPSessionTests {
  private func registry(_ port: Int) throws -> ToolRegistry {
    let tools = ["login", "me"].map { name -> JSONValue in
      [
        "type": "function", "function": ["name": .string(name), "parameters": ["type": "object", "properties": [:]]],
        "read_only": true,
        "execute": [
          "kind": "http", "method": "GET", "base_url": .string("http://127.0.0.1:\(port)"),
          "path": .string("/\(name)"),
        ],
      ]
    }
    return try ToolRegistry(["hosts": [.string("127.0.0.1:\(port)")], "tools": .array(tools)])
  }

  private static func script(_ request: RecordedRequest) -> Behaviour {
    if request.path == "/login" { return .json("welcome", headers: [("Set-Cookie", "sid=s1; Path=/; HttpOnly")]) }
    return .json(["cookie": request.header("Cookie").map { .string($0) } ?? "none"])
  }

  @Test func aCookieGoesAlongWithTheCallsAfterItAndEndsWithTheSample() async throws {
    try await LoopbackServer.with(Self.script) { server in
      let executors = try await ToolExecutors.ready(
        for: registry(server.port), toolsFolder: "/", network: NetworkRules(hosts: ["127.0.0.1"]),
        cache: ObservationCache())
      for _ in 0..<2 {
        let session = executors.session()
        #expect(try await session.execute(ToolCall(name: "me", arguments: [:]))?.output == ["cookie": "none"])
        #expect(try await session.execute(ToolCall(name: "login", arguments: [:]))?.output == "welcome")
        #expect(try await session.execute(ToolCall(name: "me", arguments: [:]))?.output == ["cookie": "sid=s1"])
        await session.close()
      }
      // The first "me" of the second sample is known; what followed a cookie, or brought it, is never taken from a cache.
      #expect(server.requests.map(\.path) == ["/me", "/login", "/me", "/login", "/me"])
      await executors.close()
    }
  }

  @Test func aConnectionThatTheServerHasClosedIsNoCallsProblem() async throws {
    let whole = Behaviour.reply(200, headers: [("Content-Type", "application/json")], "[1]")
    try await LoopbackServer.with({ _ in .hangUp(afterBytes: 10_000, of: whole) }) { server in
      let tool = try HTTPTools.tool(["base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/"])
      let session = HTTPExecutor(rules: NetworkRules(hosts: ["127.0.0.1"])).open()
      for _ in 0..<100 {
        #expect(try await session.execute(ToolCall(name: "t", arguments: [:]), of: tool).status == .ok)
      }
    }
  }

  @Test func connectionsAreBoundedHoweverManyCallsThereAre() async throws {
    try await LoopbackServer.with({ _ in .delay(.milliseconds(20), then: .json(1)) }) { server in
      let tool = try HTTPTools.tool(["base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/"])
      let session = HTTPExecutor(rules: NetworkRules(hosts: ["127.0.0.1"])).open()
      let good = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<1_500 {
          group.addTask { try await session.execute(ToolCall(name: "t", arguments: [:]), of: tool).status == .ok }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(good == 1_500 && server.mostAtOnce <= 256 && server.mostAtOnce > 1)
    }
  }

  @Test func aCancelledCallEndsAtOnce() async throws {
    try await LoopbackServer.with({ _ in .never }) { server in
      let tool = try HTTPTools.tool(["base_url": .string("http://127.0.0.1:\(server.port)"), "path": "/"])
      let session = HTTPExecutor(rules: NetworkRules(hosts: ["127.0.0.1"])).open()
      let task = Task { try await session.execute(ToolCall(name: "t", arguments: [:]), of: tool) }
      while server.requests.isEmpty { await Task.yield() }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }
}
