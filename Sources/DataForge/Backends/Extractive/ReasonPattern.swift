/// `X does Y because Z`: why does X do Y? `X fails if Z`: when does X fail?
struct ReasonPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause,
      let link = (clause.rest..<tokens.count).first(where: { Self.links.contains(tokens[$0].lower) }),
      !tokens[link].isCapitalised, tokens[link].before == 0,
      link > clause.rest || clause.verb != .be, link - clause.rest <= 14
    else { return nil }
    let word = tokens[link].lower
    var end = link
    // `only if`, `even when`, `just because`: the small word belongs to the link.
    while end > clause.rest, tokens[end - 1].is(.adverb) { end -= 1 }
    if word == "so" { guard link - clause.rest >= 2, sentence.starts("so", "that", at: link) else { return nil } }
    if word == "in" { guard sentence.starts("in", "order", "to", at: link) else { return nil } }
    let asked = clause.rest..<end
    guard isClear(sentence, asked), tokens.count - link >= 4 else { return nil }
    if case .plain = clause.verb, asked.isEmpty, word != "because" { return nil }
    let writer = QuestionWriter(sentence: sentence)
    switch word {
    case "because", "so", "in":
      return Draft(
        question: writer.inverted("Why", clause, upTo: end, passage), answer: sentence.range,
        reason: "The reason follows “\(word == "so" ? "so that" : word == "in" ? "in order to" : word)”.", score: 0.93)
    default:
      guard !Self.wondering.contains(tokens[link - 1].lower), isCondition(sentence, link + 1),
        !(end > 0 && tokens[end - 1].isBreak),
        end == link || tokens[link - 1].lower == "only"
      else { return nil }
      return Draft(
        question: writer.inverted("When", clause, upTo: end, passage), answer: sentence.range,
        reason: "The condition follows “\(word)”.", score: clause.isNegated ? 0.8 : 0.86)
    }
  }

  /// Nothing in the part that the question repeats may lean on what the question leaves out.
  private func isClear(_ sentence: Sentence, _ asked: Range<Int>) -> Bool {
    let tokens = sentence.tokens
    guard let last = asked.last else { return true }
    if tokens[asked].contains(where: { $0.is([.subordinator, .conjunction, .pronoun]) || $0.lower == "than" }) {
      return false
    }
    if tokens[asked].dropLast().contains(where: \.isBreak) { return false }
    if Verbs.base(of: tokens[last].lower, .gerund) != nil { return false }
    if tokens[last].isBreak, !tokens[last].hasComma { return false }
    return tokens[last].looksLikeNoun || Clause.isAdverb(tokens[last])
  }

  /// A condition with a subject of its own, not `if any` or `when necessary`.
  private func isCondition(_ sentence: Sentence, _ start: Int) -> Bool {
    let tokens = sentence.tokens
    guard let first = tokens[safe: start], first.after == 0 else { return false }
    return tokens[start...].contains { $0.is([.be, .modal, .auxiliary]) || Verbs.base(of: $0.lower, .third) != nil }
      || Verbs.base(of: first.lower, .gerund) != nil
  }

  /// Behind these verbs `if` means `whether`.
  private static let wondering: Set<String> = [
    "detect", "detects", "check", "checks", "determine", "determines", "see", "sees", "test", "tests", "ask", "asks",
    "know",
    "knows", "decide", "decides", "verify", "verifies", "indicate", "indicates", "tell", "tells", "indicating", "say",
    "says",
  ]

  private static let links: Set<String> = ["because", "so", "in", "if", "when", "unless", "whenever"]
}
