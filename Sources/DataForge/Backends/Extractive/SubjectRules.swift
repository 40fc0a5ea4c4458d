/// Whether a noun phrase names its thing without help from what was said before.
enum SubjectRules {
  /// A reader who never saw the passage can tell what is meant: it holds a name, or speaks of a kind of thing in general,
  /// or describes one by at least two words.
  static func standsAlone(_ tokens: [Token], _ range: Range<Int>) -> Bool {
    guard let start = range.first, range.count <= 10 else { return false }
    let words = tokens[range]
    guard !words.contains(where: { $0.is([.pointing, .voice, .subordinator]) || possessives.contains($0.lower) }) else {
      return false
    }
    let first = tokens[start]
    guard let head = head(tokens, range), !head.is([.pronoun, .preposition]), first.lower != "you" else { return false }
    // `x`, `n`: variables of a formula or of an example.
    if range.count == 1, first.lower.utf8.count == 1, !first.isCapitalised { return false }
    if Self.examples.contains(first.lower) || words.contains(where: { Self.relative.contains($0.lower) })
      || words.contains(where: { $0.lower == "both" })
    {
      return false
    }
    let isBare = !words.contains { $0.is(.preposition) }
    if isBare, !words.contains(where: \.isCode), words.contains(where: { Self.ordinals.contains($0.lower) }) {
      return false
    }
    // `Purpose The kernel …`: a heading that ran into its paragraph.
    if words.dropFirst().contains(where: { $0.isCapitalised && $0.is([.article, .preposition]) }) { return false }
    // `the material presented`
    if range.count <= 3, let last = words.last, !last.isCode, isParticipleOrAdjective(last) { return false }
    if first.is(.quantifier) {
      if tokens[safe: start + 1]?.is(.article) ?? true { return false }
      return ["each", "every", "all"].contains(first.lower) && range.count >= 2
        && !(range.count == 2 && head.is(.vague))
    }
    if first.is(.number) || first.isNumeric || first.is(.pronoun) { return false }
    let names = words.enumerated().contains { place, token in
      token.isCode && token.lower.utf8.count > 1 || token.isCapitalised && place > 0
    }
    guard first.is(.article) else {
      // `Packages`, `Debian`, `Shared libraries`, `Installing packages`
      if range.count == 1 {
        return !head.is(.vague) && !head.is(.attribute) && head.lower.utf8.count > 1 && !isParticipleOrAdjective(head)
      }
      return names || head.looksPlural || !first.isCapitalised || !head.is(.vague)
    }
    let content = words.filter { !$0.is([.article, .preposition, .conjunction]) }
    if content.isEmpty { return false }
    if content.allSatisfy({ $0.is(.vague) }), content.count == 1 || first.lower == "the" { return false }
    if names { return true }
    if isBare, Self.examples.contains(head.lower) { return false }
    if first.lower == "the" {
      if isBare, head.is(.vague), head.is(.attribute) { return false }
      return content.count >= 2 && !(tokens[safe: start + 1]?.is(.vague) ?? true) || content.count >= 3
    }
    return !(range.count == 2 && head.is(.vague))
  }

  /// The word that the phrase is about: the last one before a preposition or a bracket.
  static func head(_ tokens: [Token], _ range: Range<Int>) -> Token? {
    var head: Token?
    for index in range {
      if index > range.lowerBound,
        tokens[index].is([.preposition, .subordinator]) || tokens[index].before == UInt8(ascii: "(")
      {
        break
      }
      head = tokens[index]
    }
    return head
  }

  private static func isParticipleOrAdjective(_ token: Token) -> Bool {
    ["ed", "able", "ible", "ful", "ous"].contains { token.lower.hasSuffix($0) } && token.lower.utf8.count > 5
  }

  /// Words that measure a thing by something said before.
  private static let relative: Set<String> = [
    "recent", "additional", "further", "actual", "present", "remaining", "possible", "relevant", "various", "certain",
    "extra", "deal", "lot", "variety", "couple", "majority", "suppose", "consider", "assume", "note", "imagine",
    "recall", "remember",
  ]

  private static let ordinals: Set<String> = ["first", "second", "third", "fourth", "fifth", "final", "optional"]

  private static let examples: Set<String> = [
    "example", "examples", "exception", "problem", "question", "point", "idea",
  ]

  private static let possessives: Set<String> = ["its", "their", "your", "his", "her", "it", "they", "them", "this"]
}
