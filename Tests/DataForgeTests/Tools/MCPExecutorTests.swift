import Foundation
import OrderedJSON
import Testing

@testable import DataForge

/// Real servers over stdio, in the sandbox, that behave well and badly.
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

  // MARK: Calls that fail

  @Test func anErrorOfTheToolIsAFailure() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          answer(id, "no such city", isError=True)
      """)
    let seen = try await server.observe("x")
    #expect(seen[0].status == .failed)
    #expect(seen[0].output == "no such city")
    #expect(seen[0].message == "no such city")
  }

  @Test func anErrorOfTheProtocolIsAFailure() async throws {
    let seen = try await ScriptedMCPServer(
      "def call(id, name, arguments): error(id, -32602, 'Unknown tool: echo')"
    ).observe("x")
    #expect(seen[0].status == .failed)
    #expect(seen[0].message == "Unknown tool: echo (JSON-RPC error -32602)")
  }

  @Test func aServerThatNeverAnswersEndsAtTheTimeLimitAndIsToldSo() async throws {
    let server = try ScriptedMCPServer(
      """
      seen = []
      def call(id, name, arguments):
          if arguments["text"] == "hang":
              seen.append(id)
          else:
              answer(id, str(seen))
      def other(message):
          if message.get("method") == "notifications/cancelled":
              seen.append(message["params"]["requestId"])
      """)
    let seen = try await server.observe("hang", "then", server: ["limits": ["call_seconds": 3]])
    #expect(seen[0].status == .timedOut)
    #expect(seen[0].message.hasPrefix("stopped after 3.0 s"))
    #expect(seen[1].output == [2, 2])
  }

  @Test func aServerThatNeverStartsEndsAtTheTimeLimit() async throws {
    let seen = try await ScriptedMCPServer("time.sleep(1000)").observe(
      "x", "y", server: ["limits": ["start_seconds": 1]])
    #expect(seen.map(\.status) == [.timedOut, .timedOut])
    #expect(seen[0].message.contains("initialize: stopped after 1.0 s"))
  }

  @Test func aServerThatDiesIsUnreachableForTheRestOfTheSample() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          sys.stderr.write("out of luck\\n")
          sys.exit(3)
      """)
    let seen = try await server.observe("x", "y")
    #expect(seen.map(\.status) == [.unreachable, .unreachable])
    #expect(seen[0].message == "the server ended; it said: out of luck")
    #expect(seen[1].message == seen[0].message)
  }

  @Test func aMissingProgramIsSaidToBeMissing() async throws {
    let seen = try await ScriptedMCPServer().observe("x", server: ["command": ["no-such-server"]])
    #expect(seen[0].status == .notExecutable)
    #expect(seen[0].message.contains("no-such-server"))
  }

  @Test func garbageIsPassedOverAndNamedWhenNothingElseComes() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          print("Loading model...", flush=True)
          sys.stdout.buffer.write(b"\\xff\\xfe\\x00{{{[\\n")
          print('{"jsonrpc": "2.0", "id": ', flush=True)
          print("17", flush=True)
          if arguments["text"] == "answer":
              answer(id, "fine")
      """)
    let seen = try await server.observe("answer", "be silent", server: ["limits": ["call_seconds": 3]])
    #expect(seen[0].output == "fine")
    #expect(seen[1].status == .timedOut)
    #expect(seen[1].message.contains("no message of the protocol: \"Loading model...\""))
  }

  @Test func anAnswerWithoutResultIsNoAnswer() async throws {
    let seen = try await ScriptedMCPServer(
      "def call(id, name, arguments): send({'jsonrpc': '2.0', 'id': id})"
    ).observe("x")
    #expect(seen[0].status == .notJSON)
  }

  @Test(arguments: [
    ("stdout", "while True: sys.stdout.write('x' * 1000 + chr(10))"),
    ("notifications", "while True: send({'jsonrpc': '2.0', 'method': 'notifications/message', 'params': 'x' * 9999})"),
    ("stderr", "while True: sys.stderr.write('x' * 65536)"),
    ("answers", "while True: answer(4711, 'x' * 9999)"),
  ])
  func aServerThatFloodsIsStopped(where place: String, flood: String) async throws {
    let server = try ScriptedMCPServer("def call(id, name, arguments):\n    \(flood)")
    let seen = try await server.observe("x", "y")
    #expect(seen.map(\.status) == [.outputLimit, .outputLimit], "\(place): \(seen[0].message)")
    #expect(seen[0].message.contains("16 MiB"))
  }

  @Test func anAnswerBeyondTheLimitIsCutOff() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          sys.stdout.write('{"jsonrpc": "2.0", "id": ' + str(id) + ', "result": "')
          while True:
              sys.stdout.write("x" * 1000000)
      """)
    let seen = try await server.observe("x", server: ["limits": ["output_kib": 100]])
    #expect(seen[0].status == .outputLimit)
    #expect(seen[0].message == "stopped after 100 KiB of output in one answer")
  }

  @Test func aServerThatReadsNothingHoldsNobodyUp() async throws {
    let seen = try await ScriptedMCPServer(
      "def call(id, name, arguments):\n    os.close(0)\n    answer(id, 'bye')\n    time.sleep(1000)"
    ).observe("x", "y", server: ["limits": ["call_seconds": 3]])
    #expect(seen[0].output == "bye")
    #expect(seen[1].status != .ok)
  }

  // MARK: What a server gets to see

  @Test func eachSampleHasAFreshServerAndItsCallsShareIt() async throws {
    let server = try ScriptedMCPServer(
      """
      count = 0
      def call(id, name, arguments):
          global count
          count += 1
          answer(id, f"call {count}")
      """)
    #expect(try await server.observe("x", "y").map(\.output) == ["call 1", "call 2"])
    #expect(try await server.observe("x").map(\.output) == ["call 1"])
  }

  @Test(arguments: [["stateless": true] as JSONObject, [:]])
  func samplesShareAServerThatKeepsNothing(server more: JSONObject) async throws {
    let server = try ScriptedMCPServer(
      """
      count = 0
      def call(id, name, arguments):
          global count
          count += 1
          answer(id, f"call {count}")
      """)
    let registry = try server.registry(more, tool: ["read_only": .bool(more.isEmpty)])
    let executor = try await MCPExecutor(registry, toolsFolder: "/", rules: NetworkRules())
    for number in 1...3 {
      let session = executor.open()
      let call = ToolCall(name: "echo", arguments: ["text": "x"])
      #expect(try await session.execute(call, of: registry.tools[0]).output == .string("call \(number)"))
      await session.close()
    }
    await executor.close()
  }

  @Test func aSharedServerThatBreaksOffIsReplacedAndOnlyTheGuiltyCallFails() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          if arguments["text"] == "die":
              sys.exit(1)
          time.sleep(0.02)
          answer(id, arguments["text"])
      """)
    let registry = try server.registry(["stateless": true])
    let executor = try await MCPExecutor(registry, toolsFolder: "/", rules: NetworkRules())
    let statuses = try await withThrowingTaskGroup(of: (Bool, Observation.Status).self) { group in
      for number in 0..<24 {
        group.addTask {
          let isBad = number % 8 == 3
          let call = ToolCall(name: "echo", arguments: ["text": isBad ? "die" : "live"])
          let session = executor.open()
          return (isBad, try await session.execute(call, of: registry.tools[0]).status)
        }
      }
      var statuses: [(Bool, Observation.Status)] = []
      for try await status in group { statuses.append(status) }
      return statuses
    }
    await executor.close()
    #expect(statuses.count == 24)
    for (isBad, status) in statuses { #expect(status == (isBad ? .unreachable : .ok)) }
  }

  @Test func theServerIsLockedInAndGetsOnlyTheVariablesThatAreNamed() async throws {
    let server = try ScriptedMCPServer(
      """
      import socket
      def call(id, name, arguments):
          said = [sorted(os.environ), os.path.exists("/root"), os.path.exists("/etc/passwd"), os.listdir("/tool")]
          try:
              socket.create_connection(("127.0.0.1", 22), 1)
              said.append("connected")
          except OSError:
              said.append("no network")
          try:
              open("/tool/x", "w")
          except OSError:
              said.append("read-only")
          answer(id, json.dumps(said + [os.environ["MY_KEY"]]))
      """)
    let seen = try await server.observe(
      "x", server: ["env": ["MY_KEY"]], environment: ["MY_KEY": "secret-value", "OTHER": "other"])
    #expect(
      seen[0].output == [
        ["HOME", "LANG", "MY_KEY", "PATH", "PWD"], false, false, ["server.py"], "no network", "read-only", "[MY_KEY]",
      ])
  }

  @Test func aMissingVariableIsNamed() async throws {
    let seen = try await ScriptedMCPServer().observe("x", server: ["env": ["MY_KEY"]])
    #expect(seen[0].status == .notExecutable)
    #expect(seen[0].message.contains("MY_KEY"))
  }

  @Test func readablePathsAreSeenWhereTheyAreAlsoInClosedFolders() async throws {
    let server = try ScriptedMCPServer(
      """
      def call(id, name, arguments):
          folder = arguments["text"]
          answer(id, open(folder + "/shown/sub/file").read() + str(os.listdir(folder)))
      """)
    let closed = server.folder.appendingPathComponent("closed")
    let shown = closed.appendingPathComponent("shown/sub")
    try FileManager.default.createDirectory(at: shown, withIntermediateDirectories: true)
    try Data("content ".utf8).write(to: shown.appendingPathComponent("file"))
    try Data().write(to: closed.appendingPathComponent("hidden"))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed.path)
    let seen = try await server.observe(closed.path, server: ["readable": [.string(shown.path)]])
    #expect(seen[0].output == "content ['shown']", "\(seen[0].message)")
  }

  @Test(arguments: [true, false])
  func everythingThatItStartedEndsWithTheSession(isSandboxed: Bool) async throws {
    let server = try ScriptedMCPServer(
      """
      import subprocess
      def call(id, name, arguments):
          mark = arguments["text"]
          # A grandchild in a session of its own, which ignores signals and holds the output open.
          subprocess.Popen(["sh", "-c", "trap '' TERM HUP INT; while true; do sleep 1; done", mark], start_new_session=True)
          answer(id, "started")
      """)
    let mark = "mark-\(UUID().uuidString)"
    let registry = try server.registry(
      isSandboxed ? [:] : ["sandbox": false, "command": ["python3", .string(server.folder.path + "/server.py")]])
    let executor = try await MCPExecutor(registry, toolsFolder: "/", rules: NetworkRules())
    let session = executor.open()
    let call = ToolCall(name: "echo", arguments: ["text": .string(mark)])
    let seen = try await session.execute(call, of: registry.tools[0])
    #expect(seen.output == "started", "\(seen.message)")
    #expect(Self.isRunning(mark))
    await session.close()
    for _ in 0..<500 where Self.isRunning(mark) { try await Task.sleep(for: .milliseconds(10)) }
    #expect(!Self.isRunning(mark))
  }

  private static func isRunning(_ mark: String) -> Bool {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.contains { process in
      guard Int(process) != nil, let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else {
        return false
      }
      return String(decoding: line, as: UTF8.self).contains(mark)
    }
  }

  @Test func aSessionThatNobodyHoldsEndsItsServers() async throws {
    let server = try ScriptedMCPServer("import atexit")
    let mark = server.folder.path
    do {
      let registry = try server.registry()
      let executor = try await MCPExecutor(registry, toolsFolder: "/", rules: NetworkRules())
      let session = executor.open()
      _ = try await session.execute(ToolCall(name: "echo", arguments: ["text": "x"]), of: registry.tools[0])
      #expect(Self.isRunning(mark))
    }
    for _ in 0..<500 where Self.isRunning(mark) { try await Task.sleep(for: .milliseconds(10)) }
    #expect(!Self.isRunning(mark))
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
