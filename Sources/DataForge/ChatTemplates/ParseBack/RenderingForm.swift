import OrderedJSON

/// The same conversation in another form, for templates that fail at the one that a row has.
///
/// Templates disagree: DeepSeek V3's takes a call's arguments as JSON text, Qwen3.5's as an object, and many join
/// `content` to text though a turn with calls has none. What is said stays the same in every form.
enum RenderingForm: CaseIterable {
  case argumentsSwapped, contentFilled, both

  /// The row in this form, or `nil` where it is no other than the row.
  func applied(to row: ChatRow) -> ChatRow? {
    var result = row
    var isOther = false
    for index in row.messages.indices {
      guard var message = row.messages[index].objectValue else { continue }
      if self != .contentFilled, let calls = message["tool_calls"]?.arrayValue, !calls.isEmpty {
        message["tool_calls"] = .array(calls.map { Self.swapped($0, &isOther) })
      }
      if self != .argumentsSwapped, (message["content"] ?? .null).isNull {
        message["content"] = ""
        isOther = true
      }
      result.messages[index] = .object(message)
    }
    return isOther ? result : nil
  }

  /// A call whose arguments are text where they were an object, and the other way round.
  private static func swapped(_ call: JSONValue, _ isOther: inout Bool) -> JSONValue {
    guard var object = call.objectValue else { return call }
    if var function = object["function"]?.objectValue {
      guard let arguments = function["arguments"].flatMap(other) else { return call }
      function["arguments"] = arguments
      object["function"] = .object(function)
    } else {
      guard let arguments = object["arguments"].flatMap(other) else { return call }
      object["arguments"] = arguments
    }
    isOther = true
    return .object(object)
  }

  private static func other(_ arguments: JSONValue) -> JSONValue? {
    switch arguments {
    case .object: .string(arguments.serialized(.spaced))
    case .string(let text): (try? JSONValue(parsing: text)).flatMap { $0.objectValue == nil ? nil : $0 }
    default: nil
    }
  }
}
