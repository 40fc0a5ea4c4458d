import OrderedJSON
import Testing

@testable import DataForge

/// Real servers over stdio that answer badly, late or not at all.
@Suite(.enabled(if: SandboxPresence.isThere, "there is no bubblewrap here: nothing is executed"))
struct MCPFailingCallTests {
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
}
