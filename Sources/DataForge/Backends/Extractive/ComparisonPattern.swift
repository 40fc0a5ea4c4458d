/// `Unlike X, Y …`, `Y …, whereas X …`, `Y is faster than X`: how do they differ?
struct ComparisonPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    unlike(sentence, passage) ?? whereas(sentence, passage) ?? than(sentence, passage)
  }

  private func unlike(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    let start: Int
    if sentence.starts("unlike") {
      start = 1
    } else if sentence.starts("compared", "with") || sentence.starts("compared", "to") {
      start = 2
    } else {
      return nil
    }
    guard let comma = tokens.firstIndex(where: \.isBreak), tokens[comma].hasComma, comma <= 9,
      SubjectRules.standsAlone(tokens, start..<comma + 1), let clause = Clause.parse(tokens, from: comma + 1),
      SubjectRules.standsAlone(tokens, clause.subject)
    else { return nil }
    let left = passage.inner(tokens, clause.subject)
    let right = passage.text(tokens, start..<comma + 1)
    let verb = isPlural(tokens, clause) ? "do" : "does"
    return Draft(
      question: "How \(verb) \(left) differ from \(right)?", answer: sentence.range,
      reason:
        "“\(tokens[0].lower == "unlike" ? "Unlike" : "Compared")” sets \(left) against \(right), and the main clause "
        + "says in what they differ.", score: 0.96)
  }

  private func whereas(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let left = sentence.clause, sentence.adjunct.range.isEmpty,
      let link = tokens[left.rest...].firstIndex(where: { $0.lower == "whereas" || $0.lower == "while" }),
      tokens[link - 1].hasComma, let right = Clause.parse(tokens, from: link + 1),
      SubjectRules.standsAlone(tokens, right.subject)
    else { return nil }
    let first = passage.inner(tokens, left.subject)
    let second = passage.text(tokens, right.subject)
    let article = tokens[left.subject.lowerBound].lower
    let isSameKind =
      article == tokens[right.subject.lowerBound].lower
      || !tokens[left.subject.lowerBound].is(.article) && !tokens[right.subject.lowerBound].is(.article)
    guard isSameKind, first != second, left.subject.count <= 6, right.subject.count <= 6 else { return nil }
    return Draft(
      question: "What is the difference between \(first) and \(second)?", answer: sentence.range,
      reason: "“\(tokens[link].lower)” sets the two against each other.", score: 0.92)
  }

  private func than(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause, clause.verb == .be, !clause.isNegated,
      let than = tokens[clause.rest...].firstIndex(where: { $0.lower == "than" }), than - clause.rest <= 3,
      sentence.isUnbroken(clause.rest..<than + 1)
    else { return nil }
    let end = (than + 1..<tokens.count).first {
      tokens[$0].isBreak || tokens[safe: $0 + 1]?.is([.preposition, .conjunction, .subordinator]) ?? true
    }
    guard let end, SubjectRules.standsAlone(tokens, than + 1..<end + 1), !tokens[than + 1].isNumeric,
      tokens[clause.rest].lower == "more" || tokens[clause.rest].lower == "less"
        || tokens[clause.rest].lower.hasSuffix("er")
        || Clause.isAdverb(tokens[clause.rest])
    else { return nil }
    let left = passage.inner(tokens, clause.subject)
    let right = passage.text(tokens, than + 1..<end + 1)
    let verb = isPlural(tokens, clause) ? "do" : "does"
    return Draft(
      question: "How \(verb) \(left) compare with \(right)?", answer: sentence.range,
      reason: "“than” compares \(left) with \(right).", score: 0.84)
  }

  private func isPlural(_ tokens: [Token], _ clause: Clause) -> Bool {
    switch clause.verb {
    case .be: tokens[clause.verbIndex].lower == "are" || tokens[clause.verbIndex].lower == "were"
    case .plain(_, let third): !third
    case .modal: SubjectRules.head(tokens, clause.subject)?.looksPlural ?? false
    }
  }
}
