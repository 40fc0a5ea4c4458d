/// What the first characters of a line say about it: a bullet, a number, a caption's name, a footnote's mark.
enum LineLabel: Hashable {
  /// A bullet; `length` counts the UTF-8 bytes up to the text.
  case bullet(length: Int)
  /// `1.`, `(a)`, `iv)`.
  case item(length: Int)
  /// `2.3.1`, `A.2`, `Chapter 4`; `depth` is how many levels the number has.
  case section(length: Int, depth: Int)
  /// `Figure 3:`, `Table 2.`
  case caption

  /// Reads the beginning of a line.
  init?(_ text: ArraySlice<UInt8>) {
    guard let first = text.first else { return nil }
    if let length = Self.bulletLength(text) {
      self = .bullet(length: length)
    } else if (0x30...0x39).contains(first) || first == UInt8(ascii: "(") || Self.isLetter(first) {
      if let label = Self.caption(text) ?? Self.number(text) ?? Self.named(text) { self = label } else { return nil }
    } else {
      return nil
    }
  }

  static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

  private static let bullets: [[UInt8]] = [
    "•", "◦", "▪", "▫", "■", "□", "●", "○", "‣", "⁃", "∙", "·", "►", "➢", "✓", "–", "—", "-", "*", "+", "∗", "−",
  ].map { Array($0.utf8) }

  private static func bulletLength(_ text: ArraySlice<UInt8>) -> Int? {
    for bullet in bullets where text.starts(with: bullet) {
      let next = text.startIndex + bullet.count
      guard next < text.endIndex else { return bullet.count }
      if text[next] == 0x20 { return bullet.count + 1 }
    }
    return nil
  }

  /// `1.`, `1)`, `(1)`, `a)`, `(iv)`: an item; `1.2`, `1.2.`, `A.1`: a section.
  private static func number(_ text: ArraySlice<UInt8>) -> LineLabel? {
    var at = text.startIndex
    let isOpen = text[at] == UInt8(ascii: "(")
    if isOpen { at += 1 }
    var depth = 0
    var digits = 0
    var letters = 0
    scan: while at < text.endIndex, at - text.startIndex < 14 {
      switch text[at] {
      case let byte where isDigit(byte): digits += 1
      case let byte where isLetter(byte): letters += 1
      case UInt8(ascii: "."):
        depth += 1
        guard at + 1 < text.endIndex, text[at + 1] != 0x20 else { break scan }
        (digits, letters) = (digits, 0)
      default: break scan
      }
      at += 1
    }
    guard at < text.endIndex, digits > 0 || letters > 0 else { return nil }
    let isShort = digits <= 3 && letters <= (digits == 0 ? 4 : 0)
    let roman =
      digits > 0 || letters == 1
      || text[(isOpen ? text.startIndex + 1 : text.startIndex)..<at].allSatisfy { "ivxIVX".utf8.contains($0) }
    let end = text[at]
    if end == UInt8(ascii: ")") || (end == UInt8(ascii: ".") && depth == 1 && !isOpen) {
      guard isShort && roman, at + 1 >= text.endIndex ? isOpen || end != UInt8(ascii: ")") : text[at + 1] == 0x20
      else { return nil }
      // `I. Introduction` and `1. Introduction` may be headings: the caller knows the font.
      return .item(length: min(at + 2, text.endIndex) - text.startIndex)
    }
    guard !isOpen, digits > 0, digits <= 9, end == 0x20 || end == UInt8(ascii: ".") else { return nil }
    let next = end == 0x20 ? at + 1 : at + 2
    guard next < text.endIndex, end == 0x20 || text[at + 1] == 0x20 else { return nil }
    let levels = end == 0x20 ? depth + 1 : depth
    guard levels <= 6, isUpper(text[next]) || text[next] >= 0x80 || levels > 1 else { return nil }
    return .section(length: next - text.startIndex, depth: levels)
  }

  private static let captionNames: [[UInt8]] = [
    "Figure", "Fig.", "FIGURE", "FIG.", "Table", "TABLE", "Tab.", "Listing", "Algorithm", "Plate", "Scheme", "Chart",
    "Abbildung", "Tabelle", "Abb.", "Tableau", "Figura", "Tabla",
  ].map { Array($0.utf8) }

  private static func caption(_ text: ArraySlice<UInt8>) -> LineLabel? {
    for name in captionNames where text.starts(with: name) {
      var at = text.startIndex + name.count
      guard at < text.endIndex, text[at] == 0x20 else { continue }
      at += 1
      let start = at
      var digits = 0
      while at < text.endIndex,
        isDigit(text[at]) || isUpper(text[at]) || text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: "-")
      {
        if isDigit(text[at]) { digits += 1 }
        at += 1
      }
      guard at > start, digits > 0 || at - start <= 4 else { continue }
      // `Figure 3 shows …` is a sentence; `Figure 3: …`, `Figure 3. …` and `Figure 3` alone are captions.
      let mark = text[at - 1]
      if at == text.endIndex || text[at] == UInt8(ascii: ":") || mark == UInt8(ascii: ".") { return .caption }
      if text[at] == 0x20, at + 1 < text.endIndex,
        isUpper(text[at + 1]) || text[at + 1] >= 0x80 || text[at + 1] == UInt8(ascii: "(")
      {
        return .caption
      }
    }
    return nil
  }

  private static let sectionNames: [[UInt8]] = [
    "Chapter", "CHAPTER", "Appendix", "APPENDIX", "Part", "PART", "Kapitel", "Anhang",
  ]
  .map { Array($0.utf8) }

  private static func named(_ text: ArraySlice<UInt8>) -> LineLabel? {
    for name in sectionNames where text.starts(with: name) {
      let next = text.startIndex + name.count
      guard next + 1 < text.endIndex, text[next] == 0x20, isDigit(text[next + 1]) || isUpper(text[next + 1]) else {
        continue
      }
      return .section(length: name.count + 1, depth: 1)
    }
    return nil
  }
}
