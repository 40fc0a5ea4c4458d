/// Which code point of a text each of its bytes belongs to.
struct CodePointIndex {
  private let count: Int
  /// By the byte; empty where each byte is a code point.
  private let places: [Int32]

  init(_ text: String) {
    let bytes = text.utf8
    count = bytes.count
    guard bytes.contains(where: { $0 >= 0x80 }) else {
      places = []
      return
    }
    var place: Int32 = -1
    places = bytes.map { byte in
      if !ByteString.isContinuation(byte) { place += 1 }
      return place
    }
  }

  /// The code points that a range of bytes has a part of.
  @inline(__always)
  func codePoints(touching start: Int, _ end: Int) -> Range<Int> {
    guard start < end else { return codePoints(from: start, to: max(start, end)) }
    if places.isEmpty { return start..<end }
    return Int(places[start])..<(Int(places[end - 1]) + 1)
  }

  /// The code points of a range of bytes that starts and ends with one; what starts at the end is left as it is.
  func codePoints(from start: Int, to end: Int) -> Range<Int> {
    guard !places.isEmpty, start < count else { return start..<max(start, end) }
    let first = Int(places[start])
    let last = end < count ? Int(places[end]) : Int(places[count - 1]) + 1
    return first..<max(first, last)
  }
}
