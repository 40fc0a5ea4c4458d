import OrderedJSON

/// What the messages of a row say, each with its place.
struct RowItems {
  /// A text of a row.
  struct Text {
    let message: Int
    let key: String
    /// The text, trimmed.
    let text: String
    /// The pieces of a typed content, where there are several.
    var parts: [String] = []

    var path: String { "/messages/\(message)/\(key)" }
  }

  /// A call of a row.
  struct Call {
    let name: String
    let arguments: JSONValue
    /// The call's place in the row.
    let path: String
    /// The place of its arguments.
    let argumentsPath: String
  }

  var systems: [Text] = []
  var users: [Text] = []
  var assistants: [Text] = []
  var reasonings: [Text] = []
  var results: [Text] = []
  var calls: [Call] = []
  /// Turns of roles that no dialect knows.
  var others: [Text] = []

  /// Reads the messages; `split` takes the reasoning from the front of an assistant's content.
  init(_ messages: [JSONValue], split: (String) -> (reasoning: String?, content: String)) {
    for (index, message) in messages.enumerated() {
      let role = message["role"]?.stringValue ?? ""
      guard var content = Self.text(message["content"], index) else { continue }
      switch role {
      case "assistant":
        let key = ["reasoning_content", "thinking", "reasoning"].first { message[$0]?.stringValue?.isEmpty == false }
        if let key, let text = message[key]?.stringValue {
          reasonings.append(Text(message: index, key: key, text: TrimmedText.trimmed(text)))
        } else if let thought = Self.thought(message["content"]) {
          reasonings.append(Text(message: index, key: "content", text: TrimmedText.trimmed(thought)))
        }
        if content.parts.isEmpty {
          let (reasoning, rest) = split(content.text)
          if let reasoning {
            if key == nil { reasonings.append(Text(message: index, key: "content", text: reasoning)) }
            content = Text(message: index, key: "content", text: rest)
          }
        }
        assistants.append(content)
        readCalls(message, index)
      case "system", "developer": systems.append(content)
      case "user", "human": users.append(content)
      case "tool", "function", "ipython", "observation": results.append(content)
      default: others.append(content)
      }
    }
    reasonings.removeAll { $0.text.isEmpty }
  }

  private mutating func readCalls(_ message: JSONValue, _ index: Int) {
    for (position, call) in (message["tool_calls"]?.arrayValue ?? []).enumerated() {
      let path = "/messages/\(index)/tool_calls/\(position)"
      // OpenAI nests name and arguments in `function`; some data sets do not.
      if let function = call["function"], function.objectValue != nil {
        readCall(function, path, path + "/function")
      } else {
        readCall(call, path, path)
      }
    }
    // OpenAI's form before `tool_calls`.
    if let call = message["function_call"], call.objectValue != nil {
      readCall(call, "/messages/\(index)/function_call", "/messages/\(index)/function_call")
    }
  }

  private mutating func readCall(_ call: JSONValue, _ path: String, _ inner: String) {
    guard let name = call["name"]?.stringValue else { return }
    let key = call["arguments"] == nil && call["parameters"] != nil ? "parameters" : "arguments"
    calls.append(
      Call(name: name, arguments: Self.parsed(call[key]), path: path, argumentsPath: "\(inner)/\(key)"))
  }

  /// Arguments as a value: OpenAI writes them as a JSON string.
  private static func parsed(_ arguments: JSONValue?) -> JSONValue {
    switch arguments {
    case nil, .null?: return .object(JSONObject())
    case .string(let text)?:
      if text.isEmpty { return .object(JSONObject()) }
      return (try? JSONValue(parsing: text)) ?? .string(text)
    case let value?: return value
    }
  }

  private static func text(_ content: JSONValue?, _ index: Int) -> Text? {
    switch content {
    case nil, .null?: return Text(message: index, key: "content", text: "")
    case .string(let text)?: return Text(message: index, key: "content", text: TrimmedText.trimmed(text))
    case .array(let elements)?:
      let parts = elements.compactMap { $0.stringValue ?? $0["text"]?.stringValue ?? $0["content"]?.stringValue }
      if parts.isEmpty, !elements.isEmpty, elements.allSatisfy({ $0["type"] == nil }) {
        return Text(message: index, key: "content", text: JSONValue.array(elements).serialized(.spaced))
      }
      return Text(
        message: index, key: "content", text: TrimmedText.trimmed(parts.joined()), parts: parts.count > 1 ? parts : [])
    case let value?: return Text(message: index, key: "content", text: value.serialized(.spaced))
    }
  }

  private static func thought(_ content: JSONValue?) -> String? {
    for part in content?.arrayValue ?? [] where part["type"]?.stringValue == "thinking" {
      if let text = part["thinking"]?.stringValue { return text }
      return part["thinking"]?.arrayValue?.compactMap { $0["text"]?.stringValue }.joined()
    }
    return nil
  }
}
