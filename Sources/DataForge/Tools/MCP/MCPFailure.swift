import OrderedJSON

/// Why a server gave no answer.
struct MCPFailure: Error, Hashable, Sendable {
  /// The way in which a call ends for that reason.
  var status: Observation.Status
  /// What happened, in words that can stand in a verdict.
  var message: String

  var observation: Observation { Observation(status: status, message: message) }
}

/// What a server answered to a request.
enum MCPReply: Hashable, Sendable {
  case result(JSONValue)
  /// A JSON-RPC error: an object with `code` and `message`.
  case error(JSONValue)

  /// An error in words: `Unknown tool: x (JSON-RPC error -32602)`.
  static func words(_ error: JSONValue) -> String {
    let code = error["code"].map { " \($0.serialized(.compact))" } ?? ""
    let message = error["message"]?.stringValue ?? ""
    return message.isEmpty ? "JSON-RPC error\(code)" : "\(message.prefix(1_000)) (JSON-RPC error\(code))"
  }
}
