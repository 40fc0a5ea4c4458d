/// A sentence of a passage, cut into tokens and read once for all patterns.
struct Sentence: Sendable {
  /// UTF-8 offsets in the passage.
  let range: Range<Int>
  let tokens: [Token]
  /// The list items that follow it, where it announces a list.
  let items: [Range<Int>]
  /// Its main clause, where the subject stands alone.
  let clause: Clause?
  /// The phrase before the main clause; empty where there is none.
  let adjunct: Adjunct

  init(range: Range<Int>, tokens: [Token], items: [Range<Int>]) {
    self.range = range
    self.tokens = tokens
    self.items = items
    let adjunct = Adjunct.leading(tokens)
    self.adjunct = adjunct ?? Adjunct(range: 0..<0, use: .silent)
    clause = adjunct.flatMap { Clause.parse(tokens, from: $0.end) }.flatMap { clause in
      SubjectRules.standsAlone(tokens, clause.subject) ? clause : nil
    }
  }

  /// Where the words first stand in a row, from a token on.
  func find(_ words: String..., from start: Int = 0) -> Int? {
    guard start + words.count <= tokens.count else { return nil }
    return (start...(tokens.count - words.count)).first { starts(words, at: $0) }
  }

  func starts(_ words: String..., at start: Int = 0) -> Bool { starts(words, at: start) }

  private func starts(_ words: [String], at start: Int) -> Bool {
    start + words.count <= tokens.count && words.indices.allSatisfy { tokens[start + $0].lower == words[$0] }
  }

  /// Whether no comma, colon or bracket parts the tokens of a range from each other.
  func isUnbroken(_ range: Range<Int>) -> Bool { !tokens[range].dropLast().contains(where: \.isBreak) }
}
