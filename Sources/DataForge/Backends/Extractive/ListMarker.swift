/// The bullet or number that an item of a list begins with.
enum ListMarker {
  /// The item without its marker.
  static func skipped(_ range: Range<Int>, _ passage: borrowing Passage) -> Range<Int> {
    let bytes = passage.bytes
    var end = range.lowerBound
    while end < range.upperBound, !isSpace(bytes[end]) { end += 1 }
    let marker = range.lowerBound..<end
    guard (1...5).contains(marker.count), end < range.upperBound, isMarker(bytes, marker) else { return range }
    while end < range.upperBound, isSpace(bytes[end]) { end += 1 }
    return end..<range.upperBound
  }

  private static func isMarker(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    let first = bytes[range.lowerBound]
    let last = bytes[range.upperBound - 1]
    if first >= 0x80 {
      return range.count <= 4 && !isLetterScalar(decodeScalar(bytes, at: range.lowerBound, end: range.upperBound).value)
    }
    if range.count == 1 {
      return [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "o")].contains(first)
    }
    guard last == UInt8(ascii: ".") || last == UInt8(ascii: ")") else { return false }
    let inner = range.dropLast().drop { bytes[$0] == UInt8(ascii: "(") }
    return !inner.isEmpty
      && (inner.allSatisfy { isDigit(bytes[$0]) } || inner.count == 1 && isLetter(bytes[inner.lowerBound]))
  }

  private static func isLetterScalar(_ scalar: UInt32) -> Bool {
    (0xC0...0x2FF).contains(scalar) || (0x370...0x1FFF).contains(scalar) || isWideScript(scalar)
  }
}
