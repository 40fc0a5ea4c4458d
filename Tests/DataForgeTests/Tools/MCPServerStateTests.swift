import Foundation
import OrderedJSON
import Testing

@testable import DataForge

/// What a server over stdio gets to see, who shares it, and how it ends.
@Suite(.enabled(if: SandboxPresence.isThere, "there is no bubblewrap here: nothing is executed"))
struct MCPServerStateTests {
  /// A server that numbers its calls.
  private static let counting = """
    count = 0
    def call(id, name, arguments):
        global count
        count += 1
        answer(id, f"call {count}")
    """

  @Test func eachSampleHasAFreshServerAndItsCallsShareIt() async throws {
    let server = try ScriptedMCPServer(Self.counting)
    #expect(try await server.observe("x", "y").map(\.output) == ["call 1", "call 2"])
    #expect(try await server.observe("x").map(\.output) == ["call 1"])
  }

  @Test(arguments: [["stateless": true] as JSONObject, [:]])
  func samplesShareAServerThatKeepsNothing(server more: JSONObject) async throws {
    let server = try ScriptedMCPServer(Self.counting)
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

  @Test(arguments: [(onlyReads: true, hooks: false), (true, true), (false, false)])
  func samplesThatOnlyReadShareAServerThatHasOtherToolsToo(onlyReads: Bool, hooks: Bool) async throws {
    let server = try ScriptedMCPServer(Self.counting)
    let writing: JSONValue = ["name": "wipe", "execute": ["kind": "mcp", "server": "scripted", "tool": "wipe"]]
    let registry = try ToolRegistry([
      "servers": ["scripted": ["command": ["python3", "/tool/server.py"], "directory": .string(server.folder.path)]],
      "tools": [
        ["name": "echo", "read_only": true, "execute": ["kind": "mcp", "server": "scripted", "tool": "echo"]], writing,
      ],
      "reset": hooks ? [["name": "wipe", "arguments": [:]]] : [],
    ])
    let executor = try await MCPExecutor(registry, toolsFolder: "/", rules: NetworkRules(), onlyReads: onlyReads)
    var seen: [JSONValue] = []
    for _ in 1...2 {
      let session = executor.open()
      seen.append(try await session.execute(ToolCall(name: "echo", arguments: [:]), of: registry.tools[0]).output)
      await session.close()
    }
    await executor.close()
    #expect(seen == ["call 1", onlyReads && !hooks ? "call 2" : "call 1"])
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
}
