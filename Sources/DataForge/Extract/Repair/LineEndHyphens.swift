/// Decides what a line break becomes, and above all a hyphen before it: the typesetter's, to be taken out, or the
/// word's own.
///
/// The document's own words decide: `informa-` + `tion` is one word where `information` occurs in it, `well-` + `known`
/// keeps its hyphen where `well-known` stands within a line, or where both halves are words and the whole never is.
struct LineEndHyphens {
  /// What a line break becomes.
  enum Join: Equatable {
    /// A space between two words.
    case space
    /// Nothing, and the last `removing` bytes of the line above go too.
    case nothing(removing: Int)
  }

  /// How often each word that matters occurs within a line.
  private var counts: [UInt64: Int] = [:]

  /// Gathers what the halves at all line ends could be, then counts these in all the text: one pass, whatever the
  /// number of candidates.
  init(pages: [PageFragments], blocks: [[DraftBlock]]) {
    for page in blocks {
      for block in page where !block.keepsLines {
        if let table = block.table {
          let bytes = pages[block.first.page].bytes
          for cell in table.rows.lazy.flatMap(\.cells) {
            for (above, below) in zip(cell, cell.dropFirst()) { expect(Halves(bytes[above], bytes[below])) }
          }
          continue
        }
        for (above, below) in zip(block.rows, block.rows.dropFirst()) {
          expect(Halves(pages[above.page].bytes[above.text], pages[below.page].bytes[below.text]))
        }
      }
    }
    guard !counts.isEmpty else { return }
    for page in pages { count(page) }
  }

  private mutating func expect(_ halves: Halves?) {
    guard let halves else { return }
    for word in halves.all { counts[word] = 0 }
  }

  /// What becomes of the break between two lines of one block.
  func join(_ above: ArraySlice<UInt8>, _ below: ArraySlice<UInt8>) -> Join {
    guard let last = above.last, let first = below.first else { return .space }
    if above.suffix(2).elementsEqual([0xC2, 0xAD]) { return .nothing(removing: 2) }
    if last == UInt8(ascii: "-") {
      guard let before = above.dropLast().last, before != 0x20, before != UInt8(ascii: "-") else { return .space }
      // Addresses are broken at their own hyphens.
      if isAddress(above) { return .nothing(removing: 0) }
      guard let halves = Halves(above, below) else {
        return LineLabel.isLetter(first) || LineLabel.isDigit(first) ? .nothing(removing: 0) : .space
      }
      if halves.isSuspended, counts[halves.whole] ?? 0 == 0 { return .space }
      return .nothing(removing: keepsHyphen(halves) ? 0 : 1)
    }
    // Dashes join words without spaces; Chinese and Japanese have no spaces to put back.
    if last >= 0x80, above.suffix(3).elementsEqual("—".utf8) || above.suffix(3).elementsEqual("–".utf8),
      let before = above.dropLast(3).last, before != 0x20
    {
      return .nothing(removing: 0)
    }
    if "/=?&_.".utf8.contains(last), isAddress(above), goesOnAsAddress(below) { return .nothing(removing: 0) }
    if last >= 0x80, first >= 0xE3, Self.isIdeographic(above.suffix(3)), Self.isIdeographic(below.prefix(3)) {
      return .nothing(removing: 0)
    }
    return .space
  }

  /// Whether a line ends within an address of the web.
  private func isAddress(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.suffix(while: { $0 != 0x20 })
    guard word.count > 6 else { return false }
    for (place, byte) in zip(word.indices, word) where byte == UInt8(ascii: ":") || byte == UInt8(ascii: "w") {
      let rest = word[place...]
      if rest.starts(with: "://".utf8) || rest.starts(with: "www.".utf8) { return true }
    }
    return false
  }

  /// Whether a line begins with what cannot be a word: it has an address's marks inside.
  private func goesOnAsAddress(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.prefix { $0 != 0x20 }
    guard let first = word.first, !LineLabel.isUpper(first) else { return false }
    return word.dropLast().contains { "/.?=&_~".utf8.contains($0) }
  }

  private func keepsHyphen(_ halves: Halves) -> Bool {
    let whole = counts[halves.whole] ?? 0
    let hyphenated = counts[halves.hyphenated] ?? 0
    if whole != hyphenated { return hyphenated > whole }
    // Before a capital only the document's own word proves that one was cut.
    if halves.isUpper { return true }
    if halves.leftLength == 1 { return true }
    if Self.openers.contains(halves.left) || Self.closers.contains(halves.right) { return false }
    let shorter = min(halves.leftLength, halves.rightLength)
    let (left, right) = (counts[halves.left] ?? 0, counts[halves.right] ?? 0)
    return (shorter >= (halves.isCompound ? 2 : 3) && left >= 2 && right >= 2)
      || (shorter >= 5 && left >= 1 && right >= 1)
  }

  /// Words that begin or end longer words without a hyphen (`somewhat`, `themselves`): both halves being words proves
  /// nothing there.
  private static let openers = hashes([
    "some", "any", "every", "there", "where", "here", "with", "under", "over", "out", "through", "what", "when", "who",
    "how", "never", "none", "further", "more", "can", "may", "mean", "back", "fore", "inter", "after", "him", "them",
  ])
  private static let closers = hashes([
    "self", "selves", "thing", "things", "where", "ever", "fore", "ward", "wards", "wise", "ship", "ness", "less",
    "able", "ful", "fully", "ment", "tion", "times", "most", "body", "how", "what", "out", "ing", "ings", "ers",
    "ted", "ally", "ity", "ous", "ive",
  ])

  private static func hashes(_ words: [String]) -> Set<UInt64> {
    Set(words.map { WordHash.hash(Array($0.utf8)[...]) })
  }

  private mutating func count(_ page: PageFragments) {
    var isSecondHalf = false
    page.bytes.withUnsafeBufferPointer { bytes in
      for fragment in page.fragments {
        var word = WordHash()
        for index in fragment.text {
          if word.take(bytes[index]) { continue }
          if let hash = word.end(), !isSecondHalf, counts[hash] != nil { counts[hash, default: 0] += 1 }
          isSecondHalf = false
        }
        // A half at the end of a line is no word; neither is the other half on the next line.
        if fragment.text.last.map({ bytes[$0] == UInt8(ascii: "-") || bytes[$0] == 0xAD }) ?? false {
          isSecondHalf = true
          continue
        }
        if let hash = word.end(), !isSecondHalf, counts[hash] != nil { counts[hash, default: 0] += 1 }
        isSecondHalf = false
      }
    }
  }

  private static func isIdeographic(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 3, let lead = bytes.first else { return false }
    return lead >= 0xE3 && lead <= 0xE9
  }

  /// The parts of a word that a hyphen at a line's end may have cut, as hashes of their small letters.
  private struct Halves {
    var left: UInt64
    var right: UInt64
    var whole: UInt64
    var hyphenated: UInt64
    var leftLength: Int
    var rightLength: Int
    /// The left half ends a compound: `analysis-of-` + `variance`.
    var isCompound: Bool
    /// Both halves are capitals.
    var isUpper: Bool
    /// A word follows that may stand between two halves of compounds: `pre-` + `and post-war`.
    var isSuspended: Bool
    var all: [UInt64] { [left, right, whole, hyphenated] }

    private static let conjunctions = hashes([
      "and", "or", "to", "nor", "und", "oder", "bzw", "bis", "et", "ou", "y", "o", "e", "en", "of", "och", "og", "i",
    ])

    /// `nil` unless a hyphen stands between a letter and a small letter, or between capitals.
    init?(_ above: ArraySlice<UInt8>, _ below: ArraySlice<UInt8>) {
      guard above.last == UInt8(ascii: "-"), let first = below.first else { return nil }
      let before = above.dropLast()
      isUpper = LineLabel.isUpper(first)
      if isUpper {
        guard before.suffix(2).allSatisfy(LineLabel.isUpper), below.prefix(2).allSatisfy(LineLabel.isUpper) else {
          return nil
        }
      } else if !LineLabel.isLower(first) && first < 0xC3 {
        return nil
      }
      // Of `state-of-the-` only the last word was cut, or not.
      let leftWord = before.suffix(while: { WordHash.isPart($0) && $0 != UInt8(ascii: "-") })
      guard let end = leftWord.last, end != UInt8(ascii: "'") else { return nil }
      let rightWord = below.prefix(while: { WordHash.isPart($0) })
      left = WordHash.hash(leftWord)
      right = WordHash.hash(rightWord)
      whole = WordHash.hash(leftWord, rightWord)
      hyphenated = WordHash.hash(above.suffix(leftWord.count + 1), rightWord)
      leftLength = leftWord.count
      rightLength = rightWord.count
      isSuspended = !isUpper && Self.conjunctions.contains(right)
      isCompound = before.dropLast(leftWord.count).last == UInt8(ascii: "-")
    }
  }
}

/// Hashes words of letters, hyphens and apostrophes without making strings of them.
private struct WordHash {
  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  private var value = seed
  private var length = 0

  static func isPart(_ byte: UInt8) -> Bool {
    LineLabel.isLetter(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "'")
      || (byte >= 0x80 && byte != 0xE2)
  }

  static func hash(_ parts: ArraySlice<UInt8>...) -> UInt64 {
    var word = WordHash()
    for part in parts { for byte in part { _ = word.take(byte) } }
    return word.value
  }

  /// Takes a byte into the word; `false` where it is none of a word's.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard Self.isPart(byte) else { return false }
    value = (value ^ UInt64(byte < 0x80 && byte > 0x40 ? byte | 0x20 : byte)) &* 0x100_0000_01b3
    length += 1
    return true
  }

  @inline(__always)
  mutating func end() -> UInt64? {
    defer { self = WordHash() }
    return length > 0 ? value : nil
  }
}

extension ArraySlice {
  /// The longest end of which every element fulfils the condition.
  fileprivate func suffix(while isPart: (Element) -> Bool) -> ArraySlice {
    var start = endIndex
    while start > startIndex && isPart(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
