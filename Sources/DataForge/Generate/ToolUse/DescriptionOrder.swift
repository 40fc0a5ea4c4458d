/// The first sentence of a tool's description in the form of an order, or else the tool's name in words:
/// “Returns the weather in a city.” → “give me the weather in a city”.
enum DescriptionOrder {
  static func order(of tool: Tool) -> String {
    let named = fromName(tool.name)
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
    if let base = verbs[verb] ?? (verbs.values.contains(verb) ? verb : nil) {
      return ["get", "fetch", "give me", "show me"].contains(base) ? base + withArticle(tail) : base + tail
    }
    // Only a verb stands right before an article.
    if articles.contains(where: tail.hasPrefix), !articles.contains(" \(verb) "), !prepositions.contains(verb),
      verb.allSatisfy(\.isLetter)
    {
      return (verb.hasSuffix("s") && !verb.hasSuffix("ss") ? String(verb.dropLast()) : verb) + tail
    }
    // A whole sentence about something (“Values can be …”) asks for nothing.
    if statements.contains(where: { " \(sentence.lowercased()) ".contains($0) }) || prepositions.contains(verb) {
      return named
    }
    // No verb to begin with: the description names what there is to get.
    let isName = first.count > 1 && first.dropFirst().contains { $0.isUppercase || $0.isNumber }
    let noun = isName ? sentence : verb + tail
    let hasArticle = articles.contains { (noun + " ").hasPrefix($0.dropFirst()) }
    return "give me \(hasArticle ? "" : "the ")\(noun)"
  }

  /// “get current time” as people say it: “get the current time”.
  private static func withArticle(_ tail: String) -> String {
    guard let first = tail.split(separator: " ").first, first.allSatisfy({ $0.isLowercase || $0 == "-" }),
      !articles.contains(" \(first) "), !determiners.contains(String(first)), !RequestWording.isPlural(String(tail))
    else { return tail }
    return " the" + tail
  }

  private static let determiners: Set<String> = [
    "information", "details", "detailed", "this", "that", "these", "some", "any", "every", "each", "your", "its", "on",
    "anything", "everything", "if", "n", "multiple", "several", "data", "whether", "where", "when",
  ]

  /// `get_user_name` → “get the user name”; `findPetsByTags` → “find pets by tags”.
  private static func fromName(_ name: String) -> String {
    let words = WordsOfName.words(name)
    guard let first = words.first, let verb = verbs[first], words.count > 1 else {
      return "use “\(words.joined(separator: " "))”"
    }
    let rest = words.dropFirst()
    let isMany = rest.first { ["by", "of", "for", "in"].contains($0) == false && $0.hasSuffix("s") } != nil
    return "\(verb) \(isMany ? "" : "the ")\(rest.joined(separator: " "))"
  }

  private static func firstSentence(of text: String) -> String {
    guard let range = SentenceSplitter.sentences(of: text).first else { return "" }
    return String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  private static let selves: Set<String> = ["function", "tool", "api", "endpoint", "method", "operation", "command"]
  private static let articles = [" the ", " a ", " an ", " all ", " one ", " which ", " how ", " what ", " whether "]
  private static let prepositions: Set<String> = ["for", "if", "in", "on", "with", "when", "by", "use", "given", "to"]
  private static let statements = [" is ", " are ", " can be ", " will ", " must ", " should ", " may "]
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
    "decodes": "decode", "encodes": "encode", "decode": "decode", "encode": "encode", "logs": "log", "log": "log",
    "sets": "set", "set": "set", "removes": "remove", "remove": "remove", "leaves": "leave", "opens": "open",
    "closes": "close", "starts": "start", "stops": "stop", "runs": "run", "queries": "query", "query": "query",
    "validates": "validate", "parses": "parse", "extracts": "extract", "downloads": "download",
    "resolves": "resolve", "filters": "filter", "plots": "plot", "draws": "draw", "identifies": "identify",
    "determines": "determine", "assigns": "assign", "cancels": "cancel", "schedules": "schedule",
  ]
}
