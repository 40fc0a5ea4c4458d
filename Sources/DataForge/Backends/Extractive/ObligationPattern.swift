/// `The control file must contain …`: what must it contain?
struct ObligationPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause, clause.verb == .modal, clause.adverb == nil,
      let verb = tokens[safe: clause.rest], let object = tokens[safe: clause.rest + 1], verb.after == 0
    else { return nil }
    let modal = tokens[clause.verbIndex].lower
    guard ["must", "should", "may", "can", "shall"].contains(modal) else { return nil }
    let writer = QuestionWriter(sentence: sentence)
    let subject = writer.subject(clause, passage)
    let word = clause.isNegated ? "\(modal) not" : modal
    let isStrict = modal == "must" || modal == "should" || modal == "shall"
    if verb.lower == "be" { return passive(sentence, clause, passage, isStrict: isStrict) }
    guard let base = Verbs.base(of: verb.lower, .base) else { return nil }
    let preposition = Verbs.withPrepositions[base]
    let end: Int
    if let preposition, object.lower == preposition, tokens[safe: clause.rest + 2] != nil {
      end = clause.rest + 2
    } else if Verbs.takingObjects.contains(base), !object.is([.preposition, .pronoun, .conjunction, .subordinator]),
      !Clause.isAdverb(object)
    {
      end = clause.rest + 1
    } else {
      return nil
    }
    return Draft(
      question: writer.inverted("What", clause, upTo: end, passage), answer: sentence.range,
      reason: "The rule for \(subject) stands after “\(word)”.", score: isStrict ? 0.85 : 0.76)
  }

  /// `must be installed in /usr`, `must be at least 8 characters long`: where, how long.
  private func passive(_ sentence: Sentence, _ clause: Clause, _ passage: borrowing Passage, isStrict: Bool) -> Draft? {
    let tokens = sentence.tokens
    guard let participle = tokens[safe: clause.rest + 1], let next = tokens[safe: clause.rest + 2], !clause.isNegated
    else {
      return nil
    }
    let writer = QuestionWriter(sentence: sentence)
    let subject = writer.subject(clause, passage)
    if Verbs.placing.contains(participle.lower), ["in", "under", "at", "on", "into"].contains(next.lower) {
      return Draft(
        question: writer.inverted("Where", clause, upTo: clause.rest + 2, passage), answer: sentence.range,
        reason: "The place follows “\(participle.lower) \(next.lower)”.", score: isStrict ? 0.88 : 0.8)
    }
    if Verbs.base(of: participle.lower, .past) != nil,
      next.lower == "by" || next.lower == "using" || next.lower == "with",
      let means = tokens[safe: clause.rest + 3], next.lower != "by" || Verbs.base(of: means.lower, .gerund) != nil
    {
      return Draft(
        question: writer.inverted("How", clause, upTo: clause.rest + 2, passage), answer: sentence.range,
        reason:
          "It says that \(subject) \(tokens[clause.verbIndex].lower) be \(participle.lower), and “\(next.lower)” says how.",
        score: 0.88)
    }
    return nil
  }
}
