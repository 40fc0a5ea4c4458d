import OrderedJSON

/// Finds the turns of a conversation in its text where the template marks none.
///
/// A turn begins where the text ends that has it begun (the generation prompt), and ends where the text of the conversation
/// up to it ends. Both hold only as far as what comes later leaves the text before it alone; where it does not, the
/// dialect tells.
final class TurnSearch {
  private let renderer: ChatRenderer
  private let row: ChatRow
  private let rendered: String
  private let text: [UInt8]
  /// The assistant's turns by the message's index, in bytes, as the dialect reads them.
  private lazy var read: [Int: Range<Int>] = readBack()

  init(renderer: ChatRenderer, row: ChatRow, text: String) {
    self.renderer = renderer
    self.row = row
    rendered = text
    self.text = Array(text.utf8)
  }

  /// What the turn's author wrote of the text, in code points; `nil` where it cannot be told.
  func span(of index: Int) -> Range<Int>? {
    let isAssistant = row.messages[index]["role"]?.stringValue == "assistant"
    guard let start = isAssistant ? begin(of: index) : length(upTo: index),
      let end = end(of: index), start <= end
    else { return isAssistant ? read[index].map(codePoints) : nil }
    return codePoints(start..<(isAssistant ? written(start..<end, by: row.messages[index]) : end))
  }

  // MARK: What rendering tells

  /// Where the assistant's own text begins: behind the prompt that has the turn begun.
  ///
  /// A prompt that the text does not hold whole goes on with what this turn does not say (`<think>`); then the dialect
  /// knows the header.
  private func begin(of index: Int) -> Int? {
    guard let prompt = bytes(row.prefix(index), prompt: true) else { return read[index]?.lowerBound }
    if text.starts(with: prompt) { return prompt.count }
    if let start = read[index]?.lowerBound { return start }
    guard let before = length(upTo: index) else { return nil }
    var shared = zip(prompt, text).prefix { $0 == $1 }.count
    while shared > 0, shared < text.count, text[shared] & 0xC0 == 0x80 { shared -= 1 }
    return shared >= before ? shared : nil
  }

  private func end(of index: Int) -> Int? {
    if index + 1 == row.messages.count, !asksForMore { return text.count }
    return length(upTo: index + 1) ?? read[index]?.upperBound ?? lengthWithoutEOS(upTo: index + 1)
  }

  /// Whether the text goes on behind the last message, with the beginning of a turn.
  private var asksForMore: Bool {
    row.arguments["add_generation_prompt"].map(ChatRenderer.isTrue) ?? renderer.addGenerationPrompt
  }

  /// How much of the text the first messages take; `nil` where they are written otherwise without the rest.
  private func length(upTo count: Int) -> Int? {
    // No conversation is no text: many templates fail at it.
    if count == 0 { return 0 }
    guard let part = bytes(row.prefix(count), prompt: false), text.starts(with: part) else { return nil }
    return part.count
  }

  /// The same for templates that end the whole text with a token that no turn in the midst has.
  private func lengthWithoutEOS(upTo count: Int) -> Int? {
    guard let part = bytes(row.prefix(count), prompt: false) else { return nil }
    let eos = row.arguments["eos_token"]?.stringValue ?? renderer.template.tokens.eos ?? ""
    let trimmed = part[..<Self.trimmed(part[...])]
    guard !eos.isEmpty, trimmed.reversed().starts(with: eos.utf8.reversed()) else { return nil }
    let shorter = trimmed.dropLast(eos.utf8.count)
    return text.starts(with: shorter) ? shorter.count : nil
  }

  /// Rendering grows with the square of the turns; a conversation with more of them is left to the dialect.
  private static let mostMessages = 500

  private func bytes(_ part: ChatRow, prompt: Bool) -> [UInt8]? {
    guard row.messages.count <= Self.mostMessages else { return nil }
    return (try? renderer.render(part, addGenerationPrompt: prompt)).map { Array($0.text.utf8) }
  }

  /// The end of what was written. The blanks behind an end-of-turn token separate turns and are not the author's.
  private func written(_ span: Range<Int>, by message: JSONValue) -> Int {
    let end = Self.trimmed(text[span])
    let content = Array(PythonWhitespace.stripped(message["content"]?.stringValue ?? "").utf8)
    let endsWithContent = !content.isEmpty && text[span.lowerBound..<end].reversed().starts(with: content.reversed())
    return endsWithContent ? span.upperBound : end
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> Int {
    var end = bytes.endIndex
    while end > bytes.startIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
    return end
  }

  // MARK: What the dialect tells

  private func readBack() -> [Int: Range<Int>] {
    let assistants = row.messages.indices.filter { row.messages[$0]["role"]?.stringValue == "assistant" }
    guard let chat = try? renderer.template.dialect?.parse(rendered) else { return [:] }
    var turns = chat.turns.filter { $0.role == "assistant" }
    // The beginning of a further turn, at the text's end, is no message of the row.
    if asksForMore, turns.count == assistants.count + 1 { turns.removeLast() }
    guard turns.count == assistants.count else { return [:] }
    return Dictionary(uniqueKeysWithValues: zip(assistants, turns.map { bytes(ofCodePoints: $0.trained) }))
  }

  private func bytes(ofCodePoints range: Range<Int>) -> Range<Int> {
    let scalars = rendered.unicodeScalars
    let start = scalars.index(scalars.startIndex, offsetBy: range.lowerBound, limitedBy: scalars.endIndex)
    let end = start.flatMap { scalars.index($0, offsetBy: range.count, limitedBy: scalars.endIndex) }
    func offset(_ index: String.Index?) -> Int {
      rendered.utf8.distance(from: rendered.startIndex, to: index ?? rendered.endIndex)
    }
    return offset(start)..<offset(end)
  }

  private func codePoints(_ span: Range<Int>) -> Range<Int> {
    func count(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
    let start = count(text[..<span.lowerBound])
    return start..<start + count(text[span])
  }
}
