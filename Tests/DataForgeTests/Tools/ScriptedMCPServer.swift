import Foundation
import OrderedJSON

@testable import DataForge

/// A real MCP server over stdio, in Python, that behaves well but for what a test changes in it.
struct ScriptedMCPServer: ~Copyable {
  let folder: URL

  /// - Parameter changes: Python that redefines `initialize`, `tools`, `call`, `other` or `VERSION`.
  init(_ changes: String = "") throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("mcp-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data((Self.head + "\n" + changes + "\n" + Self.loop).utf8).write(
      to: folder.appendingPathComponent("server.py"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A tools file with this server and its tool `echo`.
  func registry(_ more: JSONObject = [:], tool: JSONObject = [:]) throws -> ToolRegistry {
    var server: JSONObject = ["command": ["python3", "/tool/server.py"], "directory": .string(folder.path)]
    for (key, value) in more { server[key] = value }
    var definition: JSONObject = [
      "name": "echo", "parameters": ["type": "object", "properties": ["text": ["type": "string"]]],
      "execute": ["kind": "mcp", "server": "scripted", "tool": "echo"],
    ]
    for (key, value) in tool { definition[key] = value }
    return try ToolRegistry(["servers": ["scripted": .object(server)], "tools": [.object(definition)]])
  }

  /// Makes these calls in one session, one after another.
  func observe(
    _ texts: String..., server: JSONObject = [:], tool: JSONObject = [:], environment: [String: String] = [:]
  ) async throws -> [Observation] {
    let registry = try registry(server, tool: tool)
    let executor = try await MCPExecutor(
      registry, toolsFolder: "/", rules: NetworkRules(), environment: environment)
    let session = executor.open()
    var seen: [Observation] = []
    for text in texts {
      let call = ToolCall(name: "echo", arguments: ["text": .string(text)])
      seen.append(try await session.execute(call, of: registry.tools[0]))
    }
    await session.close()
    await executor.close()
    return seen
  }

  private static let head = """
    import json, os, sys, time
    VERSION = "2025-11-25"
    def send(message):
        sys.stdout.write(json.dumps(message) + "\\n")
        sys.stdout.flush()
    def result(id, value):
        send({"jsonrpc": "2.0", "id": id, "result": value})
    def error(id, code, text):
        send({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": text}})
    def answer(id, text, **more):
        result(id, {"content": [{"type": "text", "text": text}], **more})
    def receive():
        line = sys.stdin.readline()
        if not line:
            sys.exit(0)
        return json.loads(line)
    def initialize(id, params):
        result(id, {"protocolVersion": VERSION, "capabilities": {"tools": {}},
                    "serverInfo": {"name": "scripted", "version": "1"}})
    def tools(id, params):
        result(id, {"tools": [{"name": "echo", "inputSchema": {"type": "object"}}]})
    def call(id, name, arguments):
        answer(id, arguments.get("text", ""))
    def other(message):
        if "id" in message and "method" in message:
            error(message["id"], -32601, "Method not found")
    """

  private static let loop = """
    while True:
        message = receive()
        method, id, params = message.get("method"), message.get("id"), message.get("params") or {}
        if method == "initialize":
            initialize(id, params)
        elif method == "tools/list":
            tools(id, params)
        elif method == "tools/call":
            call(id, params["name"], params.get("arguments") or {})
        elif method == "ping":
            result(id, {})
        else:
            other(message)
    """
}
