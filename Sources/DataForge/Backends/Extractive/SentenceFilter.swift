/// Keeps sentences that can be understood, and quoted, by themselves.
enum SentenceFilter {
  static func accepts(_ sentence: Sentence, in passage: borrowing Passage) -> Bool {
    let tokens = sentence.tokens
    guard (sentence.items.isEmpty ? 5 : 3)...45 ~= tokens.count, let first = tokens.first else { return false }
    guard endsWell(sentence, passage), first.isCapitalised || first.isCode, first.before != UInt8(ascii: "(") else {
      return false
    }
    if first.is([.pronoun, .voice, .connective, .conjunction]) { return false }
    return tokensAreClear(tokens, announces: !sentence.items.isEmpty) && bytesAreClean(passage.bytes, sentence.range)
  }

  private static func endsWell(_ sentence: Sentence, _ passage: borrowing Passage) -> Bool {
    var end = sentence.range.upperBound - 1
    let last = passage.bytes[end]
    if last == UInt8(ascii: ":") { return !sentence.items.isEmpty }
    if last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") || last == UInt8(ascii: ")") { end -= 1 }
    guard end > sentence.range.lowerBound + 1 else { return false }
    let stop = passage.bytes[end]
    return (stop == UInt8(ascii: ".") || stop == UInt8(ascii: "!")) && passage.bytes[end - 1] != UInt8(ascii: ".")
  }

  private static func tokensAreClear(_ tokens: [Token], announces: Bool) -> Bool {
    var code = 0
    var symbols = 0
    for (index, token) in tokens.enumerated() {
      let next = tokens[safe: index + 1]
      if token.classes != [] {
        if token.is(.voice) { return false }
        if token.is(.pointing), !(announces && token.lower == "following") { return false }
      }
      switch token.lower {
      case "these":
        guard announces, let next, next.looksPlural else { return false }
      case "this", "see", "here", "aforementioned", "http", "similarly", "chapter", "e.g", "todo": return false
      case "those":
        guard let next, next.is([.subordinator, .preposition]) else { return false }
      case "such":
        guard let next, next.lower == "as" || next.lower == "that" else { return false }
      case "it", "its", "they", "their", "them", "itself", "one":
        if index < 2 { return false }
      case "figure", "fig", "section", "sections", "appendix", "table", "equation", "listing", "page", "example",
        "step",
        "footnote":
        if let next, next.isNumeric || next.isCode || next.isCapitalised, token.after == 0 { return false }
      case "course":
        if index > 0, tokens[index - 1].lower == "of" { return false }
      case "case":
        if index > 0, tokens[index - 1].lower == "which" { return false }
      case "worth", "though": return false
      default: break
      }
      if token.isCode {
        code += 1
        if hasFootnoteMark(token) { return false }
        if token.range.count > 40 { return false }
      }
      if token.range.count <= 3, !token.lower.utf8.contains(where: { isLetter($0) || isDigit($0) || $0 >= 0x80 }) {
        symbols += 1
      }
    }
    return code * 3 <= tokens.count + 2 && symbols <= 1
  }

  /// `normally15`, `new()12`: the mark of a footnote that ran into its word.
  private static func hasFootnoteMark(_ token: Token) -> Bool {
    let digits = token.lower.utf8.reversed().prefix(while: isDigit).count
    guard (1...2).contains(digits), token.lower.utf8.count > digits else { return false }
    let word = token.lower.utf8.dropLast(digits)
    if Lexicon.classes(of: String(decoding: Array(word), as: UTF8.self)) != [], word.count > 2 { return true }
    return word.last == UInt8(ascii: ")") || word.count >= 5 && word.allSatisfy(isLetter)
  }

  private static func bytesAreClean(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var round = 0
    var square = 0
    var quotes = 0
    var curly = 0
    var letters = 0
    var others = 0
    for offset in range {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "("): round += 1
      case UInt8(ascii: ")"): round -= 1
      case UInt8(ascii: "["): square += 1
      case UInt8(ascii: "]"): square -= 1
      case UInt8(ascii: "\""): quotes += 1
      case UInt8(ascii: "?"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), 0..<0x09, 0x7F: return false
      case UInt8(ascii: ":")
      where offset + 2 < range.upperBound && bytes[offset + 1] == 0x2F && bytes[offset + 2] == 0x2F:
        return false
      case 0xEE, 0xEF: return false
      case 0xE2 where offset + 2 < range.upperBound && bytes[offset + 1] == 0x80:
        if bytes[offset + 2] == 0x9C { curly += 1 }
        if bytes[offset + 2] == 0x9D { curly -= 1 }
      default: break
      }
      if round < 0 { return false }
      if isLetter(byte) {
        letters += 1
      } else if !isSpace(byte) {
        others += 1
      }
    }
    return round == 0 && square == 0 && quotes % 2 == 0 && curly == 0 && letters >= 3 * others
  }
}
