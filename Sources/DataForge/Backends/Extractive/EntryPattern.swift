/// An entry of a reference: `--quiet  suppresses …`, `R_HOME: the directory …`.
struct EntryPattern: Sendable {
  /// The question that an entry answers, where a term with a description stands in the range.
  func draft(_ range: Range<Int>, _ passage: borrowing Passage) -> Draft? {
    let bytes = passage.bytes
    guard let gap = gap(bytes, range), !gap.description.isEmpty, gap.description.count <= 400 else { return nil }
    let term = passage.text(gap.term)
    let tokens = WordTokenizer.tokens(of: bytes, in: gap.description)
    guard tokens.count >= 4, let first = tokens.first, !first.is([.pronoun, .voice]),
      !tokens.contains(where: { $0.is([.voice, .pointing]) || ["this", "these", "see"].contains($0.lower) }),
      tokens.count(where: \.isCode) * 3 <= tokens.count
    else { return nil }
    let question: String
    if isOption(term) {
      question = "What does the \(term) option do?"
    } else if isVariable(term) {
      question = "What is the \(term) variable for?"
    } else {
      return nil
    }
    return Draft(
      question: question, answer: gap.description, reason: "The entry for \(term) describes it in these words.",
      score: 0.8)
  }

  /// Where the term ends and its description begins: at a tab, a wide space, a colon or a dash.
  private func gap(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> (term: Range<Int>, description: Range<Int>)? {
    guard let first = range.first else { return nil }
    guard bytes[first] == UInt8(ascii: "-") || isUpper(bytes[first]) else { return nil }
    var offset = first
    let limit = min(range.upperBound, first + 60)
    while offset < limit {
      let byte = bytes[offset]
      let isWide = isSpace(byte) && offset + 1 < limit && isSpace(bytes[offset + 1])
      let isColon = byte == UInt8(ascii: ":") && offset + 1 < limit && isSpace(bytes[offset + 1])
      let isDash = byte == 0x20 && offset + 3 < limit && bytes[offset + 1] == 0xE2 && bytes[offset + 2] == 0x80
      if byte == 0x09 || isWide || isColon || isDash {
        var start = offset + (isDash ? 4 : 1)
        while start < range.upperBound, isSpace(bytes[start]) { start += 1 }
        return (first..<offset, start..<range.upperBound)
      }
      offset += 1
    }
    return nil
  }

  private func isOption(_ term: String) -> Bool {
    let bytes = Array(term.utf8)
    guard bytes.count >= 2, bytes.count <= 40, bytes[0] == UInt8(ascii: "-") else { return false }
    return bytes.count(where: isLetter) > 1 && !bytes.contains(UInt8(ascii: " "))
  }

  private func isVariable(_ term: String) -> Bool {
    let bytes = Array(term.utf8)
    return (4...40).contains(bytes.count) && bytes.contains(UInt8(ascii: "_"))
      && bytes.allSatisfy { isUpper($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }
}
