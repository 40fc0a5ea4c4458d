/// Tells footnotes from paragraphs: small text at the foot of a column that begins with a mark.
struct FootnoteRules {
  let style: DocumentStyle

  /// Marks the footnotes at the end of one region. `isOpen` says that the column or page before ended in the middle of
  /// a note, so that the first one here may lack its mark.
  func mark(_ blocks: inout [DraftBlock], bytes: [UInt8], pageHeight: Float, isOpen: Bool) {
    var start = blocks.endIndex
    while start > blocks.startIndex {
      let block = blocks[start - 1]
      guard block.role == .paragraph || block.role == .listItem, !block.keepsLines, isSmall(block.size),
        block.first.y0 > pageHeight * 0.35
      else { break }
      start -= 1
    }
    let marked = blocks[start...].firstIndex { Self.beginsWithMark(bytes[$0.first.text]) }
    guard let first = isOpen && start > 0 && start < blocks.count ? start : marked else { return }
    var notes: [DraftBlock] = []
    for block in blocks[first...] { notes += parted(block, bytes: bytes) }
    blocks.replaceSubrange(first..., with: notes)
  }

  /// Smaller than the text, but not as small as the letters in a figure.
  func isSmall(_ size: Float) -> Bool { size < style.bodySize * 0.93 && size > style.bodySize * 0.55 }

  /// One block for each note: notes stand close together, so a new one shows by its mark only.
  private func parted(_ block: DraftBlock, bytes: [UInt8]) -> [DraftBlock] {
    var notes: [DraftBlock] = []
    for row in block.rows {
      if let last = notes.last?.last, !(Self.beginsWithMark(bytes[row.text]) && SentenceEnd.ends(bytes[last.text])) {
        notes[notes.count - 1].rows.append(row)
      } else {
        notes.append(DraftBlock(role: .footnote, rows: [row]))
      }
    }
    return notes
  }

  /// A number of up to three digits, a letter in brackets, or one of the usual signs.
  static func beginsWithMark(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    if first == UInt8(ascii: "*") { return true }
    let signs = ["†", "‡", "§", "¶", "∗", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    if first >= 0x80 { return signs.contains { text.starts(with: $0.utf8) } }
    let at = first == UInt8(ascii: "[") || first == UInt8(ascii: "(") ? text.startIndex + 1 : text.startIndex
    let digits = text[at...].prefix { LineLabel.isDigit($0) }.count
    guard digits >= 1, digits <= 3, at + digits < text.endIndex else { return false }
    let next = text[at + digits]
    guard text[at...].contains(where: { LineLabel.isLetter($0) || $0 >= 0x80 }) else { return false }
    return next == 0x20 || next == UInt8(ascii: ".") || next == UInt8(ascii: ")") || next == UInt8(ascii: "]")
      || LineLabel.isLetter(next) || next >= 0x80
  }
}
