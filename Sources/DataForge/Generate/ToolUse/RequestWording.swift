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
    var sentence = Self.order(of: tool)
    var rest: [(name: String, value: JSONValue)] = []
    for (name, value) in arguments.objectValue ?? [:] where reference[name] == nil {
      let isPlain = value.stringValue != nil || value.doubleValue != nil
      let filled = isPlain ? Self.put(in: sentence, for: name) { "the \($0) \(Self.spoken(value))" } : nil
      if let filled { sentence = filled } else { rest.append((name, value)) }
    }
    for (name, words) in reference.sorted(by: { $0.key < $1.key }) {
      sentence = Self.put(in: sentence, for: name, words) ?? "\(sentence) for \(words(WordsOfName.phrase(name)))"
    }
    order = sentence + Self.clause(rest, &numbers)
  }

  /// A whole request.
  static func request(_ order: String, numbers: inout SeededNumbers) -> String {
    let frames: [(String, String)] = [
      ("", "."), ("Please ", "."), ("Could you ", "?"), ("Can you ", "?"), ("I would like you to ", "."),
      ("I need your help: ", "."), ("Would you ", ", please?"),
    ]
    let frame = numbers.pick(frames) ?? ("", ".")
    // A value at the end may bring its own stop.
    let text = frame.0.isEmpty ? order.prefix(1).uppercased() + order.dropFirst() : frame.0 + order
    return text + frame.1
  }

  // MARK: The description as an order

  /// The first sentence of the description in the form of an order, or else the tool's name in words.
  private static func order(of tool: Tool) -> String {
    let named = "use “\(WordsOfName.phrase(tool.name))”"
    guard let description = tool.description else { return named }
    let line = description.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    // What follows a semicolon explains; it asks for nothing.
    var sentence = firstSentence(of: line).split(separator: ";").first.map(String.init) ?? ""
    while let last = sentence.last, ".!;: ".contains(last) { sentence.removeLast() }
    // “This function returns …” speaks of itself first.
    var parts = sentence.split(separator: " ")
    if parts.count > 3, ["this", "the", "a"].contains(parts[0].lowercased()), selves.contains(parts[1].lowercased()) {
      parts.removeFirst(2)
      if parts[0].lowercased() == "that" || parts[0].lowercased() == "to" { parts.removeFirst() }
      sentence = parts.joined(separator: " ")
    }
    guard let first = parts.first, sentence.count <= 300 else { return named }
    let tail = String(sentence.dropFirst(first.count))
    let verb = first.lowercased()
    if let base = verbs[verb] { return base + tail }
    if verbs.values.contains(verb) { return verb + tail }
    // Only a verb stands right before an article.
    if articles.contains(where: tail.hasPrefix), !articles.contains(" \(verb) "), verb.allSatisfy(\.isLetter) {
      return (verb.hasSuffix("s") && !verb.hasSuffix("ss") ? String(verb.dropLast()) : verb) + tail
    }
    // No verb to begin with: the description names what there is to get.
    let isName = first.count > 1 && first.dropFirst().contains { $0.isUppercase || $0.isNumber }
    let noun = isName ? sentence : verb + tail
    let hasArticle = articles.contains { (noun + " ").hasPrefix($0.dropFirst()) }
    return "give me \(hasArticle ? "" : "the ")\(noun)"
  }

  private static func firstSentence(of text: String) -> String {
    guard let range = SentenceSplitter.sentences(of: text).first else { return "" }
    return String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  private static let selves: Set<String> = ["function", "tool", "api", "endpoint", "method", "operation", "command"]
  private static let articles = [" the ", " a ", " an ", " all ", " one ", " which ", " how ", " what ", " whether "]
  private static let verbs: [String: String] = [
    "tells": "tell me", "gives": "give me", "returns": "give me", "return": "give me", "retrieves": "get",
    "gets": "get", "fetches": "fetch", "lists": "list", "finds": "find", "searches": "search", "shows": "show me",
    "computes": "compute", "calculates": "calculate", "converts": "convert", "adds": "add", "splits": "split",
    "writes": "write", "reads": "read", "looks": "look", "checks": "check", "creates": "create", "makes": "make",
    "sends": "send", "updates": "update", "deletes": "delete", "counts": "count", "sorts": "sort",
    "translates": "translate", "estimates": "estimate", "generates": "generate", "provides": "give me",
    "compares": "compare", "describes": "describe", "measures": "measure", "reports": "report", "books": "book",
    "get": "get", "fetch": "fetch", "list": "list", "find": "find", "search": "search", "show": "show me",
    "compute": "compute", "calculate": "calculate", "convert": "convert", "add": "add", "retrieve": "get",
    "look": "look", "check": "check", "create": "create", "send": "send", "update": "update", "tell": "tell me",
    "count": "count", "translate": "translate", "generate": "generate", "read": "read", "write": "write",
    "describe": "describe", "compare": "compare", "estimate": "estimate", "book": "book", "give": "give me",
    "make": "make", "delete": "delete", "provide": "give me", "display": "show me", "displays": "show me",
  ]

  // MARK: Arguments in words

  /// The sentence with words where the argument's name stands, or the thing that it identifies: for `station_id`, “of a
  /// station” → “of the station OSL-01”.
  private static func put(in sentence: String, for name: String, _ words: (String) -> String) -> String? {
    let all = WordsOfName.words(name)
    let isIdentifier = all.count > 1 && identifiers.contains(all[all.count - 1])
    let phrases = [all.joined(separator: " ")] + (isIdentifier ? [all.dropLast().joined(separator: " ")] : [])
    for phrase in phrases where phrase.count > 1 {
      // “a number of days” takes the number itself.
      if let place = sentence.firstRange(of: " a number of \(phrase)") {
        return sentence[..<place.lowerBound] + " \(words(phrase))" + sentence[place.upperBound...]
      }
      for article in ["a", "an", "the", "one", "any"] {
        guard let place = sentence.firstRange(of: " \(article) \(phrase)") else { continue }
        let after = sentence[place.upperBound...].first
        guard after.map({ !$0.isLetter && !$0.isNumber && !"-'’".contains($0) }) ?? true else { continue }
        // “a date range” speaks of something else than “a date”.
        let next = sentence[place.upperBound...].dropFirst().prefix { $0.isLetter }
        guard after != " " || linking.contains(String(next)) else { continue }
        return sentence[..<place.lowerBound] + " \(words(phrase))" + sentence[place.upperBound...]
      }
    }
    return nil
  }

  private static let identifiers: Set<String> = ["id", "name", "code", "key", "number", "slug"]
  private static let linking: Set<String> = [
    "and", "or", "with", "in", "on", "at", "of", "for", "from", "to", "by", "is", "has", "falls", "into", "that", "as",
    "than", "between", "when", "where", "per", "over", "within", "given",
  ]

  /// The arguments that stand nowhere yet.
  private static func clause(_ arguments: [(name: String, value: JSONValue)], _ numbers: inout SeededNumbers) -> String
  {
    guard !arguments.isEmpty else { return "" }
    let style = numbers.number(in: 0...2)
    let said = arguments.map { name, value in
      let phrase = WordsOfName.phrase(name)
      let words = spoken(value)
      switch style {
      case 0: return "the \(phrase) \(words)"
      case 1: return "\(phrase) = \(words)"
      default: return "\(words) as the \(phrase)"
      }
    }
    switch style {
    case 0: return ", with " + joined(said)
    case 1: return " (\(said.joined(separator: ", ")))"
    default: return ", using " + joined(said)
    }
  }

  /// A value as a person writes it.
  static func spoken(_ value: JSONValue) -> String {
    switch value {
    case .string(let text):
      let isWord = text.allSatisfy { $0.isLetter || $0.isNumber || "-_./:@+".contains($0) } && !text.isEmpty
      return isWord ? text : "“\(text)”"
    case .array(let list):
      let isPlain = list.allSatisfy { $0.objectValue == nil && $0.arrayValue == nil }
      return isPlain && !list.isEmpty ? joined(list.map(spoken)) : value.serialized(.spaced)
    case .object: return value.serialized(.spaced)
    default: return value.serialized()
    }
  }

  /// `a`, `a and b`, `a, b and c`.
  static func joined(_ parts: [String]) -> String {
    guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
