/// A phrase before the main clause, as in `In Debian, …` or `By default, …`.
struct Adjunct: Sendable {
  enum Use: Sendable {
    /// Names where the statement holds: a question begins with it.
    case opens
    /// `By default`: a question ends with it.
    case closes
    /// Says nothing that a question needs.
    case silent
  }

  /// Indices of its tokens; empty where the sentence has none.
  var range: Range<Int>
  var use: Use

  /// The index at which the main clause begins.
  var end: Int { range.upperBound }

  /// The phrase that a sentence begins with, empty where there is none; `nil` where it ties the sentence to others.
  static func leading(_ tokens: [Token]) -> Adjunct? {
    guard let first = tokens.first, first.is(.preposition) else { return Adjunct(range: 0..<0, use: .silent) }
    guard ["in", "on", "for", "with", "under", "within", "at", "by", "during", "inside"].contains(first.lower),
      let comma = tokens.firstIndex(where: \.isBreak), comma <= 7, tokens[comma].hasComma
    else { return nil }
    let range = 0..<comma + 1
    let rest = tokens[1...comma]
    if rest.count == 1, let word = rest.first?.lower {
      if word == "default" { return Adjunct(range: range, use: .closes) }
      if ["general", "practice", "principle", "convention"].contains(word) {
        return Adjunct(range: range, use: .silent)
      }
      if [
        "addition", "particular", "fact", "contrast", "short", "example", "instance", "present", "brief", "turn", "now",
        "return", "summary", "conclusion", "case", "consequence", "course", "all", "doubt", "comparison", "effect",
        "essence", "reality", "total", "parallel", "time", "future", "past", "order", "theory",
      ].contains(word) {
        return nil
      }
    }
    if rest.first?.lower == "addition" || rest.first?.lower == "contrast" { return nil }
    let unclear: WordClass = [.pronoun, .pointing, .be, .modal, .auxiliary, .subordinator, .quantifier, .vague, .voice]
    guard
      !rest.contains(where: {
        $0.is(unclear) || ["contrast", "hand", "comparison", "doubt", "case", "cases"].contains($0.lower)
      })
    else { return nil }
    return Adjunct(range: range, use: .opens)
  }
}
