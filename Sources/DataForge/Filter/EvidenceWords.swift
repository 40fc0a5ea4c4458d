/// What is looked up in a piece of evidence. Made once for all answers that rest on it.
struct EvidenceWords {
  /// Every word, common ones too.
  private(set) var keys: Set<UInt64> = []
  /// Neighbouring words.
  private(set) var pairs: Set<UInt64> = []
  /// Numbers that a table or a bad space has torn apart (`235 000`, `2 .5`), put together.
  private(set) var numbers: Set<UInt64> = []

  init(_ evidence: String) {
    let words = WordList(evidence)
    keys.reserveCapacity(words.words.count)
    pairs.reserveCapacity(words.words.count)
    var last: UInt64?
    for word in words.words {
      let key = ContentWords.key(of: word, in: words)
      keys.insert(key)
      if let last { pairs.insert(Self.pair(last, key)) }
      last = key
    }
    for (left, right) in zip(words.words, words.words.dropFirst()) where left.isNumber && right.isNumber {
      let whole = words.bytes[left.range]
      let part = words.bytes[right.range]
      numbers.insert(WordList.hash(whole + part))
      numbers.insert(WordList.hash(whole + [UInt8(ascii: ".")] + part))
    }
    // "18-year-old", "5kg" and "80th" hold the number that an answer may write by itself.
    for word in words.words where word.isNumber {
      let digits = words.bytes[word.range].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") || $0 == 0x2E }
      if digits.count < word.range.count { numbers.insert(WordList.hash(digits)) }
    }
  }

  static func pair(_ left: UInt64, _ right: UInt64) -> UInt64 { WordList.mixed(left &* 31 &+ right) }
}
