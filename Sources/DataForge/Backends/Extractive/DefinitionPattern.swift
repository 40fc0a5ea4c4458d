/// `A daemon is a program that …`: what is a daemon?
struct DefinitionPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause, clause.verb == .be, !clause.isNegated, sentence.adjunct.use != .closes,
      clause.adverb.map({ ["simply", "basically", "usually", "typically", "normally"].contains(tokens[$0].lower) })
        ?? true,
      let first = tokens[safe: clause.rest], let head = SubjectRules.head(tokens, clause.subject)
    else { return nil }
    let verb = tokens[clause.verbIndex].lower
    let words = tokens.count - clause.rest
    let isOne = ["a", "an"].contains(tokens[clause.subject.lowerBound].lower)
    if isOne, verb == "are" { return nil }
    let isKind = first.lower == "a" || first.lower == "an" || first.lower == "the"
    guard words >= 4, isKind && !(first.lower != "the" && verb == "are") || isPluralKind(tokens, clause) else {
      return nil
    }
    if let next = tokens[safe: clause.rest + 1], Self.empty.contains(next.lower) || isKind && next.is(.vague) {
      return nil
    }
    // `The problem is the …` names no thing.
    if head.is(.vague), clause.subject.count <= 2 { return nil }
    let subject = QuestionWriter(sentence: sentence).subject(clause, passage)
    let question = QuestionWriter(sentence: sentence).ask("What \(verb) \(subject)", passage)
    let tells = tokens[clause.rest...].contains { Self.telling.contains($0.lower) }
    var score = 0.84 + (tells ? 0.08 : 0) + (isOne ? 0.04 : 0)
    if tokens[clause.subject.lowerBound].lower == "the", first.lower != "the" { score -= 0.06 }
    if words < 6 { score -= 0.1 }
    if verb == "was" || verb == "were" { score -= 0.06 }
    return Draft(
      question: question, answer: sentence.range,
      reason: "The words after “\(verb)” say what \(subject) \(verb), which is what the question asks.", score: score)
  }

  /// `Daemons are programs that …`: a noun in the plural, told apart by a clause.
  private func isPluralKind(_ tokens: [Token], _ clause: Clause) -> Bool {
    guard tokens[clause.verbIndex].lower == "are" else { return false }
    let end = min(tokens.count, clause.rest + 4)
    guard let relative = tokens[clause.rest..<end].firstIndex(where: { Self.telling.contains($0.lower) }),
      relative > clause.rest
    else { return false }
    let noun = tokens[relative - 1]
    return noun.looksPlural && noun.after == 0 && noun.looksLikeNoun
      && Verbs.base(of: tokens[clause.rest].lower, .past) == nil
  }

  private static let telling: Set<String> = [
    "that", "which", "who", "whose", "where", "used", "containing", "designed",
  ]
  private static let empty: Set<String> = [
    "same", "only", "first", "last", "case", "result", "reason", "most", "best", "lot", "few", "little", "bit",
    "number",
    "must", "default", "matter", "good", "bad", "great", "very", "more", "less", "real", "problem", "question", "right",
    "following", "former", "latter", "one", "nice", "common", "usual", "main", "big", "small", "simple", "single",
    "lack",
    "pity", "need", "candidate", "mistake", "error", "bug", "subject", "choice", "likely", "sort", "kind", "useful",
    "better", "similar", "different", "another", "list", "characteristic", "considerable", "rather", "mere", "further",
    "recent",
    "complete", "part", "two", "three", "four",
  ]
}
