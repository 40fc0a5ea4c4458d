import Foundation
import OrderedJSON
import Testing

@testable import DataForge

@Suite(.enabled(if: SandboxPresence.isThere, "there is no bubblewrap here: nothing is executed"))
struct MCPImportTests {
  private func imported(_ server: borrowing ScriptedMCPServer, _ change: (inout MCPImport.Options) -> Void = { _ in })
    async throws -> ToolImport
  {
    var options = MCPImport.Options()
    change(&options)
    return try await MCPImport.run(["/usr/bin/python3", server.folder.path + "/server.py"], options: options)
  }

  @Test func toolsAreMadeOfAListInPages() async throws {
    let server = try ScriptedMCPServer(
      """
      def tools(id, params):
          cursor = int(params.get("cursor", "0"))
          pages = [
            [{"name": "get weather", "title": "Weather", "annotations": {"readOnlyHint": True},
              "inputSchema": {"type": "object", "$defs": {"P": {"type": ["string", "null"]}},
                              "properties": {"place": {"$ref": "#/$defs/P"}, "n": {"anyOf": [{"type": "integer"}]}}},
              "outputSchema": {"type": "object", "properties": {"t": {"type": "number"}}}}],
            [{"name": "get_weather", "description": "Another", "inputSchema": {"type": "object"}},
             {"name": "broken", "inputSchema": {"type": "object", "properties": {"a": {"pattern": "("}}}},
             {"name": "schemaless"}, {"description": "nameless", "inputSchema": {}}]]
          answer = {"tools": pages[cursor]}
          if cursor == 0:
              answer["nextCursor"] = "1"
          result(id, answer)
      """)
    let imported = try await imported(server)
    let folder = server.folder.path
    #expect(
      imported.file == [
        "servers": [
          "scripted": ["command": ["/usr/bin/python3", .string(folder + "/server.py")], "readable": [.string(folder)]]
        ],
        "tools": [
          [
            "type": "function",
            "function": [
              "name": "get_weather", "description": "Weather",
              "parameters": [
                "type": "object", "$defs": ["P": ["type": ["string", "null"]]],
                "properties": ["place": ["$ref": "#/$defs/P"], "n": ["anyOf": [["type": "integer"]]]],
              ],
            ],
            "returns": ["type": "object", "properties": ["t": ["type": "number"]]], "read_only": true,
            "execute": ["kind": "mcp", "server": "scripted", "tool": "get weather"],
          ],
          [
            "type": "function",
            "function": ["name": "scripted_get_weather", "description": "Another", "parameters": ["type": "object"]],
            "execute": ["kind": "mcp", "server": "scripted", "tool": "get_weather"],
          ],
        ],
      ])
    #expect(imported.leftOut.map(\.what) == ["broken", "schemaless", "tool 5"])
    #expect(imported.notes == ["the server may read \(folder)"])
    #expect(imported.source == "scripted (MCP 2025-11-25)")
  }

  @Test(arguments: [
    #"result(id, {"tools": [], "nextCursor": "the same"})"#,
    #"result(id, {"tools": [], "nextCursor": str(time.time())})"#,
  ])
  func aListWithoutEndIsGivenUp(page: String) async throws {
    let server = try ScriptedMCPServer("def tools(id, params): \(page)")
    do {
      _ = try await imported(server)
      Issue.record("imported")
    } catch let error as ToolImportError {
      #expect(error.reason.contains("does not end"))
    }
  }

  @Test func aServerThatFailsIsSaidWithItsLastWords() async throws {
    let server = try ScriptedMCPServer("import not_installed")
    do {
      _ = try await imported(server)
      Issue.record("imported")
    } catch let error as ToolImportError {
      #expect(error.reason.contains("No module named 'not_installed'"))
      #expect(error.reason.contains("--readable"))
    }
  }

  @Test func toolsAreAddedToAFileAndThoseOfTheSameServerReplaced() async throws {
    let server = try ScriptedMCPServer()
    let first = try await imported(server)
    let other = try await imported(server) { options in
      options.name = "second"
      options.existing = first.file
      options.isStateless = true
    }
    #expect(try ToolRegistry(other.file).tools.map(\.name) == ["echo", "second_echo"])
    #expect(other.file["servers"]?["second"]?["stateless"] == true)
    let again = try await imported(server) { options in
      options.name = "second"
      options.existing = other.file
    }
    #expect(try ToolRegistry(again.file).tools.map(\.name) == ["echo", "second_echo"])
  }

  @Test func filesOfTheCommandAreFound() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["venv/bin", "venv/lib", "python/bin", "python/lib", "src", "data"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    func write(_ name: String, _ text: String) throws {
      let file = folder.appendingPathComponent(name)
      try Data(text.utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    try write("venv/pyvenv.cfg", "")
    try write("venv/bin/mcp-server-x", "#!\(folder.path)/venv/bin/python3\n")
    try write("python/bin/python3", "")
    try write("src/server.py", "")
    try write("data/a.json", "")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/venv/bin/python3", withDestinationPath: folder.path + "/python/bin/python3")

    let installed = ProgramFiles(
      ["mcp-server-x", "--file=data/a.json", "--name", "x", "https://a/b"], in: folder.path,
      search: ["/nowhere", folder.path + "/venv/bin"])
    #expect(
      installed.command == [
        folder.path + "/venv/bin/mcp-server-x", "--file=\(folder.path)/data/a.json", "--name", "x", "https://a/b",
      ])
    #expect(
      installed.readable == ["venv", "python", "data/a.json"].map { "\(folder.path)/\($0)" })

    let script = ProgramFiles(
      ["python3", "src/server.py", "src", "/etc", "/usr/share"], in: folder.path, search: ["/usr/bin"])
    #expect(script.command == ["python3", "\(folder.path)/src/server.py", "\(folder.path)/src", "/etc", "/usr/share"])
    #expect(script.readable == ["\(folder.path)/src"])
  }
}
