/// Takes out of text what was meant for printers and terminals.
enum PlainTextRepair {
  /// `a`, backspace, `a` is a bold `a`; `_`, backspace, `a` an underlined one; an escape sequence sets a colour.
  static func withoutOverstrikes(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x08 || $0 == 0x1B }) else { return text }
    var result = String.UnicodeScalarView()
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      if scalar == "\u{8}" {
        if let last = result.last, last != "\n" { result.removeLast() }
      } else if scalar == "\u{1B}" {
        guard scalars.next() == "[" else { continue }
        while let next = scalars.next(), !("@"..."~").contains(next) {}
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
