/// A text without what print and keyboards write differently, with the way back to the original.
///
/// White space, soft hyphens and other invisible signs are left out; quotation marks, dashes and ligatures take their
/// plain form. Case and every other sign are kept. Takes linear time.
struct QuoteFold {
  /// UTF-8.
  private(set) var bytes: [UInt8] = []
  /// For each byte, where the scalar that it comes from starts in the original.
  private(set) var starts: [Int32] = []
  /// For each byte, where that scalar ends.
  private(set) var ends: [Int32] = []

  init(_ text: String) {
    bytes.reserveCapacity(text.utf8.count)
    starts.reserveCapacity(text.utf8.count)
    ends.reserveCapacity(text.utf8.count)
    var offset: Int32 = 0
    for scalar in text.unicodeScalars {
      let end = offset + Int32(UTF8.width(scalar))
      append(scalar, from: offset, to: end)
      offset = end
    }
  }

  /// The original's UTF-8 range that a range of folded bytes comes from.
  func original(_ range: Range<Int>) -> Range<Int> {
    Int(starts[range.lowerBound])..<Int(ends[range.upperBound - 1])
  }

  private mutating func append(_ scalar: Unicode.Scalar, from start: Int32, to end: Int32) {
    if scalar.isASCII {
      if scalar.value > 0x20 { push(UInt8(scalar.value), start, end) }
      return
    }
    if let plain = Self.plain(scalar) {
      for byte in plain.utf8 { push(byte, start, end) }
      return
    }
    guard !scalar.properties.isWhitespace, !scalar.properties.isDefaultIgnorableCodePoint else { return }
    UTF8.encode(scalar).map { for byte in $0 { push(byte, start, end) } }
  }

  private mutating func push(_ byte: UInt8, _ start: Int32, _ end: Int32) {
    bytes.append(byte)
    starts.append(start)
    ends.append(end)
  }

  private static func plain(_ scalar: Unicode.Scalar) -> StaticString? {
    switch scalar.value {
    case 0x2018...0x201B, 0x2032, 0x2039, 0x203A, 0x02BC, 0x00B4: "'"
    case 0x201C...0x201F, 0x2033, 0x00AB, 0x00BB: "\""
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: "-"
    case 0x2026: "..."
    case 0xFB00: "ff"
    case 0xFB01: "fi"
    case 0xFB02: "fl"
    case 0xFB03: "ffi"
    case 0xFB04: "ffl"
    case 0xFB05, 0xFB06: "st"
    default: nil
    }
  }
}

extension StaticString {
  fileprivate var utf8: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount) }
}
