import OrderedJSON

/// A final message that the model is to go on with: the text is rendered with a mark behind that message, and cut there.
///
/// Source: `continue_final_message` of `render_jinja_template` in `transformers` 5.23.
struct ContinuedMessage {
  /// Under which names a message's reasoning stands; the first is the standard one.
  static let reasoningFields = ["reasoning_content", "thinking", "reasoning"]

  private static let mark = "CONTINUE_FINAL_MESSAGE_TAG "
  private static let trimmedMark = "CONTINUE_FINAL_MESSAGE_TAG"

  /// What the final message says, which must be found again.
  private let text: String

  /// Puts the mark behind the final message.
  /// - Parameter request: `true`, or the name of the message's field that goes on.
  init(
    _ request: JSONValue, in messages: inout [JSONValue], template source: String
  ) throws(ChatRenderError) {
    guard var last = messages.last?.objectValue else {
      throw Self.failure("the conversation is empty")
    }
    let field = request.stringValue ?? "content"
    guard let value = last[field], !value.isNull else {
      throw Self.failure("the final message has no “\(field)” to go on with")
    }
    // Reasoning stands under several names; whichever the template reads has the mark.
    let fields = Self.reasoningFields.contains(field) ? Self.reasoningFields.filter { last[$0] == value } : [field]
    guard fields.contains(where: source.contains) else {
      throw Self.failure("the template never reads “\(field)”")
    }
    switch value {
    case .string(let content):
      text = content
      for field in fields { last[field] = .string(content + Self.mark) }
    case .array(var blocks):
      guard let index = blocks.lastIndex(where: { $0["text"] != nil }), var block = blocks[index].objectValue,
        let content = block["text"]?.stringValue
      else { throw Self.failure("the final message has no text to go on with") }
      text = content
      block["text"] = .string(content + Self.mark)
      blocks[index] = .object(block)
      last[field] = .array(blocks)
    default: throw Self.failure("the final message's “\(field)” is no text")
    }
    messages[messages.count - 1] = .object(last)
  }

  /// The text up to the mark.
  func cut(_ rendered: String) throws(ChatRenderError) -> String {
    let bytes = Array(rendered.utf8)
    let wanted = Array(PythonWhitespace.stripped(text).utf8)
    guard let place = bytes.ranges(of: Array(Self.trimmedMark.utf8)).last?.lowerBound,
      wanted.isEmpty || bytes.firstRange(of: wanted) != nil
    else {
      throw Self.failure("the final message does not stand in the rendered text: the template drops a part of it")
    }
    let before = String(decoding: bytes[..<place], as: UTF8.self)
    let keepsSpace = bytes[place...].starts(with: Self.mark.utf8)
    return keepsSpace ? before : PythonWhitespace.strippedAtEnd(before)
  }

  private static func failure(_ reason: String) -> ChatRenderError {
    ChatRenderError(kind: .arguments, reason: "continue_final_message is set, but \(reason)")
  }
}
