import Glibc

/// Comparison of texts by their bytes, as far as templates leave them alone.
enum TrimmedText {
  /// The text without white space at its ends.
  static func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    // Python's `strip` takes more than ASCII white space, but templates meet little else.
    if !TextBytes.isSpace(first), !TextBytes.isSpace(last) { return text }
    return TextBytes.lend(text) { $0.trimmedString($0.all) }
  }

  static func areEqual(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return TextBytes.lend(left) { left in
      TextBytes.lend(right) { right in
        guard let first = left.bytes.baseAddress, let second = right.bytes.baseAddress else { return true }
        return memcmp(first, second, left.count) == 0
      }
    }
  }

  /// Whether both are equal but for white space.
  static func areEqualWithoutSpace(_ left: String, _ right: String) -> Bool {
    left.utf8.lazy.filter { !TextBytes.isSpace($0) }.elementsEqual(right.utf8.lazy.filter { !TextBytes.isSpace($0) })
  }

  /// The text without any white space.
  static func withoutSpace(_ text: String) -> String {
    String(decoding: text.utf8.filter { !TextBytes.isSpace($0) }, as: UTF8.self)
  }

  /// Whether `part` stands in `whole` with no letter or digit right before or behind it.
  static func holds(_ whole: String, _ part: String) -> Bool {
    guard !part.isEmpty, part.utf8.count <= whole.utf8.count else { return part.isEmpty }
    let token = Marker(part)
    return TextBytes.lend(whole) { text in
      var at = 0
      while let found = text.find(token, at..<text.count) {
        if isWhole(text, found..<found + token.count) { return true }
        at = found + 1
      }
      return false
    }
  }

  /// Whether `part` stands at the beginning or the end of `whole`, or fills lines of it.
  static func bounds(_ whole: String, _ part: String) -> Bool {
    guard !part.isEmpty, part.utf8.count <= whole.utf8.count else { return part.isEmpty }
    let token = Marker(part)
    return TextBytes.lend(whole) { text in
      var at = 0
      while let found = text.find(token, at..<text.count) {
        let end = found + token.count
        if isWhole(text, found..<end), found == 0 || end == text.count || isLine(text, found..<end) { return true }
        at = found + 1
      }
      return false
    }
  }

  private static func isLine(_ text: TextBytes, _ range: Range<Int>) -> Bool {
    text[range.lowerBound - 1] == 0x0A && text[range.upperBound] == 0x0A
  }

  private static func isWhole(_ text: TextBytes, _ range: Range<Int>) -> Bool {
    let before =
      range.lowerBound > 0 && isWord(text[range.lowerBound - 1]) && isWord(text[range.lowerBound])
    let behind =
      range.upperBound < text.count && isWord(text[range.upperBound]) && isWord(text[range.upperBound - 1])
    return !before && !behind
  }

  /// Letters, digits, underscores and everything outside ASCII.
  static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }
}
