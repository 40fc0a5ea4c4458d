/// `The mount command attaches …`: what does it do? `A lock file contains …`: what does it contain?
struct ActionPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause, case .plain(let base, let third) = clause.verb,
      let next = tokens[safe: clause.rest], let head = SubjectRules.head(tokens, clause.subject)
    else { return nil }
    let writer = QuestionWriter(sentence: sentence)
    let subject = writer.subject(clause, passage)
    if let helped = enabling(sentence, clause, base, passage) { return helped }
    let isProgram =
      head.isCode && head.lower.utf8.contains(where: isLetter) && clause.subject.count <= 3 && !head.isCapitalised
    let isActor = third && (Self.actors.contains(head.lower) && clause.subject.count >= 2 || isProgram)
    if isActor, !["have", "mean", "need", "require", "contain", "include", "exist", "appear"].contains(base) {
      let words = "What does \(subject)" + (clause.adverb.map { " " + tokens[$0].lower } ?? "") + " do"
      return Draft(
        question: writer.ask(words, passage), answer: sentence.range,
        reason: "The verb “\(tokens[clause.verbIndex].lower)” and what follows it say what \(subject) does.",
        score: tokens.count >= 9 ? 0.86 : 0.78)
    }
    guard Verbs.takingObjects.contains(base), isObject(tokens, clause.rest, next) else { return nil }
    let words = writer.inverted("What", clause, upTo: clause.rest, passage)
    let isTelling = [
      "contain", "provide", "include", "require", "support", "represent", "specify", "determine", "return",
    ]
    return Draft(
      question: words, answer: sentence.range,
      reason: "What \(subject) \(tokens[clause.verbIndex].lower) follows that word.",
      score: isTelling.contains(base) ? 0.8 : 0.74)
  }

  /// `X lets you do Y`, `X allows packages to do Y`.
  private func enabling(_ sentence: Sentence, _ clause: Clause, _ base: String, _ passage: borrowing Passage) -> Draft?
  {
    let tokens = sentence.tokens
    guard ["allow", "enable", "let", "permit", "help"].contains(base) else { return nil }
    let limit = min(tokens.count, clause.rest + 4)
    let object: Range<Int>
    if base == "let" {
      guard let verb = (clause.rest + 1..<max(limit, clause.rest + 1)).first(where: { isBase(tokens[$0]) }) else {
        return nil
      }
      object = clause.rest..<verb
    } else {
      guard let to = (clause.rest + 1..<max(limit, clause.rest + 1)).first(where: { tokens[$0].lower == "to" }),
        tokens[safe: to + 1].map(isBase) ?? false
      else { return nil }
      object = clause.rest..<to
    }
    guard sentence.isUnbroken(object), !tokens[object].contains(where: { $0.is(.pronoun) }) else { return nil }
    let writer = QuestionWriter(sentence: sentence)
    let end = base == "let" ? object.upperBound : object.upperBound + 1
    let asked = writer.inverted("What", clause, upTo: end, passage)
    return Draft(
      question: asked.dropLast() + " do?", answer: sentence.range,
      reason: "It says what \(writer.subject(clause, passage)) makes possible.", score: 0.87)
  }

  private func isBase(_ token: Token) -> Bool { Verbs.base(of: token.lower, .base) != nil }

  /// Whether a direct object begins there that says something.
  private func isObject(_ tokens: [Token], _ index: Int, _ next: Token) -> Bool {
    let words = tokens.count - index
    if next.is([.preposition, .pronoun, .subordinator, .conjunction]) || Clause.isAdverb(next) { return false }
    return words >= 3
  }

  private static let actors: Set<String> = [
    "command", "function", "option", "tool", "program", "script", "utility", "method", "operator", "flag", "daemon",
    "service", "server", "compiler", "interpreter", "linker", "kernel", "module", "library", "package", "driver",
    "macro",
    "system", "directive", "instruction", "hook", "plugin", "engine", "filter", "manager", "installer", "statement",
    "parser", "editor", "client", "argument", "variable", "switch", "attribute", "extension", "target", "routine",
  ]
}
