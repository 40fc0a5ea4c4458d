/// A word of a sentence with the punctuation around it.
struct Token: Sendable {
  /// UTF-8 offsets of the word in the passage, without punctuation.
  var range: Range<Int>
  /// The word in ASCII lower case.
  var lower: String
  var classes: WordClass
  /// The first mark of punctuation behind the word, or 0.
  var after: UInt8
  /// The mark right before the word, or 0.
  var before: UInt8
  /// Begins with a capital letter.
  var isCapitalised: Bool
  /// Holds what ordinary words don't: digits, underscores, slashes, inner capitals or dots, or is an option.
  var isCode: Bool
  /// Consists of digits with their separators.
  var isNumeric: Bool

  func `is`(_ classes: WordClass) -> Bool { !self.classes.isDisjoint(with: classes) }

  /// Whether a comma, semicolon, colon, dash or closing bracket parts it from the next word.
  var isBreak: Bool { after != 0 }
  var hasComma: Bool { after == UInt8(ascii: ",") }

  /// Whether it can be the last word of a noun phrase, as far as its form tells.
  var looksLikeNoun: Bool {
    if isCode || isNumeric { return true }
    return classes.isDisjoint(with: [
      .article, .preposition, .conjunction, .subordinator, .be, .auxiliary, .modal, .adverb, .connective, .pronoun,
      .quantifier,
    ])
  }

  /// Whether it looks like the past participle of a verb.
  var isParticiple: Bool {
    lower.hasSuffix("ed") && lower.utf8.count > 4 && !isCapitalised || Verbs.base(of: lower, .past) != nil
  }

  /// Whether it looks like the plural of a noun.
  var looksPlural: Bool {
    lower.hasSuffix("s") && !lower.hasSuffix("ss") && !lower.hasSuffix("us") && !lower.hasSuffix("is") && !isCode
      || Self.plurals.contains(lower)
  }

  private static let plurals: Set<String> = [
    "data", "people", "children", "criteria", "men", "women", "media", "indices",
  ]
}

/// Cuts sentences into tokens.
enum WordTokenizer {
  static func tokens(of bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(range.count / 5)
    var offset = range.lowerBound
    while offset < range.upperBound {
      while offset < range.upperBound, isSpace(bytes[offset]) { offset += 1 }
      let start = offset
      while offset < range.upperBound, !isSpace(bytes[offset]) { offset += 1 }
      if start < offset { append(bytes, start..<offset, to: &tokens) }
    }
    return tokens
  }

  private static func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to tokens: inout [Token]) {
    var start = range.lowerBound
    var end = range.upperBound
    var before: UInt8 = 0
    var after: UInt8 = 0
    while start < end, isOpening(bytes, start, end) {
      before = bytes[start]
      start += bytes[start] < 0x80 ? 1 : 3
    }
    while end > start {
      let length = closingLength(bytes, start, end)
      guard length > 0 else { break }
      end -= length
      let mark = length == 1 ? bytes[end] : bytes[end + 2] | 0x80
      // Of `"word",` and `(word):` the comma and the colon count.
      if after == 0 || !isStop(after) { after = mark }
    }
    guard start < end else {
      // A dash by itself parts the words around it.
      if let last = tokens.indices.last, tokens[last].after == 0 { tokens[last].after = UInt8(ascii: ";") }
      return
    }
    tokens.append(word(bytes, start..<end, before: before, after: after))
  }

  private static func word(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, before: UInt8, after: UInt8
  ) -> Token {
    var digits = 0
    var marks = 0
    var uppers = 0
    var others = 0
    for offset in range {
      let byte = bytes[offset]
      if isDigit(byte) {
        digits += 1
      } else if isUpper(byte) {
        uppers += 1
      } else if byte < 0x80, !isLetter(byte) {
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "'") { others += 1 } else { marks += 1 }
      } else {
        others += 1
      }
    }
    let lower = String(unsafeUninitializedCapacity: range.count) { buffer in
      for (place, offset) in range.enumerated() {
        let byte = bytes[offset]
        buffer[place] = isUpper(byte) ? byte | 0x20 : byte
      }
      return range.count
    }
    let first = bytes[range.lowerBound]
    let isNumeric = digits > 0 && uppers == 0 && others == 0
    let isOption = first == UInt8(ascii: "-") && range.count > 1
    let innerCapital = uppers > (isUpper(first) ? 1 : 0)
    let isCode = !isNumeric && (marks > 0 || digits > 0 || isOption || innerCapital && range.count > 1)
    return Token(
      range: range, lower: lower, classes: Lexicon.classes(of: lower), after: after, before: before,
      isCapitalised: isUpper(first), isCode: isCode, isNumeric: isNumeric)
  }

  private static func isStop(_ mark: UInt8) -> Bool {
    switch mark {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
      UInt8(ascii: "?"):
      true
    default: false
    }
  }

  private static func isOpening(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
    switch bytes[at] {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): true
    // “ ‘
    case 0xE2 where at + 2 < end: bytes[at + 1] == 0x80 && ([0x9C, 0x98, 0x99].contains(bytes[at + 2]))
    default: false
    }
  }

  /// How many bytes of closing punctuation stand at the end; 0 for none.
  private static func closingLength(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    switch bytes[end - 1] {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
      UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "]"):
      return 1
    case UInt8(ascii: ")"):
      // `mean()` and `crypt(3)` keep theirs.
      for offset in start..<end where bytes[offset] == UInt8(ascii: "(") { return 0 }
      return 1
    case 0x9D, 0x99, 0x94, 0x93:
      // ” ’ — –
      return end - start >= 3 && bytes[end - 3] == 0xE2 && bytes[end - 2] == 0x80 ? 3 : 0
    default:
      return 0
    }
  }
}
