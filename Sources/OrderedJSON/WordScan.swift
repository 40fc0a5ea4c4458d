/// Tests on eight bytes at once.
///
/// Each answers with the high bit of the bytes that fit. Only the lowest such bit is exact: a borrow can mark bytes
/// above it. Source: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord.
enum WordScan {
  static let lowBits: UInt64 = 0x0101_0101_0101_0101
  static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// Bytes that cannot stand in a JSON string as they are: the quote, the backslash, control characters.
  @inline(__always)
  static func special(_ word: UInt64) -> UInt64 {
    let quote = word ^ (lowBits &* 0x22)
    let backslash = word ^ (lowBits &* 0x5C)
    let quotes = (quote &- lowBits) & ~quote
    let backslashes = (backslash &- lowBits) & ~backslash
    let controls = (word &- lowBits &* 0x20) & ~word
    return (quotes | backslashes | controls) & highBits
  }
}
