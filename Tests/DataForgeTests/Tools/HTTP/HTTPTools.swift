import OrderedJSON
import Testing

@testable import DataForge

/// Makes tools for tests of HTTP.
enum HTTPTools {
  /// A tool with arguments of any type.
  static func tool(
    _ execute: JSONValue, arguments: [String] = [], isReadOnly: Bool = true, defaults: [String: JSONValue] = [:]
  ) throws -> Tool {
    var properties = JSONObject()
    for name in arguments { properties[name] = defaults[name].map { ["default": $0] } ?? [:] }
    var members: JSONObject = ["kind": "http"]
    for (key, value) in execute.objectValue ?? [:] { members[key] = value }
    let registry = try ToolRegistry([
      [
        "name": "t", "parameters": ["type": "object", "properties": .object(properties)],
        "execute": .object(members), "read_only": .bool(isReadOnly),
      ]
    ])
    return registry.tools[0]
  }

  static func http(_ tool: Tool) throws -> HTTPTool {
    guard case .http(let http)? = tool.execution else { throw ToolFileError(path: "", reason: "no HTTP tool") }
    return http
  }

  /// The request of a call.
  static func request(
    _ execute: JSONValue, _ arguments: JSONObject, defaults: [String: JSONValue] = [:],
    environment: [String: String] = [:], names: [String]? = nil
  ) throws -> WebRequest {
    let http = try http(tool(execute, arguments: names ?? arguments.keys, defaults: defaults))
    return try http.request(for: arguments) { environment[$0] }.request
  }
}
