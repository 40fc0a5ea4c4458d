/// Reads the mark that a block begins with: a footnote's, a list item's, a cited work's.
enum BlockMark {
  static func mark(of role: Role, _ text: ArraySlice<UInt8>) -> String? {
    switch role {
    case .footnote: note(text).map { String(decoding: text[$0.mark], as: UTF8.self) }
    case .listItem: listItem(text)
    case .references: ReferenceEntries.markLength(text).map { String(decoding: text.prefix($0), as: UTF8.self) }
    default: nil
    }
  }

  /// Where a note's mark stands, without the brackets or the full stop around it, and where its text begins.
  static func note(_ text: ArraySlice<UInt8>) -> (mark: Range<Int>, body: Int)? {
    var start = text.startIndex
    while start < text.endIndex, text[start] == UInt8(ascii: "[") || text[start] == UInt8(ascii: "(") { start += 1 }
    var end = start
    while end < text.endIndex, end - start < 4, LineLabel.isDigit(text[end]) { end += 1 }
    if end == start {
      while let length = signLength(text[end...]) { end += length }
    }
    // A letter is a mark where a bracket or a space sets it apart.
    if end == start, end + 1 < text.endIndex, LineLabel.isLower(text[end]),
      text[end + 1] == 0x20 || text[end + 1] == UInt8(ascii: ")") || text[end + 1] == UInt8(ascii: "]")
    {
      end += 1
    }
    guard end > start else { return nil }
    var body = end
    while body < text.endIndex, ".)]: ".utf8.contains(text[body]) { body += 1 }
    return (start..<end, body)
  }

  private static let signs = ["*", "†", "‡", "§", "¶", "∗", "‖", "#", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁰"]
    .map { Array($0.utf8) }

  private static func signLength(_ text: ArraySlice<UInt8>) -> Int? {
    signs.first { text.starts(with: $0) }?.count
  }

  private static func listItem(_ text: ArraySlice<UInt8>) -> String? {
    switch LineLabel(text) {
    case .bullet(let length), .item(let length), .section(let length, _):
      String(decoding: text.prefix(length).prefix { $0 != 0x20 }, as: UTF8.self)
    default: nil
    }
  }
}
