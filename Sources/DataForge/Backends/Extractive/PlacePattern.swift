/// `Settings are stored in …`: where? `R was released in 1993`: when?
struct PlacePattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause, clause.verb == .be, !clause.isNegated,
      let participle = tokens[safe: clause.rest], participle.after == 0,
      let link = tokens[safe: clause.rest + 1], let place = tokens[safe: clause.rest + 2]
    else { return nil }
    let writer = QuestionWriter(sentence: sentence)
    let subject = writer.subject(clause, passage)
    let verb = tokens[clause.verbIndex].lower
    if Verbs.placing.contains(participle.lower), ["in", "under", "at", "on", "into"].contains(link.lower),
      !place.is([.pronoun, .quantifier]), Verbs.base(of: place.lower, .gerund) == nil
    {
      return Draft(
        question: writer.inverted("Where", clause, upTo: clause.rest + 1, passage), answer: sentence.range,
        reason: "The place where \(subject) \(verb) \(participle.lower) follows “\(link.lower)”.", score: 0.88)
    }
    guard verb == "was" || verb == "were", Verbs.base(of: participle.lower, .past) != nil,
      let year = tokens[clause.rest...].firstIndex(where: isYear), year - clause.rest <= 6,
      let by = tokens[clause.rest..<year].firstIndex(where: { $0.lower == "in" || $0.lower == "on" }), by + 4 > year
    else { return nil }
    return Draft(
      question: writer.inverted("When", clause, upTo: by, passage), answer: sentence.range,
      reason: "The date is given as “\(passage.text(tokens, by + 1..<year + 1))”.", score: 0.88)
  }

  private func isYear(_ token: Token) -> Bool {
    token.isNumeric && token.lower.utf8.count == 4 && (token.lower.hasPrefix("1") || token.lower.hasPrefix("20"))
  }
}
