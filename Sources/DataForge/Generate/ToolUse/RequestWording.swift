import OrderedJSON

/// Words what a user asks for when a call is right: from the tool's description and the call's arguments, each of
/// which is said.
struct RequestWording: Sendable {
  /// What is asked for as an order, without a stop: `tell me the weather in Oslo, with the unit celsius`.
  let order: String

  /// - Parameters:
  ///   - tool: the tool that serves the request.
  ///   - arguments: those that the user says.
  ///   - reference: arguments of which the user says where they come from, in words around what they are called:
  ///     `the first station that you find`.
  init(
    _ tool: Tool, arguments: JSONValue, reference: [String: (String) -> String] = [:], numbers: inout SeededNumbers
  ) {
    var sentence = DescriptionOrder.order(of: tool)
    var rest = (arguments.objectValue ?? [:]).filter { reference[$0.key] == nil }
      .map { ArgumentWording($0.key, $0.value, of: tool) }
    if let pair = Self.pair(in: rest) {
      sentence = Self.put(pair, in: sentence)
      rest.removeAll { $0.name == pair.from.name || $0.name == pair.to.name }
    }
    rest = rest.filter { argument in
      guard let filled = argument.put(in: sentence, &numbers) else { return true }
      sentence = filled
      return false
    }
    for (name, words) in reference.sorted(by: { $0.key < $1.key }) {
      sentence =
        ArgumentWording.put(in: sentence, for: WordsOfName.words(name)) { _, noun in words(noun) }
        ?? "\(sentence) for \(words(WordsOfName.phrase(name)))"
    }
    order = rest.reduce(sentence) { Self.joined($0, $1.clause(&numbers)) }
  }

  /// Two clauses that would begin alike read as a list.
  private static func joined(_ order: String, _ clause: String) -> String {
    for link in [" with the ", ", with the ", ", with a ", " for a "] where clause.hasPrefix(link) {
      let rest = clause.dropFirst(link.count)
      let article = link.hasSuffix("the ") ? "the " : "a "
      if order.contains(link) { return "\(order) and \(article)\(rest)" }
    }
    return order + clause
  }

  // MARK: From one to another

  private typealias Pair = (from: ArgumentWording, to: ArgumentWording)

  /// Two arguments that say what goes into what: `from_unit` and `to_unit`, `source` and `target`.
  private static func pair(in arguments: [ArgumentWording]) -> Pair? {
    for (from, to) in [
      ("from", "to"), ("source", "target"), ("base", "target"), ("origin", "destination"), ("start", "end"),
    ] {
      for one in arguments where WordsOfName.words(one.name).first == from && one.value.stringValue != nil {
        let rest = WordsOfName.words(one.name).dropFirst()
        let other = arguments.first { WordsOfName.words($0.name) == [to] + rest && $0.value.stringValue != nil }
        if let other { return (one, other) }
      }
    }
    return nil
  }

  /// “from one unit to another unit”, “between two currencies” with the two in place; else at the end.
  private static func put(_ pair: Pair, in sentence: String) -> String {
    let words = "from \(pair.from.spoken) to \(pair.to.spoken)"
    let patterns = [
      #/ from (?:one|a|an) [\w ]{1,24}? (?:in|)to another(?: \w+)?/#, #/ (?:from|between) (?:two )?\w+s and \w+s\b/#,
      #/ between (?:two )?(?:different )?\w+s\b/#, #/ from one \w+ to another/#,
    ]
    for pattern in patterns {
      if let match = sentence.firstMatch(of: pattern) {
        return sentence[..<match.range.lowerBound] + " \(words)" + sentence[match.range.upperBound...]
      }
    }
    return "\(sentence) \(words)"
  }

  // MARK: Whole requests

  /// What stands around an order; those of the second list ask for what the user wants to do, so that “give me” does not
  /// fit into them.
  private static let frames: [(String, String)] = [
    ("", "."), ("", "."), ("Please ", "."), ("", ", please."), ("Could you ", "?"), ("Can you ", "?"),
    ("Could you please ", "?"), ("Can you please ", "?"), ("Would you ", ", please?"), ("I would like you to ", "."),
    ("I'd like you to ", "."), ("I need you to ", "."), ("Hi, can you ", "?"), ("Hello! Could you ", "?"),
    ("Hey, please ", "."), ("Quick one: ", "."), ("When you have a moment, ", "."), ("Would you be able to ", "?"),
    ("Please ", ". Thanks!"), ("Could you ", "? Thank you."), ("Go ahead and ", "."), ("One thing: ", "."),
    ("Here is what I need: ", "."), ("Let's see: ", "."), ("Kindly ", "."), ("", ". Thanks."),
  ]
  private static let ownFrames: [(String, String)] = [
    ("I want to ", "."), ("I'm trying to ", ". Can you do that for me?"), ("I need to ", "."),
    ("I have to ", ". Please help."),
    ("Help me ", "."), ("I was asked to ", ". Please help me with that."),
  ]

  /// A whole request.
  /// - Parameter isOne: whether the order is one, so that it can be a question instead.
  static func request(_ order: String, isOne: Bool = true, numbers: inout SeededNumbers) -> String {
    if isOne, numbers.number(in: 0...2) == 0, let question = question(order, numbers: &numbers) { return question }
    let isOwn = !order.hasPrefix("tell me") && !order.contains(" me ") && !order.contains(". ")
    let frame = numbers.pick(isOwn ? frames + ownFrames : frames) ?? ("", ".")
    // A value at the end may bring its own stop.
    let text = frame.0.isEmpty ? order.prefix(1).uppercased() + order.dropFirst() : frame.0 + order
    return text + frame.1
  }

  /// “What is the weather in Oslo?” of “give me the weather in Oslo”; `nil` where the order asks for no thing.
  private static func question(_ order: String, numbers: inout SeededNumbers) -> String? {
    guard !order.contains(". ") else { return nil }
    for lead in ["tell me ", "show me ", "give me ", "get ", "fetch ", "find ", "calculate ", "compute "] {
      guard order.hasPrefix(lead) else { continue }
      let rest = String(order.dropFirst(lead.count))
      let words = rest.split(separator: " ")
      guard let first = words.first else { return nil }
      if lead == "tell me ", ["which", "how", "what", "whether", "when", "where", "on", "if", "who"].contains(first) {
        return numbers.pick(["Do you know \(rest)?", "Can you say \(rest)?", "I wonder \(rest)."])
      }
      guard first == "the" || first == "all", words.count > 1 else { return nil }
      let thing = first == "all" ? "the " + words.dropFirst().joined(separator: " ") : rest
      let isMany = isPlural(thing)
      // What is worked out is not had.
      let isHad = !["calculate ", "compute "].contains(lead)
      return numbers.pick([
        "What \(isMany ? "are" : "is") \(thing)?", isHad ? "Do you have \(thing)?" : "Can you work out \(thing)?",
        "I need \(thing).", "I'd like to know \(thing).",
        isMany ? "Which are \(thing)?" : "What's \(thing)?",
      ])
    }
    if order.hasPrefix("list all "), !order.contains(",") {
      let thing = order.dropFirst("list all ".count)
      return numbers.pick(["Which \(thing) are there?", "What \(thing) do you have?", "I need a list of all \(thing)."])
    }
    return nil
  }

  /// Whether the thing is many: its noun, the word before the first preposition, ends like one.
  static func isPlural(_ thing: String) -> Bool {
    let stops: Set<String> = ["of", "in", "at", "for", "from", "with", "to", "between", "on", "by", "near", "about"]
    let noun =
      thing.split(separator: " ").prefix { !stops.contains($0.lowercased()) }.last.map { $0.filter(\.isLetter) } ?? ""
    return noun.count > 3 && noun.hasSuffix("s") && !noun.hasSuffix("ss") && !noun.hasSuffix("us")
      && !noun.hasSuffix("is")
  }
}
