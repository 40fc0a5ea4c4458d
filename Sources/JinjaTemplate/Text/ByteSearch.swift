import Glibc

/// Finds bytes in bytes, in time that grows with both but not with their product.
enum ByteSearch {
  /// Needles up to this length are compared wherever their first byte stands.
  private static let short = 32
  /// How often a longer needle may fail to match before its own repetitions are looked at.
  private static let patience = 64

  /// Where `needle`, which must not be empty, first stands in `text`.
  static func first(_ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard needle.count <= text.count, let base = text.baseAddress, let sought = needle.baseAddress else { return nil }
    let last = text.count - needle.count
    var at = 0
    var failures = 0
    while at <= last {
      guard let found = memchr(base + at, Int32(sought[0]), last - at + 1) else { return nil }
      at = found - UnsafeMutableRawPointer(mutating: base)
      if memcmp(base + at, sought, needle.count) == 0 { return at }
      at += 1
      failures += 1
      if failures > patience, needle.count > short {
        let rest = UnsafeBufferPointer(rebasing: text[at...])
        return scan(needle, rest, isReversed: false).map { at + $0 }
      }
    }
    return nil
  }

  /// Where `needle`, which must not be empty, last stands in `text`.
  static func last(_ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard needle.count <= text.count, let base = text.baseAddress, let sought = needle.baseAddress else { return nil }
    var at = text.count - needle.count
    var failures = 0
    while at >= 0 {
      if base[at] == sought[0] {
        if memcmp(base + at, sought, needle.count) == 0 { return at }
        failures += 1
        if failures > patience, needle.count > short {
          let rest = UnsafeBufferPointer(rebasing: text[..<(at + needle.count)])
          return scan(needle, rest, isReversed: true)
        }
      }
      at -= 1
    }
    return nil
  }

  /// The algorithm of Knuth, Morris and Pratt, from the front or from the back.
  private static func scan(
    _ needle: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>, isReversed: Bool
  ) -> Int? {
    func sought(_ at: Int) -> UInt8 { needle[isReversed ? needle.count - 1 - at : at] }
    var borders = [Int32](repeating: 0, count: needle.count)
    var length = 0
    for at in 1..<needle.count {
      while length > 0, sought(at) != sought(length) { length = Int(borders[length - 1]) }
      if sought(at) == sought(length) { length += 1 }
      borders[at] = Int32(truncatingIfNeeded: length)
    }
    length = 0
    for at in 0..<text.count {
      let byte = text[isReversed ? text.count - 1 - at : at]
      while length > 0, byte != sought(length) { length = Int(borders[length - 1]) }
      if byte == sought(length) { length += 1 }
      if length == needle.count { return isReversed ? text.count - 1 - at : at - needle.count + 1 }
    }
    return nil
  }
}
