/// The marks that poppler puts around words that run from right to left, and what they say about the rectangles.
///
/// The marks themselves have no rectangles. Between them the letters stand in the order in which they are read, the
/// rectangles from left to right; numbers and foreign words inside, marked in their turn, run along with these.
struct DirectionMarks {
  /// For each letter of the marked run, which of the run's rectangles is its own.
  private(set) var places: [Int] = []

  static func isMark(_ scalar: UInt32) -> Bool { (0x202A...0x202E).contains(scalar) }

  /// Reads on from behind a mark that begins a run from right to left.
  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
    var inner: [Range<Int>] = []
    var innerStart: Int?
    var depth = 1
    var count = 0
    var offset = start
    while offset < text.count, depth > 0 {
      let byte = text[offset]
      if byte == 0x0A { break }
      if byte == 0xE2, offset + 2 < text.count, text[offset + 1] == 0x80, (0xAA...0xAE).contains(text[offset + 2]) {
        let isEnd = text[offset + 2] == 0xAC
        depth += isEnd ? -1 : 1
        if !isEnd, innerStart == nil { innerStart = count }
        if depth <= 1, let from = innerStart {
          inner.append(from..<count)
          innerStart = nil
        }
        offset += 3
        continue
      }
      if byte & 0xC0 != 0x80 { count += 1 }
      offset += 1
    }
    places = (0..<count).map { count - 1 - $0 }
    for range in inner { places[range].reverse() }
  }
}
