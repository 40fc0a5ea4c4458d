import OrderedJSON

/// One row of the `messages` format, which TRL's SFT trainer reads: `id`, `messages`, `tools` where there are any, and
/// `source`.
///
/// No key is ever written with `null`: `datasets` would give it to every row.
public enum MessagesRow {
  public static func json(_ sample: Sample, reasoning: Bool) throws -> JSONValue {
    var messages = sample.messages
    if !reasoning {
      for index in messages.indices { messages[index].reasoningContent = nil }
    }
    var row: JSONObject = ["id": .string(sample.id), "messages": try JSONValueEncoder().encode(messages)]
    if let tools = sample.tools, !tools.isEmpty { row["tools"] = .array(tools) }
    row["source"] = try JSONValueEncoder().encode(sample.source)
    return .object(row)
  }

  /// Why a row is not of the `messages` form: which field, and what is wrong with it.
  public struct Misfit: Error, Hashable, Sendable {
    /// A JSON Pointer, for example `/messages/1/content`.
    public var path: String
    public var reason: String
  }

  /// A row of anybody's in our form: arguments that are JSON text become objects, members that are `null` go.
  ///
  /// Unknown members stay: they are the user's.
  public static func normalised(_ row: JSONValue, reasoning: Bool) -> Result<JSONValue, Misfit> {
    Result { () throws(Misfit) in
      guard var object = row.objectValue else { throw Misfit(path: "/", reason: "a row must be an object") }
      guard let messages = object["messages"]?.arrayValue, !messages.isEmpty else {
        throw Misfit(path: "/messages", reason: "a row needs a list of at least one message")
      }
      var result: [JSONValue] = []
      for (index, message) in messages.enumerated() {
        result.append(try normalised(message, at: "/messages/\(index)", reasoning: reasoning))
      }
      object["messages"] = .array(result)
      return .object(withoutNulls(object))
    }
  }

  private static func normalised(_ message: JSONValue, at path: String, reasoning: Bool) throws(Misfit) -> JSONValue {
    guard var object = message.objectValue.map(withoutNulls) else {
      throw Misfit(path: path, reason: "a message must be an object")
    }
    guard let role = object["role"]?.stringValue, MessageRole(rawValue: role) != nil else {
      throw Misfit(path: path + "/role", reason: "the role must be system, developer, user, assistant or tool")
    }
    guard object["content"] != nil || object["tool_calls"] != nil else {
      throw Misfit(path: path + "/content", reason: "a message needs content or tool calls")
    }
    if let content = object["content"], content.stringValue == nil, content.arrayValue == nil {
      throw Misfit(path: path + "/content", reason: "the content must be text or a list of parts")
    }
    if let calls = object["tool_calls"] {
      guard let list = calls.arrayValue else {
        throw Misfit(path: path + "/tool_calls", reason: "the calls must be a list")
      }
      var result: [JSONValue] = []
      for (index, call) in list.enumerated() {
        result.append(try normalisedCall(call, at: "\(path)/tool_calls/\(index)"))
      }
      object["tool_calls"] = .array(result)
    }
    if !reasoning { object["reasoning_content"] = nil }
    return .object(object)
  }

  private static func normalisedCall(_ call: JSONValue, at path: String) throws(Misfit) -> JSONValue {
    guard var object = call.objectValue.map(withoutNulls), var function = object["function"]?.objectValue else {
      throw Misfit(path: path + "/function", reason: "a call must be an object with a function")
    }
    guard function["name"]?.stringValue?.isEmpty == false else {
      throw Misfit(path: path + "/function/name", reason: "a call needs the function's name")
    }
    if let text = function["arguments"]?.stringValue {
      guard let parsed = try? JSONValue(parsing: text) else {
        throw Misfit(path: path + "/function/arguments", reason: "the arguments are text that is not valid JSON")
      }
      function["arguments"] = parsed
    }
    guard function["arguments"]?.objectValue != nil else {
      throw Misfit(path: path + "/function/arguments", reason: "the arguments must be an object")
    }
    object["function"] = .object(function)
    return .object(object)
  }

  private static func withoutNulls(_ object: JSONObject) -> JSONObject {
    JSONObject(object.filter { !$0.value.isNull }.map { ($0.key, $0.value) })
  }
}
