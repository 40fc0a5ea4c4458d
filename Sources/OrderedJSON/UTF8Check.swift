/// Tells whether bytes are UTF-8 as Unicode defines it: shortest forms only, no surrogates, nothing above U+10FFFF.
///
/// Source: The Unicode Standard, table 3-7.
enum UTF8Check {
  /// - Throws: `JSONFailure` at the first byte of the first wrong sequence.
  @inline(never)
  static func check(_ text: JSONText, _ range: Range<Int>) throws(JSONFailure) {
    var at = range.lowerBound
    let end = range.upperBound
    while at < end {
      if at + 8 <= end {
        let high = text.word(at: at) & WordScan.highBits
        if high == 0 {
          at += 8
          continue
        }
        at += high.trailingZeroBitCount >> 3
      }
      let first = text[at]
      if first < 0x80 {
        at += 1
        continue
      }
      let length = length(text, at: at, end: end, first: first)
      if length == 0 { throw JSONFailure(reason: .invalidUTF8, offset: at) }
      at += length
    }
  }

  /// The length of the sequence at `at`, or 0 where it is none.
  @inline(__always)
  private static func length(_ text: JSONText, at: Int, end: Int, first: UInt8) -> Int {
    func continues(_ offset: Int) -> Bool { text[at + offset] & 0xC0 == 0x80 }
    switch first {
    case 0xC2...0xDF:
      return at + 2 <= end && continues(1) ? 2 : 0
    case 0xE0...0xEF:
      guard at + 3 <= end, continues(1), continues(2) else { return 0 }
      if first == 0xE0 { return text[at + 1] >= 0xA0 ? 3 : 0 }
      if first == 0xED { return text[at + 1] < 0xA0 ? 3 : 0 }
      return 3
    case 0xF0...0xF4:
      guard at + 4 <= end, continues(1), continues(2), continues(3) else { return 0 }
      if first == 0xF0 { return text[at + 1] >= 0x90 ? 4 : 0 }
      if first == 0xF4 { return text[at + 1] < 0x90 ? 4 : 0 }
      return 4
    default: return 0
    }
  }
}
