import OrderedJSON

/// Finds which characters of a rendered row the loss may see.
///
/// Where the template marks what the assistant writes (`{% generation %}`), that is the answer. Else each turn is found by
/// rendering the conversation up to it with and without it, and where a later turn changes how an earlier one is
/// written, by reading the text back in its dialect.
struct LossMask {
  let renderer: ChatRenderer
  let turns: TrainedTurns

  /// Why the characters cannot be told.
  struct Unknown: Error, Hashable {
    var reason: String
  }

  /// The characters, in code points, in order, without overlaps.
  func spans(of row: ChatRow, in chat: RenderedChat) throws(Unknown) -> [Range<Int>] {
    let wanted = turns.wanted(row.messages)
    guard wanted.contains(true) else { return [] }
    if turns.roles == nil, !wanted.contains(false) { return [0..<chat.text.unicodeScalars.count] }
    if let marked = marked(chat.assistantSpans, row.messages, wanted) { return Self.merged(marked) }
    let search = TurnSearch(renderer: renderer, row: row, text: chat.text)
    var spans: [Range<Int>] = []
    for index in row.messages.indices where wanted[index] {
      guard let span = search.span(of: index) else {
        throw Unknown(
          reason:
            "/messages/\(index): where this turn begins and ends in the text cannot be told, because the template "
            + "writes it otherwise when more follows; use a template with {% generation %} marks")
      }
      spans.append(span)
    }
    return Self.merged(spans)
  }

  // MARK: What the template marks

  /// The marks of the wanted turns; `nil` where the marks cannot be dealt to the turns.
  private func marked(_ marks: [Range<Int>]?, _ messages: [JSONValue], _ wanted: [Bool]) -> [Range<Int>]? {
    guard let marks else { return nil }
    let assistants = messages.indices.filter { Self.isAssistant(messages[$0]) }
    guard messages.indices.allSatisfy({ !wanted[$0] || Self.isAssistant(messages[$0]) }) else { return nil }
    if assistants.allSatisfy({ wanted[$0] }) { return marks }
    guard marks.count == assistants.count else { return nil }
    return zip(assistants, marks).filter { wanted[$0.0] }.map(\.1)
  }

  private static func isAssistant(_ message: JSONValue) -> Bool { message["role"]?.stringValue == "assistant" }

  // MARK: Ranges

  private static func merged(_ spans: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for span in spans.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if let last = result.last, span.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        result.append(span)
      }
    }
    return result
  }
}
