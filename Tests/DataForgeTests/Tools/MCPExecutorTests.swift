import OrderedJSON
import Testing

@testable import DataForge

/// What is said between us and real servers over stdio, in the sandbox.
@Suite(.enabled(if: SandboxPresence.isThere, "there is no bubblewrap here: nothing is executed"))
struct MCPExecutorTests {
  @Test func aCallIsAnswered() async throws {
    let seen = try await ScriptedMCPServer().observe("hi", "{\"a\": 1}")
    #expect(seen[0].status == .ok)
    #expect(seen[0].output == "hi")
    #expect(seen[0].duration != nil)
    #expect(seen[1].output == ["a": 1])
  }

  @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
  func eachVersionWithAHandshakeIsSpoken(version: String) async throws {
    let server = try ScriptedMCPServer(
      """
      VERSION = "\(version)"
      ready = False
      def other(message):
          global ready
          ready = ready or message.get("method") == "notifications/initialized"
      def call(id, name, arguments):
          answer(id, f"ready {ready}")
      """)
    #expect(try await server.observe("x")[0].output == "ready True")
  }

  @Test func aServerWithoutHandshakeIsSpokenWithInItsWay() async throws {
    let server = try ScriptedMCPServer(
      """
      def initialize(id, params):
          error(id, -32601, "this server supports 2026-07-28")
      def other(message):
          if message.get("method") == "server/discover":
              result(message["id"], {"supportedVersions": ["2026-07-28"], "resultType": "complete"})
      turns = []
      def call(id, name, arguments):
          meta = params["_meta"]
          if len(turns) == 0:
              turns.append(1)
              return result(id, {"resultType": "input_required", "requestState": "abc"})
          answer(id, meta["io.modelcontextprotocol/protocolVersion"] + " " + params["requestState"],
                 resultType="complete")
      """)
    #expect(try await server.observe("x")[0].output == "2026-07-28 abc")
  }

  @Test func aVersionThatNobodyKnowsIsSaid() async throws {
    let seen = try await ScriptedMCPServer("VERSION = \"2099-01-01\"").observe("x")
    #expect(seen[0].status == .unreachable)
    #expect(seen[0].message.contains("\"2099-01-01\""))
  }

  @Test func requestsOfTheServerAreAnsweredAndNotificationsAreHeard() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          said = []
          for method in ["ping", "roots/list", "sampling/createMessage", "elicitation/create"]:
              send({"jsonrpc": "2.0", "id": "s-" + method, "method": method})
              reply = receive()
              assert reply["id"] == "s-" + method
              said.append("result" in reply or reply["error"]["code"])
          for method in ["progress", "message", "tools/list_changed"]:
              send({"jsonrpc": "2.0", "method": "notifications/" + method, "params": {}})
          answer(id, str(said))
      """)
    #expect(try await server.observe("x")[0].output == "[True, -32601, -32601, -32601]")
  }

  @Test func batchesAreReadAndAnswered() async throws {
    let server = try ScriptedMCPServer(
      """
      VERSION = "2025-03-26"
      def call(id, name, arguments):
          send([{"jsonrpc": "2.0", "id": 7, "method": "ping"}, {"jsonrpc": "2.0", "method": "notifications/message"}])
          replies = receive()
          send([{"jsonrpc": "2.0", "method": "notifications/message"},
                {"jsonrpc": "2.0", "id": id, "result": {"content": [{"type": "text", "text": str(replies)}]}}])
      """)
    #expect(try await server.observe("x")[0].output == "[{'jsonrpc': '2.0', 'id': 7, 'result': {}}]")
  }

  @Test func answersMayComeOutOfOrder() async throws {
    let server = try ScriptedMCPServer(
      """
      held = []
      def call(id, name, arguments):
          held.append((id, arguments["text"]))
          if len(held) == 5:
              for id, text in reversed(held):
                  answer(id, text)
      """)
    let registry = try server.registry()
    let executor = try await MCPExecutor(registry, toolsFolder: "/", rules: NetworkRules())
    let session = executor.open()
    let outputs = try await withThrowingTaskGroup(of: (Int, JSONValue).self) { group in
      for number in 0..<5 {
        group.addTask {
          let call = ToolCall(name: "echo", arguments: ["text": .string("\(number)")])
          return (number, try await session.execute(call, of: registry.tools[0]).output)
        }
      }
      var outputs = [JSONValue](repeating: .null, count: 5)
      for try await (number, output) in group { outputs[number] = output }
      return outputs
    }
    await session.close()
    #expect(outputs == ["0", "1", "2", "3", "4"])
  }

  @Test func whatNobodyAskedForIsDropped() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          answer(9999, "unknown")
          answer(9999, "unknown again")
          answer(id, arguments["text"])
          answer(id, "the second answer")
      """)
    let seen = try await server.observe("one", "two")
    #expect(seen.map(\.output) == ["one", "two"])
  }

  @Test func structuredAnswersAreHeldAgainstTheirSchema() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          if arguments["text"] == "none":
              return answer(id, "5")
          result(id, {"content": [], "structuredContent": json.loads(arguments["text"])})
      """)
    let returns: JSONValue = [
      "type": "object", "properties": ["degrees": ["type": "number"]], "required": ["degrees"],
    ]
    let seen = try await server.observe("{\"degrees\": 5}", "{\"degrees\": \"5\"}", "none", tool: ["returns": returns])
    #expect(seen.map(\.status) == [.ok, .notJSON, .notJSON])
    #expect(seen[0].output == ["degrees": 5])
    #expect(seen[1].message.contains("/degrees"))
  }
}
