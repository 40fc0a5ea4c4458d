/// The tokens `<0x00>` to `<0xFF>` that stand for single bytes.
enum ByteFallback {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// The token of a byte.
  static func token(_ byte: UInt8) -> [UInt8] {
    Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: ">")]
  }

  /// The byte of a token, or `nil` where it stands for none.
  static func byte(_ token: some RandomAccessCollection<UInt8>) -> UInt8? {
    guard token.count == 6, token.starts(with: "<0x".utf8), token.last == UInt8(ascii: ">") else { return nil }
    var byte: UInt8 = 0
    for character in token.dropFirst(3).prefix(2) {
      guard let digit = Character(UnicodeScalar(character)).hexDigitValue else { return nil }
      byte = byte << 4 | UInt8(digit)
    }
    return byte
  }
}
