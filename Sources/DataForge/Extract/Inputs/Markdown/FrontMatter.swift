/// The lines between `---` (YAML) or `+++` (TOML) at the head of a Markdown file: its title, author and so on.
///
/// Only plain `key: value` lines are read; whatever else stands there is passed over.
struct FrontMatter {
  private static let mostLines = 500

  private(set) var values: [String: String] = [:]
  /// What comes after it.
  private(set) var body: Substring

  init(_ text: String) {
    body = text[...]
    var rest = text[...]
    guard let fence = Self.line(&rest), fence == "---" || fence == "+++" else { return }
    var found: [String: String] = [:]
    for _ in 0..<Self.mostLines {
      guard let line = Self.line(&rest) else { return }
      if line == fence || (fence == "---" && line == "...") {
        // A ruler at the head of a text is none of this: front matter has keys.
        if !found.isEmpty { (values, body) = (found, rest) }
        return
      }
      guard let (key, value) = Self.entry(line, separator: fence == "---" ? ":" : "=") else { continue }
      if found[key] == nil { found[key] = value }
    }
  }

  /// Takes the next line off; `nil` at the end.
  private static func line(_ rest: inout Substring) -> Substring? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(where: \.isNewline) ?? rest.endIndex
    let line = rest[..<end]
    rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
    return line
  }

  private static func entry(_ line: Substring, separator: Character) -> (String, String)? {
    guard let first = line.first, first.isLetter, let at = line.firstIndex(of: separator) else { return nil }
    let key = line[..<at].lowercased().filter { !$0.isWhitespace }
    var value = line[line.index(after: at)...].drop(while: \.isWhitespace)
    while value.last?.isWhitespace == true { value.removeLast() }
    if let quote = value.first, quote == "\"" || quote == "'", value.count > 1, value.last == quote {
      value = value.dropFirst().dropLast()
    } else if value.first == "[", value.last == "]" {
      let items = value.dropFirst().dropLast().split(separator: ",")
      let words = items.map { $0.filter { $0 != "\"" && $0 != "'" }.drop(while: \.isWhitespace) }
      return (key, words.joined(separator: ", "))
    }
    return (key, String(value))
  }
}
