/// What has to be known about scripts to count words.
enum TextScript {
  /// Whether the scalar belongs to a script that puts no spaces between words, so that one sign says about as much as
  /// a short word does elsewhere: Han, kana, Hangul, Thai, Lao, Khmer and Burmese.
  static func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9D: true
    case 0xAC00...0xD7A3, 0x1100...0x11FF: true
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
    default: false
    }
  }
}
