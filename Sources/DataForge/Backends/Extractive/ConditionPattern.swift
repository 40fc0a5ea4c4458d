/// `If the lock is held, the command waits`: what happens if the lock is held?
struct ConditionPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let first = tokens.first, ["if", "when", "whenever", "once"].contains(first.lower), tokens.count >= 7,
      let comma = comma(tokens), let condition = condition(sentence, 1..<comma + 1, passage),
      let words = consequence(sentence, from: comma + 1)
    else { return nil }
    let link = first.lower == "whenever" ? "when" : first.lower
    return Draft(
      question: "\(words.question) \(link) \(condition)?", answer: sentence.range,
      reason: "“\(passage.text(tokens, 0..<comma + 1))” is the condition that the question names; what follows from it "
        + "stands behind the comma.", score: words.score)
  }

  /// The comma that ends the condition: no list goes on behind it.
  private func comma(_ tokens: [Token]) -> Int? {
    guard let comma = tokens.firstIndex(where: \.isBreak), (3...16).contains(comma), tokens[comma].hasComma,
      let next = tokens[safe: comma + 1], !next.is([.conjunction, .subordinator]) || next.lower == "then"
    else { return nil }
    return comma
  }

  private func condition(_ sentence: Sentence, _ range: Range<Int>, _ passage: borrowing Passage) -> String? {
    let tokens = sentence.tokens
    let start = range.lowerBound
    if tokens[start].lower == "you" {
      // Nothing that `it` could mean stands before it.
      guard range.count >= 4, !tokens[range].contains(where: { $0.is(.pronoun) }) else { return nil }
      return passage.text(tokens, range)
    }
    guard let clause = Clause.parse(tokens, from: start), SubjectRules.standsAlone(tokens, clause.subject) else {
      return nil
    }
    // `if an argument is given`: of what?
    let words = tokens[clause.subject]
    if let head = SubjectRules.head(tokens, clause.subject), head.is(.vague),
      !words.contains(where: { $0.isCode || $0.is(.preposition) || $0.isCapitalised })
    {
      return nil
    }
    if tokens[range].count(where: { $0.is(.be) }) > 1,
      !tokens[range].contains(where: { $0.is([.subordinator, .conjunction]) })
    {
      return nil
    }
    // `if a format is specified`
    if words.count == 2, let last = tokens[range].last, Self.given.contains(last.lower) { return nil }
    // `if mask is omitted`: a name of the text's own.
    if clause.subject.count == 1, !tokens[start].isCapitalised, !tokens[start].isCode, !tokens[start].looksPlural {
      return nil
    }
    return passage.text(tokens, range)
  }

  private static let given: Set<String> = [
    "given", "specified", "supplied", "provided", "omitted", "present", "used", "set", "passed", "absent", "missing",
  ]

  private func consequence(_ sentence: Sentence, from start: Int) -> (question: String, score: Double)? {
    let tokens = sentence.tokens
    let index = tokens[safe: start]?.lower == "then" ? start + 1 : start
    guard let first = tokens[safe: index], tokens.count - index >= 3 else { return nil }
    if first.lower == "you", let modal = tokens[safe: index + 1] {
      if ["must", "should", "need"].contains(modal.lower) { return ("What should you do", 0.88) }
      if modal.lower == "can" || modal.lower == "may" { return ("What can you do", 0.86) }
      return nil
    }
    if Verbs.base(of: first.lower, .base) != nil, !first.isCapitalised, first.after == 0, first.before == 0 {
      return ("What should you do", 0.84)
    }
    // A pronoun may stand here, because the condition has named what it means.
    let isNamed = ["it", "they"].contains(first.lower)
    if isNamed, let verb = tokens[safe: index + 1] {
      if verb.is(.be) {
        return tokens[safe: index + 2]?.isParticiple ?? false ? ("What happens", 0.84) : nil
      }
      return Verbs.base(of: verb.lower, .third) != nil ? ("What happens", 0.82) : nil
    }
    guard let clause = Clause.parse(tokens, from: index),
      !tokens[clause.subject].contains(where: { $0.is(.vague) && clause.subject.count < 2 })
    else { return nil }
    switch clause.verb {
    case .plain: return ("What happens", 0.88)
    case .be: return isState(tokens, clause) ? nil : ("What happens", 0.86)
    case .modal:
      let verb = tokens[clause.verbIndex].lower
      return verb == "will" ? ("What happens", 0.86) : nil
    }
  }

  /// `is empty`, `is a file`: nothing happens there.
  private func isState(_ tokens: [Token], _ clause: Clause) -> Bool {
    guard let next = tokens[safe: clause.rest] else { return true }
    return !next.isParticiple || clause.isNegated
  }
}
