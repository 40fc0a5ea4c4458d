import OrderedJSON

/// What a row says that a call answered.
struct RecordedResult: Sendable {
  /// The call's place among the row's calls, from 0.
  var call: Int
  /// The message that holds it.
  var message: Int
  /// What the message says of it.
  var result: MessageReading.Result

  /// The content as it is written.
  var content: JSONValue { result.content }

  /// Where the content stands, as a JSON Pointer into the row.
  func path(in conversation: RowConversation) -> String {
    conversation.place(of: result, in: message, result.contentKey)
  }
}

extension RowConversation {
  /// Where a member of a result stands: its content, or whose call it answers.
  func place(of result: MessageReading.Result, in message: Int, _ key: String) -> String {
    guard let (index, place) = result.part else {
      return key == "content" ? content(message) : "\(turn(message))/\(key)"
    }
    return "\(part(message, index))\(place)/\(key)"
  }
}
