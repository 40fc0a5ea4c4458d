import Foundation
import OrderedJSON
import Testing

@testable import DataForge

/// Servers that others wrote, from PyPI, over stdio and in the sandbox.
@Suite(
  .enabled(if: SandboxPresence.isThere, "there is no bubblewrap here: nothing is executed"),
  .enabled(if: RealMCPServers.areThere, "mcp-server-time and mcp-server-git could not be had from PyPI"))
struct RealMCPServersTests {
  private func seen(
    _ imported: ToolImport, _ calls: (name: String, arguments: JSONValue)...
  ) async throws -> [Observation] {
    let registry = try ToolRegistry(imported.file)
    let executor = try await MCPExecutor(registry, toolsFolder: "/", rules: NetworkRules())
    let session = executor.open()
    var seen: [Observation] = []
    for call in calls {
      let tool = try #require(registry[call.name])
      seen.append(try await session.execute(ToolCall(name: call.name, arguments: call.arguments), of: tool))
    }
    await session.close()
    await executor.close()
    return seen
  }

  private func options(_ change: (inout MCPImport.Options) -> Void = { _ in }) -> MCPImport.Options {
    var options = MCPImport.Options()
    options.startSeconds = 300
    change(&options)
    return options
  }

  @Test func theTimeIsTold() async throws {
    let imported = try await MCPImport.run([RealMCPServers.program("mcp-server-time")], options: options())
    let registry = try ToolRegistry(imported.file)
    #expect(registry.tools.map(\.name) == ["get_current_time", "convert_time"])
    #expect(imported.leftOut.isEmpty)
    let seen = try await seen(
      imported, ("get_current_time", ["timezone": "Europe/Berlin"]),
      (
        "convert_time",
        ["source_timezone": "UTC", "time": "12:00", "target_timezone": "Asia/Tokyo"]
      ), ("get_current_time", ["timezone": "Nowhere/Nowhere"]), ("get_current_time", [:]))
    #expect(seen.map(\.status) == [.ok, .ok, .failed, .failed], "\(seen)")
    #expect(seen[0].output["timezone"] == "Europe/Berlin")
    #expect(seen[1].output["time_difference"] == "+9.0h")
    #expect(seen[2].message.contains("Nowhere"))
  }

  @Test func aToolThatTheServerDoesNotHaveIsAnErrorOfTheProtocol() async throws {
    var imported = try await MCPImport.run([RealMCPServers.program("mcp-server-time")], options: options())
    let name = try #require(imported.file["servers"]?.objectValue?.keys.first)
    imported.file = [
      "servers": imported.file["servers"] ?? [:],
      "tools": [["name": "none", "execute": ["kind": "mcp", "server": .string(name), "tool": "none"]]],
    ]
    let seen = try await seen(imported, ("none", [:]))
    #expect(seen[0].status == .failed)
    #expect(seen[0].message.contains("-32602"), "\(seen[0])")
  }

  @Test func aRepositoryIsRead() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("git-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("hello\n".utf8).write(to: folder.appendingPathComponent("a.txt"))
    let script = """
      cd "$0" && git init -q -b main . && git add . \
      && git -c user.name=A -c user.email=a@b.c commit -q -m "The first commit"
      """
    try #require(RealMCPServers.shell(script, folder.path))
    let imported = try await MCPImport.run(
      // git does not trust a folder that belongs to somebody else, which in the sandbox every folder does.
      [
        "env", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*",
        RealMCPServers.program("mcp-server-git"), "--repository", folder.path,
      ], options: options())
    let path = JSONValue.string(folder.path)
    let seen = try await seen(
      imported, ("git_log", ["repo_path": path, "max_count": 1]), ("git_status", ["repo_path": path]),
      ("git_log", ["repo_path": "/usr"]), ("git_create_branch", ["repo_path": path, "branch_name": "x"]))
    #expect(seen[0].status == .ok, "\(seen[0])")
    #expect(seen[0].output.serialized(.compact).contains("The first commit"))
    #expect(seen[1].status == .ok, "\(seen[1])")
    #expect(seen[2].status == .failed, "\(seen[2])")
    // The repository is read-only in there.
    #expect(seen[3].status != .ok, "\(seen[3])")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/.git/refs/heads/x"))
  }
}

/// The servers in a virtual environment that is made once, in a folder for caches.
enum RealMCPServers {
  /// `FORGE_TEST_CACHE`, or a folder for everybody: under root the sandbox is made by `nobody`.
  private static let folder =
    (ProcessInfo.processInfo.environment["FORGE_TEST_CACHE"] ?? "/var/tmp/dataforge-tests") + "/mcp-servers"

  static func program(_ name: String) -> String { "\(folder)/bin/\(name)" }

  static let areThere: Bool = {
    let names = ["mcp-server-time", "mcp-server-git"]
    if names.allSatisfy({ FileManager.default.isExecutableFile(atPath: program($0)) }) { return true }
    let script = """
      mkdir -p "$0" && /usr/bin/python3 -m venv "$0" && "$0/bin/pip" install -q --disable-pip-version-check \
      mcp-server-time mcp-server-git
      """
    return shell(script, folder)
  }()

  /// Runs a script, with `$0` for the argument, and says whether it succeeded.
  static func shell(_ script: String, _ argument: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, argument]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
