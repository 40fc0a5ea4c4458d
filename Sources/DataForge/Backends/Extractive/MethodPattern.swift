/// `To install a package, run …`: how do you install it? `A package can be rebuilt with …`: how can it be rebuilt?
struct MethodPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    procedure(sentence, passage) ?? means(sentence, passage) ?? use(sentence, passage)
  }

  private func procedure(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    let start = sentence.starts("in", "order", "to") ? 3 : sentence.starts("to") ? 1 : 0
    guard start > 0, let verb = tokens[safe: start], Verbs.base(of: verb.lower, .base) != nil,
      !["see", "begin", "start", "summarize", "illustrate", "understand", "avoid", "be"].contains(verb.lower),
      let comma = tokens[start...].firstIndex(where: \.isBreak), tokens[comma].hasComma,
      (start + 1...start + 13).contains(comma),
      !tokens[start...comma].contains(where: { $0.is([.pronoun, .voice, .subordinator]) }),
      !SubjectRules.isBareDefinite(tokens, start + 1..<comma + 1),
      let next = tokens[safe: comma + 1]
    else { return nil }
    let isImperative = Verbs.base(of: next.lower, .base) != nil && next.after == 0
    guard isImperative || next.lower == "you" || next.lower == "simply" || next.lower == "just" else { return nil }
    let goal = passage.text(tokens, start..<comma + 1)
    return Draft(
      question: "How do you \(goal)?", answer: sentence.range,
      reason: "“\(passage.text(tokens, 0..<comma + 1))” names the goal, and the rest says how to reach it.", score: 0.94
    )
  }

  /// `can be changed by setting …`, `is used to …`, `is done with …`
  private func means(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause, !clause.isNegated else { return nil }
    let participle: Int
    switch clause.verb {
    case .be: participle = clause.rest
    case .modal where tokens[clause.rest].lower == "be": participle = clause.rest + 1
    default: return nil
    }
    guard let word = tokens[safe: participle], word.after == 0, Verbs.base(of: word.lower, .past) != nil,
      word.lower != "used",
      let link = (participle + 1..<min(tokens.count, participle + 6)).first(where: {
        ["by", "using", "via", "with"].contains(tokens[$0].lower)
      }),
      let next = tokens[safe: link + 1], sentence.isUnbroken(participle..<link), tokens[link - 1].lower != "either",
      next.lower != "just",
      tokens[link].lower != "by" || Verbs.base(of: next.lower, .gerund) != nil,
      tokens[link].lower != "with" || next.isCode || tokens[clause.verbIndex].is(.modal)
    else { return nil }
    let writer = QuestionWriter(sentence: sentence)
    return Draft(
      question: writer.inverted("How", clause, upTo: link, passage), answer: sentence.range,
      reason: "The means follows “\(tokens[link].lower)”.", score: clause.verb == .modal ? 0.91 : 0.84)
  }

  /// `X is used to …`, `X can be used for …`
  private func use(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause, !clause.isNegated, sentence.adjunct.use != .closes else { return nil }
    let used =
      clause.verb == .be
      ? clause.rest : clause.verb == .modal && tokens[clause.rest].lower == "be" ? clause.rest + 1 : -1
    guard used > 0, tokens[safe: used]?.lower == "used", let next = tokens[safe: used + 1], tokens.count - used >= 4,
      next.lower == "to" || next.lower == "for",
      next.lower == "for" || tokens[safe: used + 2].map({ Verbs.base(of: $0.lower, .gerund) == nil }) ?? false
    else { return nil }
    let writer = QuestionWriter(sentence: sentence)
    return Draft(
      question: writer.inverted("What", clause, upTo: used + 1, passage).dropLast() + " for?", answer: sentence.range,
      reason: "The use of \(writer.subject(clause, passage)) follows “used \(next.lower)”.", score: 0.88)
  }
}

extension SubjectRules {
  /// `the file`, `the function`: an object that only the text around it explains.
  static func isBareDefinite(_ tokens: [Token], _ range: Range<Int>) -> Bool {
    range.count == 2 && tokens[range.lowerBound].lower == "the" && tokens[range.lowerBound + 1].is([.vague, .actor])
  }
}
