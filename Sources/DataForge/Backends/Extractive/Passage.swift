/// A chunk's text while questions are sought in it.
struct Passage: ~Copyable {
  let bytes: UnsafeBufferPointer<UInt8>

  /// The words between two offsets, each run of white space as one space.
  func text(_ range: Range<Int>) -> String {
    var space = false
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    for offset in range {
      let byte = bytes[offset]
      if isSpace(byte) {
        space = !result.isEmpty
      } else {
        if space { result.append(UInt8(ascii: " ")) }
        space = false
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The words as they stand.
  func verbatim(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The tokens from one index up to another, with the punctuation between them but not behind the last.
  func text(_ tokens: [Token], _ range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    let opening = tokens[first].before
    var start = tokens[first].range.lowerBound
    // An opening quotation mark or bracket belongs to the words only with its closing one.
    if opening != 0, range.contains(where: { tokens[$0].after != 0 }) { start -= opening < 0x80 ? 1 : 3 }
    var end = tokens[last].range.upperBound
    let closes: [UInt8] = [UInt8(ascii: ")"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")]
    if end < bytes.count, closes.contains(bytes[end]), range.contains(where: { tokens[$0].before != 0 }) { end += 1 }
    if end + 2 < bytes.count, bytes[end] == 0xE2, bytes[end + 1] == 0x80,
      bytes[end + 2] == 0x9D || bytes[end + 2] == 0x99,
      range.contains(where: { tokens[$0].before >= 0x80 })
    {
      end += 3
    }
    return text(start..<end)
  }

  /// The tokens with the first one in lower case, where it is a common word that only stands at a sentence's start.
  func inner(_ tokens: [Token], _ range: Range<Int>) -> String {
    let words = text(tokens, range)
    guard let first = range.first, tokens[first].isCapitalised,
      isCommon(tokens[first], next: range.count > 1 ? tokens[first + 1] : nil)
    else { return words }
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  private func isCommon(_ token: Token, next: Token?) -> Bool {
    if token.isCode || ProperNames.contains(token.lower) { return false }
    if !token.classes.isDisjoint(with: [.article, .quantifier, .pronoun, .preposition, .number, .actor, .attribute]) {
      return true
    }
    if token.range.count == 1 { return false }
    if occurs(token.lower, afterLetter: false) { return true }
    if let next, next.isCapitalised, !next.is(.article) { return false }
    if occurs(verbatim(token.range), afterLetter: true) { return false }
    if token.looksPlural || Self.common.contains(token.lower) { return true }
    for form in [VerbForm.base, .past, .gerund] where Verbs.base(of: token.lower, form) != nil { return true }
    // `Bulk density`, `Extreme care`: more often an adjective than the name of a maker.
    if next.map({ !$0.isCode && $0.looksLikeNoun }) ?? false { return true }
    return Self.endings.contains { token.lower.hasSuffix($0) }
  }

  private static let endings = [
    "tion", "sion", "ment", "ness", "ance", "ence", "ware", "ship", "ing", "ity", "ism", "ure",
    "ward", "ive", "ous", "ful", "less", "able", "ible", "ary", "ent", "ant", "ical", "onal", "ural", "eral", "ular",
    "logy", "ency", "ancy",
  ]

  private static let common: Set<String> = [
    "access", "background", "backward", "basic", "binary", "branch", "character", "client", "code", "common",
    "computer",
    "content", "control", "data", "database", "device", "disk", "distinct", "dynamic", "email", "empty", "error",
    "example", "external", "failure", "fast", "forward", "free", "full", "global", "good", "graphics", "group",
    "hardware", "high",
    "home", "human", "initial", "input", "integer", "internal", "internet", "knowledge", "language", "large", "lazy",
    "local", "long",
    "low", "lower", "machine", "main", "memory", "message", "mobile", "money", "multiple", "native", "network", "new",
    "normal", "numeric", "object", "official", "old", "online", "optional", "ordinary", "page", "paper", "people",
    "physical", "plain", "policy", "power", "primary", "private", "progress", "public", "quality", "random", "raw",
    "real", "remote", "research", "root", "safe", "secondary", "secure", "shared", "short", "simple", "single", "small",
    "soft", "source", "space", "special", "specific", "standard", "static", "string", "strong", "success", "symbolic",
    "system", "temporary", "text", "third-party", "time", "traffic", "unique", "upper", "upstream", "user", "video",
    "virtual", "water", "weak", "web", "work", "world", "young",
  ]

  /// Whether the word stands somewhere in the passage just as it is written here; with `afterLetter`, behind a word that
  /// ends in a small letter, so that a capital letter is its own.
  private func occurs(_ word: String, afterLetter: Bool) -> Bool {
    var word = word
    return word.withUTF8 { word in
      guard let first = word.first, word.count < bytes.count else { return false }
      var offset = 2
      while offset + word.count <= bytes.count {
        if bytes[offset] == first, !isLetter(bytes[offset - 1]), !afterLetter || isLower(bytes[offset - 2]),
          word.indices.allSatisfy({ bytes[offset + $0] == word[$0] }),
          offset + word.count == bytes.count || !isLetter(bytes[offset + word.count])
        {
          return true
        }
        offset += 1
      }
      return false
    }
  }
}

extension Array {
  /// The element, or `nil` out of bounds.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
