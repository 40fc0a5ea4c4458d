/// Finds the examples that an argument's description gives: `e.g. "Paris"`, `for example 'Oslo'`, `such as 64K`.
enum DescribedExample {
  /// In the order of the text.
  static func values(in description: String) -> [String] {
    for lead in ["e.g.", "for example", "such as", "eg."] {
      guard let place = description.lowercased().firstRange(of: lead) else { continue }
      let skipped = description.lowercased().distance(from: description.lowercased().startIndex, to: place.upperBound)
      let rest = description.dropFirst(skipped).drop { " ,:".contains($0) }
      let values = quoted(rest)
      if !values.isEmpty { return values }
      let word = rest.prefix { !$0.isWhitespace && !",;()".contains($0) }
      let plain = word.hasSuffix(".") ? word.dropLast() : word
      let saysSomething = plain.contains { $0.isNumber || $0.isUppercase }
      if saysSomething { return [String(plain)] }
    }
    return choices(in: description)
  }

  /// Single words in quotes, where there are several: `'asc' or 'desc'`.
  private static func choices(in text: String) -> [String] {
    var values: [String] = []
    var rest = text[...]
    var previous: Character = " "
    while let first = rest.first {
      let inner = rest.dropFirst()
      let word = inner.prefix { $0.isLetter || $0.isNumber || "_-".contains($0) }
      if "\"'`".contains(first), !previous.isLetter, !word.isEmpty, inner.dropFirst(word.count).first == first {
        if !values.contains(String(word)) { values.append(String(word)) }
        rest = inner.dropFirst(word.count + 1)
      } else {
        rest = inner
      }
      previous = first
    }
    return values.count > 1 ? values : []
  }

  /// What stands in quotes, one after the other, from the start of the text.
  private static func quoted(_ text: Substring) -> [String] {
    var values: [String] = []
    var rest = text
    while let open = rest.first, let close = ["\"": "\"", "'": "'", "`": "`", "“": "”"][open] {
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: Character(close)), end != rest.startIndex else { break }
      values.append(String(rest[..<end]))
      rest = rest[rest.index(after: end)...].drop { " ,".contains($0) }
      if rest.hasPrefix("or ") { rest = rest.dropFirst(3) }
    }
    return values
  }
}
