import OrderedJSON

/// An argument as a person would say it: in the place where the order speaks of it, or at the end.
struct ArgumentWording: Sendable {
  let name: String
  let value: JSONValue
  /// Whether the value is one of a list.
  let isChoice: Bool

  init(_ name: String, _ value: JSONValue, of tool: Tool) {
    self.name = name
    self.value = value
    isChoice = ParameterSchema.plain(tool.parameters).schema["properties"]?[name]?["enum"] != nil
  }

  private var words: [String] { WordsOfName.words(name) }
  private var phrase: String { words.joined(separator: " ") }

  /// The value as it is spoken: `water level` for the choice `water_level`.
  var spoken: String {
    guard isChoice, let text = value.stringValue, text.contains("_"), text == text.lowercased() else {
      return Self.spoken(value)
    }
    return text.replacing("_", with: " ")
  }

  // MARK: Within the order

  /// The order with words where it speaks of the argument; `nil` where it does not.
  func put(in order: String, _ numbers: inout SeededNumbers) -> String? {
    // “by username”, “based on username”, “by tags”: the name itself stands there, without an article.
    for lead in [" by ", " based on "] {
      guard order.lowercased().hasSuffix(lead + phrase), value.boolValue == nil, value.objectValue == nil else {
        continue
      }
      return order.dropLast(lead.count + phrase.count) + " by the \(phrase) \(spoken)"
    }
    guard value.stringValue != nil || value.doubleValue != nil else { return nil }
    // “to a recipient”: the argument is called `to`.
    if ["to", "from"].contains(phrase), let place = order.firstRange(of: " \(phrase) a "),
      order[place.upperBound...].allSatisfy(\.isLetter)
    {
      return order[..<place.lowerBound] + " \(phrase) \(spoken)"
    }
    // “n links”, “convert time”: the name stands for the value.
    if value.doubleValue != nil, words.count == 1, phrase.count == 1, let place = order.firstRange(of: " \(phrase) ") {
      return order[..<place.lowerBound] + " \(spoken) " + order[place.upperBound...]
    }
    let parts = order.split(separator: " ")
    if parts.count > 1, parts[1] == phrase, words.count == 1 {
      return ([String(parts[0]), "the \(phrase) \(spoken)"] + parts.dropFirst(2).map(String.init)).joined(
        separator: " ")
    }
    let filled = Self.put(in: order, for: words) { before, noun in said(noun, after: before, &numbers) }
    // “get the order 3 by id” says it twice.
    guard let filled, words.last == "id", filled.lowercased().hasSuffix(" by id") else { return filled }
    return String(filled.dropLast(" by id".count))
  }

  /// “the station LAN-03”, “the north region”, “2024-05-01”: what stands where the order says “a station”, “a region”, “a
  /// date”.
  private func said(_ noun: String, after before: Substring, _ numbers: inout SeededNumbers) -> String {
    let last = noun.split(separator: " ").last.map(String.init) ?? noun
    let follows = before.split(separator: " ").last.map { $0.lowercased() } ?? ""
    if value.doubleValue != nil {
      if last == "year" { return numbers.pick(["\(spoken)", "the year \(spoken)"]) ?? spoken }
      if Self.measures.contains(last) {
        return numbers.pick(["a \(noun) of \(spoken)", "the \(noun) \(spoken)"]) ?? spoken
      }
      return "the \(noun) \(spoken)"
    }
    if Self.bare.contains(last), Self.prepositions.contains(follows) { return spoken }
    if ["date", "day"].contains(last), follows == "on" { return spoken }
    if isChoice, spoken.allSatisfy({ $0.isLowercase || $0 == " " }) {
      return Self.kinds.contains(last)
        ? spoken : (numbers.pick(["the \(spoken) \(noun)", "the \(noun) \(spoken)"]) ?? spoken)
    }
    return numbers.pick(["the \(noun) \(spoken)", "\(noun) \(spoken)"]) ?? spoken
  }

  /// The sentence with words where the argument's name stands, or the thing that it identifies: for `station_id`, “of a
  /// station” → “of the station OSL-01”.
  /// - Parameter words: gets what stands before the place, and the noun that stands there.
  static func put(in sentence: String, for all: [String], _ words: (Substring, String) -> String) -> String? {
    let isIdentifier = all.count > 1 && identifiers.contains(all[all.count - 1])
    let phrases = [all.joined(separator: " ")] + (isIdentifier ? [all.dropLast().joined(separator: " ")] : [])
    for phrase in phrases where phrase.count > 1 {
      // “a number of days” takes the number itself.
      if let place = sentence.firstRange(of: " a number of \(phrase)") {
        return sentence[..<place.lowerBound] + " \(words(sentence[..<place.lowerBound], phrase))"
          + sentence[place.upperBound...]
      }
      for article in [
        "a", "an", "the", "one", "any", "a specific", "a given", "the given", "a single", "the specified",
      ] {
        guard let place = sentence.firstRange(of: " \(article) \(phrase)") else { continue }
        let after = sentence[place.upperBound...].first
        guard after.map({ !$0.isLetter && !$0.isNumber && !"-'’".contains($0) }) ?? true else { continue }
        // “a date range” speaks of something else than “a date”.
        let next = sentence[place.upperBound...].dropFirst().prefix { $0.isLetter }
        guard after != " " || linking.contains(String(next)) else { continue }
        let before = sentence[..<place.lowerBound]
        return before + " \(words(before, phrase))" + sentence[place.upperBound...]
      }
    }
    return nil
  }

  private static let identifiers: Set<String> = ["id", "name", "code", "key", "number", "slug"]
  private static let linking: Set<String> = [
    "and", "or", "with", "in", "on", "at", "of", "for", "from", "to", "by", "is", "has", "falls", "into", "that", "as",
    "than", "between", "when", "where", "per", "over", "within", "given", "based",
  ]
  private static let prepositions: Set<String> = ["in", "for", "of", "at", "near", "to", "from", "into"]
  /// Things whose name alone says what it is.
  private static let bare: Set<String> = [
    "city", "town", "country", "place", "location", "timezone", "year", "month", "airport",
  ]
  private static let kinds: Set<String> = [
    "quantity", "type", "kind", "category", "field", "metric", "unit", "format", "language", "currency",
  ]
  private static let measures: Set<String> = [
    "length", "weight", "height", "width", "distance", "amount", "temperature", "duration", "radius", "area", "volume",
    "speed", "mass", "price", "size", "age",
  ]

  // MARK: After the order

  /// The argument at the end of the order, with the word that links it: `, with the limit 2`, ` in celsius`.
  func clause(_ numbers: inout SeededNumbers) -> String {
    let last = words.last ?? name
    func one(_ forms: String...) -> String { numbers.pick(forms) ?? forms[0] }
    if case .bool(let flag) = value {
      let verb = ["include", "with", "show", "return", "exclude"].first { words.first == $0 }
      let what = verb == nil ? phrase : words.dropFirst().joined(separator: " ")
      if verb == "exclude" { return flag ? " without \(what)" : " including \(what)" }
      if verb != nil { return flag ? " including \(what)" : " without \(what)" }
      return flag ? ", with “\(phrase)” on" : ", with “\(phrase)” off"
    }
    if value.doubleValue != nil {
      switch last {
      case "limit", "count", "max", "top":
        return one(", at most \(spoken)", ", no more than \(spoken)", ", limited to \(spoken)")
      case "page" where words.count == 1: return one(", page \(spoken)", " (page \(spoken))")
      case "offset", "skip": return one(", starting after the first \(spoken)", ", with an offset of \(spoken)")
      case "year" where words.count == 1: return " in \(spoken)"
      case "id": return one(" with the \(idPhrase) \(spoken)", " number \(spoken)")
      case "latitude", "longitude": return ", \(phrase) \(spoken)"
      case "days", "hours", "minutes", "weeks", "months":
        return one(" for \(spoken) \(last)", " over \(spoken) \(last)")
      default:
        if Self.measures.contains(last) {
          return one(" for a \(phrase) of \(spoken)", ", with a \(phrase) of \(spoken)")
        }
        if let unit = Self.units[last], words.count > 1 {
          return one(
            ", with a \(words.dropLast().joined(separator: " ")) of \(spoken) \(unit)",
            " for a \(words.dropLast().joined(separator: " ")) of \(spoken) \(unit)")
        }
      }
    }
    if value.stringValue != nil {
      switch last {
      case "query", "q", "search", "keyword", "term", "pattern": return one(" for \(quoted)", " matching \(quoted)")
      case "unit", "units", "format", "language", "lang", "currency", "timezone", "tz", "locale",
        "encoding"
      where words.count == 1 || isChoice && words.count == 1:
        return one(" in \(spoken)", ", in \(spoken)")
      case "by" where words.first == "sort" || words.first == "order":
        return one(", sorted by \(spoken)", " ordered by \(spoken)")
      case "sort" where words.count == 1: return ", sorted by \(spoken)"
      case "since", "until", "from", "to", "before", "after", "start", "end":
        let link = ["start": "from", "end": "until"][last] ?? last
        return words.count == 1 ? " \(link) \(spoken)" : ", \(link) \(spoken)"
      case "date" where words.count == 1: return one(" on \(spoken)", " for \(spoken)")
      case "origin",
        "source" where words.count == 1:
        return " from \(spoken)"
      case "destination",
        "target" where words.count == 1:
        return " to \(spoken)"
      case "city", "town", "country", "location", "place", "region": return one(" in \(spoken)", " for \(spoken)")
      case "name", "title": return one(" called \(spoken)", " with the \(phrase) \(spoken)")
      case "text", "message", "body", "content", "subject", "sentence":
        return one(" with the \(phrase) \(quoted)", ", the \(phrase) being \(quoted)")
      case "category", "type", "kind", "status", "tag":
        return one(", \(phrase) \(spoken)", " with the \(phrase) \(spoken)")
      default: break
      }
    }
    return one(
      ", with the \(phrase) \(spoken)", " with the \(phrase) \(spoken)", ", where the \(phrase) is \(spoken)",
      " (\(phrase): \(spoken))")
  }

  private var idPhrase: String { words.count > 1 ? words.dropLast().joined(separator: " ") + " ID" : "ID" }

  private var quoted: String { value.stringValue.map { "“\($0)”" } ?? spoken }

  private static let units: [String: String] = [
    "kg": "kg", "m": "m", "cm": "cm", "km": "km", "mm": "mm", "g": "g", "c": "°C",
  ]

  // MARK: Values

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
