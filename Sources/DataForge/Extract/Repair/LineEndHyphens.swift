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
      for block in page where !block.keepsLines && block.table == nil {
        for (above, below) in zip(block.rows, block.rows.dropFirst()) {
          guard let halves = Halves(pages[above.page].bytes[above.text], pages[below.page].bytes[below.text]) else {
            continue
          }
          for word in halves.all { counts[word] = 0 }
        }
      }
    }
    guard !counts.isEmpty else { return }
    for page in pages { count(page) }
  }

  /// What becomes of the break between two lines of one block.
  func join(_ above: ArraySlice<UInt8>, _ below: ArraySlice<UInt8>) -> Join {
    guard let last = above.last, let first = below.first else { return .space }
    if above.suffix(2).elementsEqual([0xC2, 0xAD]) { return .nothing(removing: 2) }
    if last == UInt8(ascii: "-") {
      guard let before = above.dropLast().last, before != 0x20, before != UInt8(ascii: "-") else { return .space }
      guard let halves = Halves(above, below) else {
        return LineLabel.isLetter(first) || LineLabel.isDigit(first) ? .nothing(removing: 0) : .space
      }
      return .nothing(removing: keepsHyphen(halves) ? 0 : 1)
    }
    // Em dashes join words without spaces; Chinese and Japanese have no spaces to put back.
    if above.suffix(3).elementsEqual("—".utf8), above.dropLast(3).last != 0x20 { return .nothing(removing: 0) }
    if last >= 0x80, first >= 0xE3, Self.isIdeographic(above.suffix(3)), Self.isIdeographic(below.prefix(3)) {
      return .nothing(removing: 0)
    }
    return .space
  }

  private func keepsHyphen(_ halves: Halves) -> Bool {
    let whole = counts[halves.whole] ?? 0
    let hyphenated = counts[halves.hyphenated] ?? 0
    if whole != hyphenated { return hyphenated > whole }
    if halves.leftLength == 1 { return true }
    if Self.openers.contains(halves.left) || Self.closers.contains(halves.right) { return false }
    return min(halves.leftLength, halves.rightLength) >= (halves.isCompound ? 2 : 3) && counts[halves.left] ?? 0 >= 2
      && counts[halves.right] ?? 0 >= 2
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
    var all: [UInt64] { [left, right, whole, hyphenated] }

    /// `nil` unless a hyphen stands between a letter and a small letter.
    init?(_ above: ArraySlice<UInt8>, _ below: ArraySlice<UInt8>) {
      guard above.last == UInt8(ascii: "-"), let first = below.first, LineLabel.isLower(first) || first >= 0xC3 else {
        return nil
      }
      let before = above.dropLast()
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
