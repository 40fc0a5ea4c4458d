// What single bytes and scalars mean to whoever cuts text: plain functions, so that a loop over UTF-8 stays one.

@inline(__always) func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
@inline(__always) func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
@inline(__always) func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
@inline(__always) func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
@inline(__always) func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
@inline(__always) func isLetterOrMark(_ byte: UInt8) -> Bool { isLetter(byte) || byte == 0x60 || byte >= 0x80 }
@inline(__always) func isTerminator(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x21 || byte == 0x3F }

/// What cannot stand within a word that a full stop follows.
@inline(__always) func isWordBreak(_ byte: UInt8) -> Bool {
  isSpace(byte) || byte == 0x28 || byte == 0x5B || byte == 0x22 || byte == 0x27 || byte == 0x2D || byte == 0x2F
}

/// `。！？｡．؟।…`
func isWideTerminator(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0x061F, 0x0964, 0x2026: true
  default: false
  }
}

/// `”’»›」』）】》〉〕］`
func isClosingMark(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x201D, 0x2019, 0xBB, 0x203A, 0x300D, 0x300F, 0xFF09, 0x3011, 0x300B, 0x3009, 0x3015, 0xFF3D: true
  default: false
  }
}

func isHiragana(_ scalar: UInt32) -> Bool { scalar >= 0x3041 && scalar <= 0x309F }

/// Scripts that are written without spaces between words: kana, Han, and the wide forms.
func isWideScript(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x20000...0x3FFFF: true
  default: false
  }
}

/// Lower case in the scripts that have it and reach us often: Latin, Greek, Cyrillic; and dashes, which go on.
func isLowScalar(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0xDF...0xF6, 0xF8...0xFF, 0x03B1...0x03C9, 0x0430...0x045F, 0x2013, 0x2014: true
  case 0x100...0x17F: scalar & 1 == 1
  default: false
  }
}

/// The scalar that begins at an offset, and how many bytes it has. A damaged sequence counts as one byte.
@inline(__always)
func decodeScalar(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, end: Int) -> (value: UInt32, length: Int) {
  let first = UInt32(bytes[offset])
  if first < 0x80 { return (first, 1) }
  func tail(_ place: Int) -> UInt32 { UInt32(bytes[offset + place]) & 0x3F }
  switch first {
  case 0xC2..<0xE0 where offset + 1 < end: return ((first & 0x1F) << 6 | tail(1), 2)
  case 0xE0..<0xF0 where offset + 2 < end: return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
  case 0xF0..<0xF5 where offset + 3 < end:
    return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
  default: return (first, 1)
  }
}
