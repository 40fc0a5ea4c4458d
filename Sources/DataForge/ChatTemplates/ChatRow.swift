import OrderedJSON

/// A row of the `messages` form as a chat template takes it: nothing is added, changed or left out.
public struct ChatRow: Sendable {
  /// The conversation, each message as it stands in the row.
  public var messages: [JSONValue]
  /// The tools; `nil` where the row has none or `null`.
  public var tools: [JSONValue]?
  /// What the row hands to the template besides: TRL's `chat_template_kwargs`.
  public var arguments: JSONObject

  /// Takes the parts.
  public init(messages: [JSONValue], tools: [JSONValue]? = nil, arguments: JSONObject = [:]) {
    self.messages = messages
    self.tools = tools
    self.arguments = arguments
  }

  /// Reads the parts out of a row.
  ///
  /// `tools` may be JSON text, as some datasets have it (TRL reads it so too).
  /// - Throws: `RowMisfit` where `messages`, `tools` or `chat_template_kwargs` are not of the form.
  public init(_ row: JSONObject) throws(RowMisfit) {
    guard let messages = row["messages"]?.arrayValue else {
      throw RowMisfit("/messages", "a row needs a list of messages")
    }
    for (index, message) in messages.enumerated() where message.objectValue == nil {
      throw RowMisfit("/messages/\(index)", "a message must be an object, not \(message.typeName)")
    }
    self.messages = messages
    switch row["tools"] {
    case nil, .null?: tools = nil
    case .array(let list)?: tools = list
    case .string(let text)?:
      guard let list = (try? JSONValue(parsing: text))?.arrayValue else {
        throw RowMisfit("/tools", "the text is no JSON list of tools")
      }
      tools = list
    case let other?: throw RowMisfit("/tools", "tools are a list, not \(other.typeName)")
    }
    switch row["chat_template_kwargs"] {
    case nil, .null?: arguments = [:]
    case .object(let object)?: arguments = object
    case let other?:
      throw RowMisfit("/chat_template_kwargs", "they are an object, not \(other.typeName)")
    }
  }

  /// The row whose messages have no members that are `null`.
  ///
  /// `tokenizer.apply_chat_template` leaves them out before a template sees them, since many templates fail at them.
  var withoutNulls: ChatRow {
    var row = self
    row.messages = messages.map { message in message.objectValue.map { .object($0.withoutNulls) } ?? message }
    return row
  }

  /// The row with so many of its first messages.
  func prefix(_ count: Int) -> ChatRow {
    var row = self
    row.messages = Array(messages.prefix(count))
    return row
  }
}
