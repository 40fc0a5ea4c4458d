/// A main clause as far as questions need it: who, the finite verb, and where the rest begins.
struct Clause: Sendable {
  enum Verb: Hashable, Sendable {
    /// `is`, `are`, `was`, `were`
    case be
    /// `can`, `must`, …; also `does not`, whose `do` is moved in the same way.
    case modal
    /// Any other verb in the present, by its base: `use` for `uses`.
    case plain(base: String, third: Bool)
  }

  /// Indices of the sentence's tokens.
  var subject: Range<Int>
  var verb: Verb
  var verbIndex: Int
  /// `usually` in `X usually contains Y`, or in `X is usually Y`.
  var adverb: Int?
  var isNegated: Bool
  /// Where what follows the verb (and its adverb and `not`) begins.
  var rest: Int

  /// Reads a clause that begins at a token; `nil` where its subject is no plain noun phrase or its verb none we know.
  static func parse(_ tokens: [Token], from start: Int) -> Clause? {
    guard let first = tokens[safe: start],
      !first.is([
        .pronoun, .preposition, .subordinator, .conjunction, .connective, .adverb, .voice, .be, .auxiliary, .modal,
        .pointing,
      ])
    else { return nil }
    // `Technically R is …`
    if first.lower.hasSuffix("ly"), first.lower.utf8.count > 5, !tokens[start].isCode,
      tokens[safe: start + 1]?.isCode == false,
      !["family", "assembly", "supply"].contains(first.lower)
    {
      return nil
    }
    var brackets = 0
    for index in start..<min(tokens.count, start + 13) {
      let token = tokens[index]
      if index > start, brackets == 0, let verb = verb(tokens, at: index, start: start) {
        return clause(tokens, subject: start..<index, verb: verb, at: index)
      }
      if token.is([.subordinator, .voice, .pronoun, .be, .modal]) || token.lower == "not" { return nil }
      if token.before == UInt8(ascii: "(") { brackets += 1 }
      switch token.after {
      case 0, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), 0x9D, 0x99: break
      case UInt8(ascii: ")") where brackets > 0: brackets -= 1
      case UInt8(ascii: ",") where brackets > 0: break
      default: return nil
      }
    }
    return nil
  }

  private static func clause(_ tokens: [Token], subject: Range<Int>, verb: Verb, at index: Int) -> Clause? {
    var subject = subject
    var adverb: Int?
    var isNegated = false
    if let last = subject.last, isAdverb(tokens[last]) {
      adverb = last
      subject = subject.lowerBound..<last
    }
    guard let last = subject.last, tokens[last].looksLikeNoun, !isAdverb(tokens[last]) else { return nil }
    if let adverb, unasked.contains(tokens[adverb].lower) { return nil }
    var rest = index + 1
    while let token = tokens[safe: rest], tokens[rest - 1].after == 0, verb == .be || verb == .modal {
      if token.lower == "not" || token.lower == "never" {
        isNegated = true
      } else if unasked.contains(token.lower) {
        return nil
      } else if isAdverb(token), adverb == nil, tokens[safe: rest + 1] != nil {
        adverb = rest
      } else {
        break
      }
      rest += 1
    }
    if tokens[index].lower == "cannot" { isNegated = true }
    guard rest < tokens.count, tokens[rest - 1].after == 0 else { return nil }
    return Clause(
      subject: subject, verb: verb, verbIndex: index, adverb: adverb, isNegated: isNegated, rest: rest)
  }

  /// Adverbs that tie the clause to another one, so that a question with them hangs in the air.
  private static let unasked: Set<String> = [
    "also", "additionally", "still", "then", "therefore", "thus", "hence", "however", "instead", "again", "now",
    "already",
    "even", "further", "furthermore", "otherwise", "similarly", "likewise", "consequently", "nevertheless", "together",
    "perhaps", "first", "finally", "probably", "possibly", "presumably", "accordingly", "too", "just", "hardly",
    "barely", "rarely", "merely",
    "really",
  ]

  static func isAdverb(_ token: Token) -> Bool {
    token.is(.adverb)
      || token.lower.hasSuffix("ly") && token.lower.utf8.count > 4 && !token.isCapitalised
        && !["supply", "apply", "reply", "family", "assembly", "only", "imply", "comply", "rely"].contains(token.lower)
  }

  // MARK: Verbs

  private static func verb(_ tokens: [Token], at index: Int, start: Int) -> Verb? {
    let token = tokens[index]
    guard token.before == 0, !token.isCapitalised else { return nil }
    if token.is(.be) { return .be }
    if token.is(.modal) { return .modal }
    guard let next = tokens[safe: index + 1], token.after == 0 else { return nil }
    if token.lower == "does" || token.lower == "do" { return next.lower == "not" ? .modal : nil }
    if token.lower == "has" || token.lower == "have" {
      let isPerfect = next.is(.auxiliary) || next.is(.adverb) || Verbs.base(of: next.lower, .past) != nil
      return isPerfect ? nil : .plain(base: "have", third: token.lower == "has")
    }
    let previous = tokens[index - 1]
    guard previous.looksLikeNoun || isAdverb(previous), !next.is([.be, .modal, .auxiliary]),
      follows(next, token, previous)
    else { return nil }
    let head = isAdverb(previous) && index - 2 >= start ? tokens[index - 2] : previous
    if let base = Verbs.base(of: token.lower, .third) {
      let hasPhrase = tokens[start..<index].contains { $0.is(.preposition) }
      guard hasPhrase || !head.looksPlural || Verbs.base(of: tokens[start].lower, .gerund) != nil else { return nil }
      // `The package lists are …`: another verb close behind means that this one was a noun.
      return isNounHere(tokens, index) ? nil : .plain(base: base, third: true)
    }
    if Verbs.base(of: token.lower, .base) != nil, head.looksPlural, !isNounHere(tokens, index) {
      return .plain(base: token.lower, third: false)
    }
    return nil
  }

  /// Whether what follows a word lets it be a verb.
  private static func follows(_ next: Token, _ token: Token, _ previous: Token) -> Bool {
    if next.is([.article, .quantifier, .number, .preposition, .pronoun]) || next.isCode || next.isNumeric {
      return true
    }
    // `The command prints names`: an actor acts.
    if previous.is(.actor), token.looksPlural, next.looksLikeNoun { return true }
    if homographs.contains(token.lower) { return next.isCapitalised || isAdverb(next) }
    return Verbs.base(of: next.lower, .third) == nil || next.looksPlural
  }

  private static func isNounHere(_ tokens: [Token], _ index: Int) -> Bool {
    guard homographs.contains(tokens[index].lower) else { return false }
    for place in index + 1..<min(tokens.count, index + 7) {
      if tokens[place].is(.subordinator) || tokens[place - 1].isBreak { return false }
      if tokens[place].is([.be, .modal]) { return true }
    }
    return false
  }

  /// Words that are nouns at least as often as verbs.
  private static let homographs: Set<String> = [
    "uses", "use", "files", "file", "lists", "list", "sets", "set", "names", "name", "types", "type", "returns",
    "return", "calls", "call", "changes", "change", "packages", "package", "matches", "match", "reads", "prints",
    "print",
    "tests", "test", "checks", "check", "functions", "function", "links", "link", "limits", "limit", "results",
    "result",
    "values", "value", "plots", "plot", "points", "point", "numbers", "number", "orders", "order", "processes",
    "process",
    "forms", "form", "fields", "groups", "group", "logs", "log", "marks", "mark", "needs", "need", "objects",
    "controls",
    "control", "costs", "cost", "copies", "copy", "documents", "document", "builds", "build", "updates", "update",
    "requests", "request", "reports", "report", "records", "record", "queries", "query", "states", "state", "supports",
    "support", "targets", "target", "views", "view", "loads", "load", "runs", "run", "formats", "format", "displays",
    "display", "interfaces", "labels", "label", "maps", "map", "tables", "tags", "tag", "locks", "lock", "handles",
    "handle", "prompts", "prompt", "prefixes", "prefix", "sources", "source", "switches", "switch", "warnings",
    "errors",
    "access", "accesses", "stores", "store", "releases", "release", "designs", "design", "claims", "claim", "covers",
    "cover", "patches", "patch", "benefits", "benefit", "bounds", "bound", "extracts", "extract", "issues", "issue",
    "works", "work", "arguments", "measures", "measure", "schedules", "schedule", "signals", "signal", "stops", "stop",
    "starts", "start", "ends", "end", "breaks", "break", "scales", "scale", "deals", "deal", "means", "guides", "guide",
    "hosts", "host", "caches", "cache", "branches", "branch", "directs", "direct", "places", "place", "ranks", "rank",
  ]
}
