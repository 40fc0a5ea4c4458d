/// The dots between an entry of a table of contents and its page.
enum LeaderDots {
  /// Whether the line holds at least four dots in a row, spaces between them or not.
  static func hasLeader(_ text: ArraySlice<UInt8>) -> Bool { range(in: text) != nil }

  /// The line with one space in the place of its dots.
  static func removed(from text: ArraySlice<UInt8>) -> [UInt8] {
    guard let range = range(in: text) else { return Array(text) }
    let before = text[..<range.lowerBound]
    let after = text[range.upperBound...].drop { $0 == 0x20 }
    return Array(before) + (after.isEmpty || before.isEmpty ? [] : [0x20]) + Array(after)
  }

  private static func range(in text: ArraySlice<UInt8>) -> Range<Int>? {
    var start = text.startIndex
    var dots = 0
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: ".") {
        if dots == 0 { start = index }
        dots += 1
      } else if byte != 0x20 {
        if dots >= 4 { return trimmed(start..<index, text) }
        dots = 0
      }
    }
    return dots >= 4 ? trimmed(start..<text.endIndex, text) : nil
  }

  private static func trimmed(_ range: Range<Int>, _ text: ArraySlice<UInt8>) -> Range<Int> {
    var start = range.lowerBound
    while start > text.startIndex && text[start - 1] == 0x20 { start -= 1 }
    return start..<range.upperBound
  }
}
