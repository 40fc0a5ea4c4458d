/// `X refers to …`, `X is called Y`, `X is also known as Y`.
struct MeaningPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    guard let clause = sentence.clause else { return nil }
    switch clause.verb {
    case .be: return name(sentence, clause, passage)
    case .plain(let base, let third): return meaning(sentence, clause, base, third, passage)
    case .modal: return nil
    }
  }

  private func name(_ sentence: Sentence, _ clause: Clause, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard !clause.isNegated, let participle = tokens[safe: clause.rest], let next = tokens[safe: clause.rest + 1] else {
      return nil
    }
    let verb = tokens[clause.verbIndex].lower
    let writer = QuestionWriter(sentence: sentence)
    let subject = writer.subject(clause, passage)
    let isKnown = participle.lower == "known" && next.lower == "as"
    let isCalled = ["called", "named", "termed"].contains(participle.lower)
    guard isKnown || isCalled, !next.is(.preposition) || isKnown, tokens.count - clause.rest >= 2,
      !next.is([.conjunction, .subordinator, .adverb])
    else { return nil }
    let words = isKnown ? "What \(verb) \(subject) also known as" : "What \(verb) \(subject) called"
    return Draft(
      question: writer.ask(words, passage), answer: sentence.range,
      reason: "The name that the question asks for follows “\(isKnown ? "known as" : participle.lower)”.",
      score: clause.subject.count >= 3 ? 0.88 : 0.78)
  }

  private func meaning(
    _ sentence: Sentence, _ clause: Clause, _ base: String, _ third: Bool, _ passage: borrowing Passage
  ) -> Draft? {
    let preposition = Verbs.withPrepositions[base]
    let isMeaning = ["mean", "denote", "signify"].contains(base)
    guard isMeaning || preposition != nil, let next = sentence.tokens[safe: clause.rest] else { return nil }
    if let preposition, next.lower != preposition { return nil }
    if let object = sentence.tokens[safe: clause.rest + 1], preposition != nil, object.is([.pronoun, .subordinator]) {
      return nil
    }
    let writer = QuestionWriter(sentence: sentence)
    let end = preposition == nil ? clause.rest : clause.rest + 1
    let phrase = preposition.map { "\(base) \($0)" } ?? base
    let strong = isMeaning || ["refer", "stand", "consist", "depend", "default"].contains(base)
    return Draft(
      question: writer.inverted("What", clause, upTo: end, passage), answer: sentence.range,
      reason: "It says what \(writer.subject(clause, passage)) \(third ? "does" : "do") “\(phrase)”.",
      score: strong ? 0.88 : 0.74)
  }
}
