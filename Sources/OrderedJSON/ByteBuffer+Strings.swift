extension ByteBuffer {
  /// Adds a string in quotes; only what JSON forbids is escaped.
  @inline(__always)
  mutating func append(quoted text: String) {
    text.withBytes { append(quotedBytes: $0) }
  }

  private mutating func append(quotedBytes bytes: UnsafeBufferPointer<UInt8>) {
    // Words are stored whole before it is known how much of them counts, hence the room beyond the length.
    reserve(bytes.count + 32)
    append(unchecked: UInt8(ascii: "\""))
    if let start = bytes.baseAddress {
      let from = UnsafeRawPointer(start)
      var at = 0
      while true {
        at += copyPlain(from + at, bytes.count - at)
        guard at < bytes.count else { break }
        reserve(bytes.count - at + 32)
        appendEscape(bytes[at])
        at += 1
      }
    }
    append(UInt8(ascii: "\""))
  }

  /// Copies bytes up to the first that must be escaped, and returns how many. There is room for all of them and a word.
  @inline(__always)
  private mutating func copyPlain(_ from: UnsafeRawPointer, _ length: Int) -> Int {
    let place = base + count
    var at = 0
    while at + 16 <= length {
      let first = UInt64(littleEndian: from.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      let second = UInt64(littleEndian: from.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
      place.storeBytes(of: first.littleEndian, toByteOffset: at, as: UInt64.self)
      place.storeBytes(of: second.littleEndian, toByteOffset: at + 8, as: UInt64.self)
      if WordScan.special(first) | WordScan.special(second) != 0 { break }
      at += 16
    }
    while at + 8 <= length {
      let word = UInt64(littleEndian: from.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      place.storeBytes(of: word.littleEndian, toByteOffset: at, as: UInt64.self)
      let special = WordScan.special(word)
      if special != 0 {
        at += special.trailingZeroBitCount >> 3
        count += at
        return at
      }
      at += 8
    }
    while at < length {
      let byte = from.load(fromByteOffset: at, as: UInt8.self)
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
      place.storeBytes(of: byte, toByteOffset: at, as: UInt8.self)
      at += 1
    }
    count += at
    return at
  }

  /// Adds a string in quotes; everything outside ASCII is escaped, by UTF-16 code units.
  mutating func append(asciiQuoted text: String) {
    append(UInt8(ascii: "\""))
    for unit in text.utf16 {
      switch unit {
      case 0x22, 0x5C, 0..<0x20: appendEscape(UInt8(truncatingIfNeeded: unit))
      case 0x20..<0x7F: append(UInt8(truncatingIfNeeded: unit))
      default: appendUnicodeEscape(unit)
      }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case 0x22, 0x5C: append(escaped: byte)
    case 0x0A: append(escaped: UInt8(ascii: "n"))
    case 0x0D: append(escaped: UInt8(ascii: "r"))
    case 0x09: append(escaped: UInt8(ascii: "t"))
    case 0x08: append(escaped: UInt8(ascii: "b"))
    case 0x0C: append(escaped: UInt8(ascii: "f"))
    default: appendUnicodeEscape(UInt16(byte))
    }
  }

  @inline(__always)
  private mutating func append(escaped letter: UInt8) {
    reserve(2)
    append(unchecked: UInt8(ascii: "\\"))
    append(unchecked: letter)
  }

  private mutating func appendUnicodeEscape(_ unit: UInt16) {
    append("\\u")
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift) & 0xF)
      append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
