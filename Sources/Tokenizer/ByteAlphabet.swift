/// The alphabet of byte-level tokenizers, which writes each byte as a visible character.
///
/// Bytes that are printable in Latin-1 stand for themselves; the others follow from U+0100 on in their order. Source:
/// GPT-2's `bytes_to_unicode`.
enum ByteAlphabet {
  /// The scalar for each byte.
  static let scalars: [UInt32] = {
    var next: UInt32 = 0x100
    return (UInt32(0)...0xFF).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return byte
      default:
        defer { next += 1 }
        return next
      }
    }
  }()

  /// The byte for each scalar from U+0000 to U+0143, or -1.
  private static let bytes: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar)] = Int16(byte) }
    return bytes
  }()

  /// The byte that a scalar stands for.
  static func byte(_ scalar: UInt32) -> UInt8? {
    guard scalar < 0x144 else { return nil }
    let byte = bytes[Int(scalar)]
    return byte < 0 ? nil : UInt8(byte)
  }

  /// The bytes that a token stands for, or `nil` where a character of it stands for none.
  static func bytes(of token: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let text = token.baseAddress else { return [] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(token.count)
    var index = 0
    while index < token.count {
      let (value, length) = ByteString.scalar(text, index)
      guard let byte = byte(value) else { return nil }
      bytes.append(byte)
      index += length
    }
    return bytes
  }
}
