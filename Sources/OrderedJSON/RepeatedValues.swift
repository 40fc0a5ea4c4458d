import Glibc

/// Arrays and objects that were read before, by their text: rows of a dataset bring the same tools again and again, and to
/// see that a text is the same costs a hundredth of reading it, and of freeing what was read.
///
/// An array or object ends where its text does. So where the bytes of one stand, that one stands, whatever follows.
struct RepeatedValues: ~Copyable {
  private struct Entry {
    var text: [UInt8] = []
    var value = JSONValue.null
  }

  /// What is shorter costs too little.
  static let shortest = 128
  private static let longest = 256 << 10
  /// Bytes of text that are kept; what was read of them takes several times as much.
  private static let mostBytes = 8 << 20
  private static let places = 2_048
  /// How many texts with the same beginning are kept.
  private static let ways = 4

  private var entries: [Entry] = []
  private var oldest: [UInt8] = []
  private var bytes = 0

  /// The value whose text begins here, and how long its text is.
  func find(_ text: JSONText, at start: Int) -> (value: JSONValue, count: Int)? {
    guard !entries.isEmpty, text.end - start >= Self.shortest else { return nil }
    let first = Self.place(text, at: start) * Self.ways
    for index in first..<first + Self.ways {
      let count = entries[index].text.count
      guard count > 0, count <= text.end - start else { continue }
      let isSame = entries[index].text.withUnsafeBytes { memcmp($0.baseAddress!, text.base + start, count) == 0 }
      if isSame { return (entries[index].value, count) }
    }
    return nil
  }

  /// Keeps an array or object with its text.
  mutating func keep(_ value: JSONValue, _ text: JSONText, from start: Int, to end: Int) {
    let count = end - start
    guard (Self.shortest...Self.longest).contains(count) else { return }
    if entries.isEmpty || bytes + count > Self.mostBytes {
      entries = Array(repeating: Entry(), count: Self.places * Self.ways)
      oldest = Array(repeating: 0, count: Self.places)
      bytes = 0
    }
    let place = Self.place(text, at: start)
    let index = place * Self.ways + Int(oldest[place])
    oldest[place] = (oldest[place] + 1) % UInt8(Self.ways)
    bytes += count - entries[index].text.count
    let written = UnsafeRawBufferPointer(start: text.base + start, count: count)
    entries[index] = Entry(text: Array(written), value: value)
  }

  /// Where texts with this beginning are kept.
  @inline(__always)
  private static func place(_ text: JSONText, at start: Int) -> Int {
    var mixed: UInt64 = 0
    var at = start
    while at < start + shortest {
      mixed = (mixed ^ text.word(at: at)) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= mixed >> 29
      at += 8
    }
    return Int(truncatingIfNeeded: mixed >> 20) & (places - 1)
  }
}
