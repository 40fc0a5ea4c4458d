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
    let text = Array(chat.text.utf8)
    var read: [Int: Range<Int>]?
    var spans: [Range<Int>] = []
    for index in row.messages.indices where wanted[index] {
      if let span = rendered(index, of: row, in: text) {
        spans.append(Self.codePoints(span, in: text))
        continue
      }
      if read == nil { read = readBack(row.messages, chat.text) }
      guard let span = read?[index] else {
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

  // MARK: What rendering tells

  /// The bytes that a turn takes in the text.
  private func rendered(_ index: Int, of row: ChatRow, in text: [UInt8]) -> Range<Int>? {
    guard let before = bytes(row.prefix(index), prompt: false), text.starts(with: before),
      let after = index + 1 == row.messages.count ? text : bytes(row.prefix(index + 1), prompt: false),
      text.starts(with: after)
    else { return nil }
    guard Self.isAssistant(row.messages[index]) else {
      return before.count <= after.count ? before.count..<after.count : nil
    }
    // The header is what the template writes to have a turn begun. It may begin the turn's text too (“<think>”), which
    // the model wrote here: then only what both share is the header.
    guard let prompt = bytes(row.prefix(index), prompt: true) else { return nil }
    var start = zip(prompt, text).prefix { $0 == $1 }.count
    while start > 0, start < text.count, text[start] & 0xC0 == 0x80 { start -= 1 }
    guard start >= before.count, start <= after.count else { return nil }
    return start..<Self.end(of: start..<after.count, in: text, message: row.messages[index])
  }

  private func bytes(_ row: ChatRow, prompt: Bool) -> [UInt8]? {
    // No conversation is no text: many templates fail at it.
    if row.messages.isEmpty, !prompt { return [] }
    return (try? renderer.render(row, addGenerationPrompt: prompt)).map { Array($0.text.utf8) }
  }

  /// The end of a turn's text. The blanks behind an end-of-turn token separate turns and are not the model's.
  private static func end(of span: Range<Int>, in text: [UInt8], message: JSONValue) -> Int {
    var end = span.upperBound
    while end > span.lowerBound, [0x20, 0x09, 0x0A, 0x0D].contains(text[end - 1]) { end -= 1 }
    let content = Array(PythonWhitespace.stripped(message["content"]?.stringValue ?? "").utf8)
    let endsWithContent = !content.isEmpty && text[span.lowerBound..<end].reversed().starts(with: content.reversed())
    return endsWithContent ? span.upperBound : end
  }

  // MARK: What the dialect tells

  /// Spans of the assistant's turns by the message's index, in code points.
  private func readBack(_ messages: [JSONValue], _ text: String) -> [Int: Range<Int>] {
    let assistants = messages.indices.filter { Self.isAssistant(messages[$0]) }
    guard let dialect = renderer.template.dialect, let chat = try? dialect.parse(text) else { return [:] }
    let turns = chat.turns.filter { $0.role == "assistant" }
    guard turns.count == assistants.count else { return [:] }
    return Dictionary(uniqueKeysWithValues: zip(assistants, turns.map(\.trained)))
  }

  // MARK: Ranges

  private static func codePoints(_ span: Range<Int>, in text: [UInt8]) -> Range<Int> {
    func count(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
    let start = count(text[..<span.lowerBound])
    return start..<start + count(text[span])
  }

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
