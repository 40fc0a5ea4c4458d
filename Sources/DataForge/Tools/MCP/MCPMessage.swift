import OrderedJSON

/// A JSON-RPC 2.0 message, as a server may send it.
enum MCPMessage: Hashable, Sendable {
  case request(id: JSONValue, method: String)
  case notification(method: String)
  /// `id` is `nil` where the server could not tell which request it answers.
  case reply(id: Int?, MCPReply)
  /// A reply that has neither a result nor an error.
  case broken(id: Int)

  /// `nil` for what is no message.
  init?(_ json: JSONValue) {
    guard let object = json.objectValue else { return nil }
    if let method = object["method"]?.stringValue {
      guard let id = object["id"], !id.isNull else {
        self = .notification(method: method)
        return
      }
      self = .request(id: id, method: method)
      return
    }
    guard let id = object["id"] else { return nil }
    if let error = object["error"], error.objectValue != nil {
      guard id.isNull || id.intValue != nil else { return nil }
      self = .reply(id: id.intValue, .error(error))
    } else if let number = id.intValue {
      self = object["result"].map { .reply(id: number, .result($0)) } ?? .broken(id: number)
    } else {
      return nil
    }
  }

  static func request(_ id: Int, _ method: String, _ params: JSONObject) -> JSONValue {
    ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": .object(params)]
  }

  static func notification(_ method: String, _ params: JSONObject? = nil) -> JSONValue {
    var message: JSONObject = ["jsonrpc": "2.0", "method": .string(method)]
    if let params { message["params"] = .object(params) }
    return .object(message)
  }

  /// What we answer to a server's request: `ping` with an empty result, everything else with "method not found".
  ///
  /// There is nobody whom a server could ask for something (`elicitation/create`), no model of ours that it could use
  /// (`sampling/createMessage`), and no folder to tell of (`roots/list`); none of that is announced as a capability.
  static func answer(to method: String, _ id: JSONValue) -> JSONValue {
    method == "ping"
      ? ["jsonrpc": "2.0", "id": id, "result": [:]]
      : ["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": .string("Method not found: \(method)")]]
  }
}
