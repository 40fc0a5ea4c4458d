/// What single lines of a text file look like.
enum PlainTextRules {
  /// A heading's level where a line of `=` or `-` stands below it and about as long as it.
  static func underline(_ line: Substring, below title: Substring) -> Int? {
    let signs = line.utf8.filter { $0 > 0x20 }
    guard let sign = signs.first, signs.count >= 3, signs.allSatisfy({ $0 == sign }), "=-~^".utf8.contains(sign) else {
      return nil
    }
    let length = title.count
    guard length <= 100, abs(signs.count - length) <= max(3, length / 3), !isRuler(title) else { return nil }
    return sign == UInt8(ascii: "=") ? 1 : 2
  }

  /// A line by itself that is a title: numbered, or in capitals.
  static func heading(_ line: Substring) -> Int? {
    let text = Array(line.utf8.drop { $0 <= 0x20 })
    guard text.count <= 80, let last = text.last(where: { $0 > 0x20 }), !".,;:!?".utf8.contains(last) else {
      return nil
    }
    let capitals = text.count { LineLabel.isUpper($0) }
    let isCapital = capitals >= 4 && !text.contains { LineLabel.isLower($0) } && indent(line) < 20
    switch LineLabel(text[...]) {
    case .section(_, let depth): return depth
    case .item(let length) where indent(line) < 4 && LineLabel.isDigit(text[0]) && text.count - length <= 60:
      return length < text.count && LineLabel.isUpper(text[length]) ? 1 : nil
    default: return isCapital ? 1 : nil
    }
  }

  /// Whether a line is nothing but signs: a ruler.
  static func isRuler(_ line: Substring) -> Bool {
    let signs = line.unicodeScalars.filter { $0.value > 0x20 }
    return signs.count >= 3 && signs.allSatisfy { !$0.properties.isAlphabetic && !("0"..."9").contains($0) }
  }

  /// The bytes of a list item's mark, after its indentation.
  static func itemLength(_ line: Substring) -> Int? {
    let text = Array(line.utf8.drop { $0 == 0x20 || $0 == 0x09 }.prefix(24))
    switch LineLabel(text[...]) {
    case .bullet(let length) where length < text.count && text[length] > 0x20 || length + 1 < text.count: return length
    case .item(let length) where length < text.count: return length
    default: return nil
    }
  }

  static func indent(_ line: Substring) -> Int {
    line.prefix { $0 == " " || $0 == "\t" }.count
  }

  /// Whether lines are set in columns or indented as programs are.
  static func isListing(_ lines: ArraySlice<Substring>) -> Bool {
    let indented = lines.count { $0.hasPrefix("    ") || $0.hasPrefix("\t") }
    let aligned = lines.count { line in
      let text = line.drop { $0 == " " || $0 == "\t" }
      return text.contains("   ") || text.contains("\t")
    }
    if aligned * 2 > lines.count { return true }
    guard indented == lines.count else { return false }
    let signs = lines.count { line in
      line.utf8.contains { "{}=;<>$|\\".utf8.contains($0) }
    }
    return signs * 2 >= lines.count || lines.count == 1 && indent(lines[lines.startIndex]) < 12
  }
}
