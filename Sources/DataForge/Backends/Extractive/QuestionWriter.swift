/// Puts questions into words.
struct QuestionWriter {
  let sentence: Sentence

  /// `In R, what is a vector?`, `What does dpkg install by default?`
  func ask(_ words: String, _ passage: borrowing Passage) -> String {
    let adjunct = sentence.adjunct
    switch adjunct.use {
    case .opens where !adjunct.range.isEmpty:
      return passage.text(sentence.tokens, adjunct.range) + ", " + words.prefix(1).lowercased() + words.dropFirst()
        + "?"
    case .closes:
      return words + " by default?"
    default:
      return words + "?"
    }
  }

  /// A question with the clause's subject and verb in the order of questions: `does the kernel load`, `can packages use`.
  /// - Parameters:
  ///   - words: what begins the question: `What`, `Why`.
  ///   - upTo: where the part of the sentence after the verb ends that the question repeats.
  func inverted(_ words: String, _ clause: Clause, upTo end: Int, _ passage: borrowing Passage) -> String {
    let tokens = sentence.tokens
    var parts = [words]
    let subject = subject(clause, passage)
    let adverb = clause.adverb.map { tokens[$0].lower }
    switch clause.verb {
    case .be, .modal:
      let verb = tokens[clause.verbIndex].lower
      parts.append(verb == "cannot" ? "can" : verb)
      parts.append(subject)
      if clause.isNegated { parts.append("not") }
      if let adverb { parts.append(adverb) }
    case .plain(let base, let third):
      parts.append(third ? "does" : "do")
      parts.append(subject)
      if let adverb { parts.append(adverb) }
      parts.append(base)
    }
    if clause.rest < end { parts.append(passage.text(tokens, clause.rest..<end)) }
    return ask(parts.joined(separator: " "), passage)
  }

  func subject(_ clause: Clause, _ passage: borrowing Passage) -> String {
    passage.inner(sentence.tokens, clause.subject)
  }
}
