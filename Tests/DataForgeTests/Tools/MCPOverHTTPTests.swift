import Foundation
import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

/// A real server on this machine that speaks MCP over HTTP as a script says.
@Suite struct MCPOverHTTPTests {
  private static func result(_ id: JSONValue, _ result: JSONValue) -> JSONValue {
    ["jsonrpc": "2.0", "id": id, "result": result]
  }

  private static func text(_ text: String) -> JSONValue { ["content": [["type": "text", "text": .string(text)]]] }

  /// A server that answers the handshake, and to a call what the test says.
  private static func server(
    version: String = "2025-11-25", session: String? = "session-1",
    _ call: @escaping @Sendable (RecordedRequest, JSONValue) -> Behaviour
  ) async throws -> LoopbackServer {
    try await LoopbackServer.start { request in
      let message = (try? JSONValue(parsing: request.body)) ?? .null
      let id = message["id"] ?? .null
      switch message["method"]?.stringValue {
      case "initialize":
        return .json(
          result(id, ["protocolVersion": .string(version), "capabilities": [:], "serverInfo": ["name": "web"]]),
          headers: session.map { [("Mcp-Session-Id", $0)] } ?? [])
      case "tools/call": return call(request, message)
      case nil: return .reply(request.method == "DELETE" ? 204 : 405)
      default: return .reply(202)
      }
    }
  }

  private static func stream(_ events: JSONValue..., before: String = "") -> Behaviour {
    let body = before + events.map { "event: message\ndata: \($0.serialized(.compact))\n\n" }.joined()
    return .reply(200, headers: [("Content-Type", "text/event-stream")], body)
  }

  private func observe(
    _ server: LoopbackServer, _ more: JSONObject = [:], path: String = "/mcp", hosts: [String]? = nil,
    environment: [String: String] = [:]
  ) async throws -> Observation {
    var entry: JSONObject = ["url": .string("http://127.0.0.1:\(server.port)\(path)")]
    for (key, value) in more { entry[key] = value }
    let registry = try ToolRegistry([
      "servers": ["web": .object(entry)],
      "tools": [["name": "echo", "execute": ["kind": "mcp", "server": "web", "tool": "echo"]]],
    ])
    let executor = try await MCPExecutor(
      registry, toolsFolder: "/", rules: NetworkRules(hosts: hosts ?? ["127.0.0.1:\(server.port)"]),
      environment: environment)
    let session = executor.open()
    let seen = try await session.execute(ToolCall(name: "echo", arguments: ["text": "x"]), of: registry.tools[0])
    await session.close()
    await executor.close()
    await server.stop()
    return seen
  }

  @Test func aCallIsAnsweredWithJSONAndTheSessionIsEnded() async throws {
    let server = try await Self.server { _, message in .json(Self.result(message["id"] ?? .null, Self.text("hi"))) }
    let seen = try await observe(
      server, ["headers_env": ["Authorization": "TOKEN"]], environment: ["TOKEN": "Bearer 123"])
    #expect(seen.output == "hi", "\(seen)")
    // Whether the server has more to say is asked beside all this.
    let requests = server.requests.filter { $0.method != "GET" }
    #expect(requests.map(\.method) == ["POST", "POST", "POST", "DELETE"])
    #expect(requests.allSatisfy { $0.header("authorization") == "Bearer 123" })
    #expect(requests.map { $0.header("mcp-session-id") } == [nil, "session-1", "session-1", "session-1"])
    #expect(requests.map { $0.header("mcp-protocol-version") } == [nil, "2025-11-25", "2025-11-25", "2025-11-25"])
    #expect(requests[2].header("accept") == "application/json, text/event-stream")
  }

  @Test func aCallIsAnsweredWithAStreamThatHoldsOtherMessagesToo() async throws {
    let server = try await Self.server { _, message in
      Self.stream(
        ["jsonrpc": "2.0", "method": "notifications/progress", "params": [:]],
        ["jsonrpc": "2.0", "id": "ask", "method": "roots/list"],
        [Self.result(message["id"] ?? .null, Self.text("hi"))], before: ": wait\n\nid: 1\ndata:\n\n")
    }
    #expect(try await observe(server).output == "hi")
    let answers = server.requests.filter { $0.method == "POST" }.compactMap { try? JSONValue(parsing: $0.body) }
    #expect(answers.contains { $0["id"] == "ask" && $0["error"]?["code"] == -32601 })
  }

  @Test func whatAServerAsksBesideItsAnswersIsAnsweredToo() async throws {
    let server = try await LoopbackServer.start { request in
      let message = (try? JSONValue(parsing: request.body)) ?? .null
      let id = message["id"] ?? .null
      switch message["method"]?.stringValue {
      case "initialize":
        return .json(Self.result(id, ["protocolVersion": "2025-11-25"]), headers: [("Mcp-Session-Id", "session-1")])
      case "tools/call": return .json(Self.result(id, Self.text("hi")))
      case nil where request.method == "GET":
        return Self.stream(["jsonrpc": "2.0", "id": "ask", "method": "sampling/createMessage", "params": [:]])
      default: return .reply(202)
      }
    }
    let registry = try ToolRegistry([
      "servers": ["web": ["url": .string("http://127.0.0.1:\(server.port)/mcp")]],
      "tools": [["name": "echo", "execute": ["kind": "mcp", "server": "web", "tool": "echo"]]],
    ])
    let executor = try await MCPExecutor(
      registry, toolsFolder: "/", rules: NetworkRules(hosts: ["127.0.0.1:\(server.port)"]), environment: [:])
    let session = executor.open()
    let seen = try await session.execute(ToolCall(name: "echo", arguments: [:]), of: registry.tools[0])
    #expect(seen.output == "hi")
    func answers() -> [JSONValue] { server.requests.compactMap(\.json).filter { $0["id"] == "ask" } }
    for _ in 0..<1_000 where answers().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
    #expect(answers().first?["error"]?["code"] == -32601)
    #expect(server.requests.contains { $0.method == "GET" && $0.header("mcp-session-id") == "session-1" })
    await session.close()
    await executor.close()
    await server.stop()
  }

  @Test func aServerWithoutHandshakeGetsWhatItNeedsInEachRequest() async throws {
    let server = try await LoopbackServer.start { request in
      let message = (try? JSONValue(parsing: request.body)) ?? .null
      let id = message["id"] ?? .null
      switch message["method"]?.stringValue {
      case "server/discover": return .json(Self.result(id, ["supportedVersions": ["2026-07-28"]]))
      case "tools/call": return .json(Self.result(id, Self.text("hi")))
      default:
        return .json(
          ["jsonrpc": "2.0", "id": nil, "error": ["code": -32020, "message": "Header mismatch"]], status: 400)
      }
    }
    #expect(try await observe(server).output == "hi")
    let last = try #require(server.requests.last)
    #expect(last.header("mcp-protocol-version") == "2026-07-28")
    #expect(last.header("mcp-method") == "tools/call")
    #expect(last.header("mcp-name") == "echo")
    let meta = try JSONValue(parsing: last.body)["params"]?["_meta"]
    #expect(meta?["io.modelcontextprotocol/protocolVersion"] == "2026-07-28")
  }

  @Test func aRedirectOfThePathIsFollowedWithTheSameMethod() async throws {
    let server = try await LoopbackServer.start { request in
      guard request.path == "/mcp/" else { return .reply(307, headers: [("Location", "/mcp/")]) }
      let message = (try? JSONValue(parsing: request.body)) ?? .null
      let id = message["id"] ?? .null
      switch message["method"]?.stringValue {
      case "initialize": return .json(Self.result(id, ["protocolVersion": "2025-06-18"]))
      case "tools/call": return .json(Self.result(id, Self.text("hi")))
      default: return .reply(202)
      }
    }
    #expect(try await observe(server).output == "hi")
  }

  @Test func aRedirectElsewhereIsCheckedLikeEveryAddress() async throws {
    let server = try await LoopbackServer.start(.reply(307, headers: [("Location", "http://169.254.169.254/mcp")]))
    let seen = try await observe(server)
    #expect(seen.status == .refused)
    #expect(seen.message.contains("169.254.169.254"))
  }

  @Test func anAddressThatIsNotListedIsRefused() async throws {
    let server = try await Self.server { _, _ in .never }
    let seen = try await observe(server, hosts: [])
    #expect(seen.status == .refused)
    #expect(server.requests.isEmpty)
  }

  @Test func theOlderWayIsSpokenWhereTheServerKnowsOnlyThat() async throws {
    let old = try OldServer()
    let server = try await LoopbackServer.start { old.behaviour($0) }
    let seen = try await observe(server, ["limits": ["call_seconds": 5, "start_seconds": 5]], path: "/sse")
    // The scripted server cannot keep a stream open and add to it: the stream ends with the handshake.
    #expect(seen.status == .unreachable)
    #expect(seen.message == "the server ended its stream of events")
    #expect(server.requests.contains { $0.method == "POST" && $0.path == "/messages?session=1" })
  }

  /// Refuses POST to its address and opens a stream there.
  private struct OldServer: Sendable {
    init() throws {}

    func behaviour(_ request: RecordedRequest) -> Behaviour {
      if request.path.hasPrefix("/messages") { return .reply(202) }
      guard request.method == "GET" else { return .reply(405) }
      return .reply(
        200, headers: [("Content-Type", "text/event-stream")],
        "event: endpoint\ndata: /messages?session=1\n\n"
          + "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2024-11-05\"}}\n\n")
    }
  }

  // MARK: Calls that fail

  @Test func whatAServerDoesWrongIsSaid() async throws {
    let cases: [(Behaviour, Observation.Status, String)] = [
      (.reply(500, "out of order"), .failed, "HTTP status 500: \"out of order\""),
      (.reply(401), .failed, "HTTP status 401"), (.reply(404), .unreachable, "ended the session"),
      (.reply(200, headers: [("Content-Type", "application/json")], "{oops"), .notJSON, "no JSON"),
      (.reply(202), .notJSON, "answered with nothing"),
      (.json(["jsonrpc": "2.0", "id": 77, "result": [:]]), .notJSON, "does not answer the request"),
      (
        .json(["jsonrpc": "2.0", "id": nil, "error": ["code": -1, "message": "no"]]), .failed, "no (JSON-RPC error -1)"
      ),
      (Self.stream(["jsonrpc": "2.0", "method": "notifications/progress"]), .unreachable, "ended the stream"),
      (.never, .timedOut, "stopped after 0.5 s"), (.drip(every: .milliseconds(10)), .timedOut, "stopped after 0.5 s"),
      (.hangUp(afterBytes: 3, of: .json(["jsonrpc": "2.0"])), .unreachable, "broke off"),
      (.garbage(Array("hello\r\n\r\n".utf8)), .unreachable, "broke off"),
      (.reply(200, String(repeating: "x", count: 200 << 10)), .outputLimit, "100 KiB"),
      (Self.stream(before: "data: " + String(repeating: "x", count: 200 << 10)), .outputLimit, "100 KiB"),
    ]
    for (behaviour, status, message) in cases {
      let server = try await Self.server { _, _ in behaviour }
      let seconds: JSONValue = status == .timedOut ? 0.5 : 60
      let seen = try await observe(server, ["limits": ["call_seconds": seconds, "output_kib": 100]])
      #expect(seen.status == status, "\(behaviour): \(seen)")
      #expect(seen.message.contains(message), "\(behaviour): \(seen)")
    }
  }

  @Test func aServerThatIsNotThereIsUnreachable() async throws {
    let server = try await Self.server { _, _ in .never }
    await server.stop()
    #expect(try await observe(server).status == .unreachable)
  }

  @Test func theToolsOfAServerAreImportedWithItsAddress() async throws {
    let server = try await LoopbackServer.start { request in
      let message = (try? JSONValue(parsing: request.body)) ?? .null
      let id = message["id"] ?? .null
      switch message["method"]?.stringValue {
      case "initialize":
        return .json(Self.result(id, ["protocolVersion": "2025-06-18", "serverInfo": ["name": "My Web"]]))
      case "tools/list":
        return Self.stream(Self.result(id, ["tools": [["name": "a", "inputSchema": ["type": "object"]]]]))
      default: return .reply(202)
      }
    }
    let imported = try await MCPImport.run([server.baseURL])
    await server.stop()
    #expect(imported.file["hosts"] == [.string("127.0.0.1:\(server.port)")])
    #expect(imported.file["servers"]?["My_Web"]?["url"] == .string(server.baseURL))
    #expect(imported.notes == ["calls go to 127.0.0.1:\(server.port), on this machine"])
    #expect(try ToolRegistry(imported.file).tools.map(\.name) == ["a"])
  }
}
