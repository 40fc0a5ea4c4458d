/// `A block holds 4096 bytes`: how many bytes does a block hold?
struct QuantityPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause, case .plain(let base, let third) = clause.verb, sentence.adjunct.use != .closes,
      Self.holding.contains(base)
    else { return nil }
    var index = clause.rest
    if sentence.starts("at", "most", at: index) || sentence.starts("at", "least", at: index)
      || sentence.starts("up", "to", at: index)
    {
      index += 2
    } else if let word = tokens[safe: index]?.lower, ["exactly", "about", "only"].contains(word) {
      index += 1
    }
    guard let number = tokens[safe: index], number.isNumeric || number.is(.number), number.after == 0,
      number.lower != "zero",
      let end = (index + 1..<min(tokens.count, index + 5)).first(where: { isLast(tokens, $0) }),
      tokens[end].looksPlural, tokens[index + 1..<end + 1].allSatisfy(\.looksLikeNoun),
      !tokens[end].is(.vague) || end > index + 1
    else { return nil }
    if base == "take" {
      guard Self.times.contains(tokens[end].lower) else { return nil }
      let writer = QuestionWriter(sentence: sentence)
      return Draft(
        question: writer.inverted("How long", clause, upTo: clause.rest, passage), answer: sentence.range,
        reason: "The time is given as “\(passage.text(tokens, index..<end + 1))”.", score: 0.86)
    }
    guard tokens[end].lower.utf8.count > 3 else { return nil }
    let things = passage.text(tokens, index + 1..<end + 1)
    let writer = QuestionWriter(sentence: sentence)
    let subject = writer.subject(clause, passage)
    return Draft(
      question: writer.ask("How many \(things) \(third ? "does" : "do") \(subject) \(base)", passage),
      answer: sentence.range,
      reason: "The number of \(things) is given as “\(passage.text(tokens, index..<index + 1))”.",
      score: 0.85)
  }

  private func isLast(_ tokens: [Token], _ index: Int) -> Bool {
    guard tokens[index].after == 0, let next = tokens[safe: index + 1] else { return true }
    return next.is([.preposition, .conjunction, .subordinator, .be, .modal]) || Verbs.base(of: next.lower, .past) != nil
  }

  private static let times: Set<String> = [
    "s", "ms", "seconds", "minutes", "hours", "days", "weeks", "months", "years", "milliseconds",
  ]

  private static let holding: Set<String> = [
    "have", "contain", "hold", "take", "accept", "require", "support", "provide", "use", "comprise", "include",
    "return",
    "need", "offer", "define", "receive", "allow", "store",
  ]
}
