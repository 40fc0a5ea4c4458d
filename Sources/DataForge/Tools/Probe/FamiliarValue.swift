import OrderedJSON

/// Values that mean something: for a format of JSON Schema, or for an argument of a usual name.
enum FamiliarValue {
  /// A text of that `format`; `nil` for formats that nobody knows.
  static func text(format: String, _ numbers: inout SeededNumbers) -> String? {
    let month = numbers.number(in: 1...12)
    let day = numbers.number(in: 1...28)
    let date = "2024-\(twoDigits(month))-\(twoDigits(day))"
    let time = "\(twoDigits(numbers.number(in: 7...20))):\(twoDigits(numbers.number(in: 0...3) * 15)):00"
    switch format {
    case "date": return date
    case "date-time": return "\(date)T\(time)Z"
    case "time": return "\(time)Z"
    case "duration": return "PT\(numbers.number(in: 1...9))H"
    case "email", "idn-email": return numbers.pick(people).map { "\($0.lowercased())@example.com" }
    case "hostname", "idn-hostname": return "example.com"
    case "ipv4": return "192.0.2.\(numbers.number(in: 1...254))"
    case "ipv6": return "2001:db8::\(numbers.number(in: 1...9))"
    case "uri", "url", "iri", "uri-reference", "iri-reference": return "https://example.com/"
    case "uuid":
      let digits = (0..<32).map { _ in String(numbers.number(in: 0...15), radix: 16) }.joined()
      let parts = [0..<8, 8..<12, 13..<16, 17..<20, 20..<32].map { range in
        String(digits.dropFirst(range.lowerBound).prefix(range.count))
      }
      return "\(parts[0])-\(parts[1])-4\(parts[2])-a\(parts[3])-\(parts[4])"
    case "byte", "base64": return "aGVsbG8="
    case "json-pointer": return "/name"
    case "regex": return "^[a-z]+$"
    default: return nil
    }
  }

  /// A text for an argument whose name says what it holds.
  /// - Parameter description: what is said of it, which tells SQL from other queries.
  static func text(named name: String, describedAs description: String = "", _ numbers: inout SeededNumbers) -> String?
  {
    let words = Set(WordsOfName.words(name))
    if words.contains("sql") || description.split(whereSeparator: { !$0.isLetter }).contains("SQL") {
      if description.contains("CREATE TABLE") { return "CREATE TABLE rivers (name TEXT, length INTEGER)" }
      return numbers.pick(["SELECT 1 AS one", "SELECT 2 + 3 AS total", "SELECT 'river' AS name"])
    }
    for (keys, values) in texts where !words.isDisjoint(with: keys) { return numbers.pick(values) }
    if !words.isDisjoint(with: ["date", "day", "since", "until", "start", "end"]) {
      return text(format: "date", &numbers)
    }
    if !words.isDisjoint(with: ["email", "mail"]) { return text(format: "email", &numbers) }
    if !words.isDisjoint(with: ["url", "uri", "link", "website"]) { return text(format: "uri", &numbers) }
    return nil
  }

  /// A number for an argument whose name says what it counts.
  static func number(named name: String, _ numbers: inout SeededNumbers) -> Double? {
    let words = Set(WordsOfName.words(name))
    if !words.isDisjoint(with: ["latitude", "lat"]) { return Double(numbers.number(in: 350...600)) / 10 }
    if !words.isDisjoint(with: ["longitude", "lon", "lng"]) { return Double(numbers.number(in: -90...250)) / 10 }
    if !words.isDisjoint(with: ["year"]) { return Double(numbers.number(in: 1990...2024)) }
    if !words.isDisjoint(with: ["month"]) { return Double(numbers.number(in: 1...12)) }
    if !words.isDisjoint(with: ["page", "offset", "id"]) { return Double(numbers.number(in: 1...3)) }
    if !words.isDisjoint(with: ["limit", "count", "size", "top", "max"]) { return Double(numbers.number(in: 2...10)) }
    return nil
  }

  private static let people = ["Ada", "Grace", "Linus", "Marie", "Noor", "Tomas"]
  private static let texts: [(Set<String>, [String])] = [
    (["timezone", "tz", "zone"], ["Europe/Berlin", "Asia/Tokyo", "America/New_York", "UTC"]),
    (["city", "town", "location", "place"], ["Lisbon", "Oslo", "Kyoto", "Nairobi", "Quito"]),
    (["country"], ["Portugal", "Norway", "Japan", "Kenya"]),
    (["language", "lang", "locale"], ["en", "de", "fr", "es"]),
    (["currency"], ["EUR", "USD", "JPY"]),
    (["revision", "commit", "ref"], ["HEAD"]),
    (["branch"], ["main"]),
    (["query", "search", "keyword", "keywords", "term", "q"], ["river", "garden", "bridge", "harbour"]),
    (["text", "message", "content", "body", "sentence"], ["Hello, world", "The tide is low today", "Good morning"]),
    (["expression", "formula", "equation"], ["2 + 3 * 4", "(17 - 5) / 3", "2 ** 8"]),
    (["word"], ["lantern", "meadow", "copper"]),
    (["title", "subject"], ["Spring inventory", "Weekly report"]),
    (["name", "user", "username", "author", "owner"], people),
    (["color", "colour"], ["blue", "green", "red"]),
    (["time"], ["09:30", "14:00", "18:45"]),
  ]

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
