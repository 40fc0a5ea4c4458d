/// `The maximum length of a line is 80 characters`, `The easiest way to list them is …`: what is it?
struct AttributePattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let adjunct = Adjunct.leading(tokens), tokens[safe: adjunct.end]?.lower == "the",
      let parsed = subject(tokens, from: adjunct.end),
      tokens[parsed.head].is(.attribute), tokens[safe: parsed.verb + 1] != nil, tokens[parsed.verb + 1].lower != "not"
    else { return nil }
    let next = tokens[parsed.verb + 1]
    if next.is(.pronoun) || ["that", "what", "so", "used", "set", "given", "as", "in"].contains(next.lower) {
      guard next.lower == "that" else { return nil }
    }
    // `The name is optional`, `The size is increased` state no value.
    let isValue =
      next.is([.article, .number]) || next.isNumeric || next.isCode || next.lower == "to" || next.lower == "that"
      || next.isCapitalised
    guard isValue, tokens.count - parsed.verb >= 2 else { return nil }
    let verb = tokens[parsed.verb].lower
    let name = passage.inner(tokens, adjunct.end..<parsed.verb)
    return Draft(
      question: QuestionWriter(sentence: sentence).ask("What \(verb) \(name)", passage), answer: sentence.range,
      reason: "It names \(name) and gives it after “\(verb)”.", score: parsed.isWay ? 0.95 : 0.92)
  }

  /// `the NOUN of|for|to|between …`: the place of the noun and of the verb that follows.
  private func subject(_ tokens: [Token], from start: Int) -> (head: Int, verb: Int, isWay: Bool)? {
    let end = min(tokens.count, start + 16)
    guard
      let link = tokens[start..<end].firstIndex(where: { ["of", "for", "to", "between", "in"].contains($0.lower) }),
      link >= start + 2, link <= start + 4,
      let verb = tokens[link..<end].firstIndex(where: { $0.lower == "is" || $0.lower == "are" || $0.lower == "was" }),
      verb >= link + 2
    else { return nil }
    let inner = tokens[start..<verb]
    guard !inner.contains(where: { $0.isBreak || $0.is([.pronoun, .pointing, .subordinator, .modal]) }),
      tokens[verb - 1].looksLikeNoun
    else { return nil }
    let isWay = tokens[link].lower == "to"
    if isWay {
      guard tokens[link - 1].lower == "way" || tokens[link - 1].lower == "method",
        Verbs.base(of: tokens[link + 1].lower, .base) != nil
      else { return nil }
    } else {
      let object = link + 1..<verb
      guard SubjectRules.standsAlone(tokens, object), object.count > 1 || !tokens[link + 1].is(.vague) else {
        return nil
      }
    }
    return (link - 1, verb, isWay)
  }
}
