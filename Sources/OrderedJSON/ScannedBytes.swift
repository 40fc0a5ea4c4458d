/// The content of a string, without its escapes, known to be valid UTF-8. Good until the scanner reads on.
struct ScannedBytes {
  var start: UnsafePointer<UInt8>
  var count: Int
  /// Whether a byte lies outside ASCII.
  var hasHighBit: Bool

  @inline(__always)
  func makeString() -> String {
    let span = UnsafeBufferPointer(start: start, count: count).span
    return String(copying: unsafe UTF8Span(unchecked: span, isKnownASCII: !hasHighBit))
  }
}
