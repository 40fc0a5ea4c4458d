import OrderedJSON

/// A part of a message that is a call: Anthropic's `tool_use`, Gemini's `functionCall`, or an item of OpenAI's Responses.
struct CallPart {
  /// Where in the part the call stands, as a JSON Pointer.
  var place = ""
  /// What the call calls its arguments.
  var argumentsKey: String
  var id: String?
  var name: String?
  var arguments: JSONValue?
  /// Whether its form has the arguments as JSON text.
  var writesText = false

  /// - Parameter part: any part of a message; most are no call.
  init?(_ part: JSONValue) {
    if case .string(let type)? = part["type"] {
      switch type {
      case "tool_use":
        argumentsKey = "input"
        id = part["id"]?.stringValue
      case "function_call":
        argumentsKey = "arguments"
        id = (part["call_id"] ?? part["id"])?.stringValue
        writesText = true
      default: return nil
      }
      name = part["name"]?.stringValue
      arguments = part[argumentsKey]
      return
    }
    guard let (key, call) = part.firstMember(of: ["functionCall", "function_call"]) else { return nil }
    place = "/" + key
    argumentsKey = "args"
    id = call["id"]?.stringValue
    name = call["name"]?.stringValue
    // What is empty is left out in this form.
    arguments = call["args"].flatMap { $0.isNull ? nil : $0 } ?? [:]
  }
}

/// A part of a message that is a tool's answer, in the same forms.
struct ResultPart {
  /// Where in the part the answer stands, as a JSON Pointer.
  var place = ""
  /// What it calls the id of the call, and what the call answered.
  var idKey: String
  var contentKey: String
  var id: String?
  var name: String?
  var content: JSONValue

  /// - Parameter part: any part of a message.
  init?(_ part: JSONValue) {
    var answer = part
    if case .string(let type)? = part["type"] {
      switch type {
      case "tool_result": (idKey, contentKey) = ("tool_use_id", "content")
      case "function_call_output": (idKey, contentKey) = ("call_id", "output")
      default: return nil
      }
    } else {
      guard let (key, inner) = part.firstMember(of: ["functionResponse", "function_response"]) else { return nil }
      (idKey, contentKey) = ("id", "response")
      place = "/" + key
      answer = inner
      name = inner["name"]?.stringValue
    }
    id = answer[idKey]?.stringValue
    content = answer[contentKey] ?? ""
  }
}

extension JSONValue {
  /// The first of some members that is there and not null.
  func firstMember(of keys: [String]) -> (key: String, value: JSONValue)? {
    for key in keys {
      if let value = self[key], !value.isNull { return (key, value) }
    }
    return nil
  }
}
