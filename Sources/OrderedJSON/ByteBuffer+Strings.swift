extension ByteBuffer {
  /// Adds a string in quotes; only what JSON forbids is escaped.
  mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    let length = text.utf8.count
    reserve(length + 16)
    // The closure must not hold `self` while it grows `self`, so it works on the part that is left each time.
    var done = 0
    while done < length {
      reserve(length - done + 16)
      let place = base + count
      let (taken, stop) = text.withBytes { bytes in
        Self.copyPlain(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[done...]), to: place)
      }
      done += taken
      count += taken
      if let stop {
        appendEscape(stop)
        done += 1
      }
    }
    append(UInt8(ascii: "\""))
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

  /// Copies bytes up to the first that must be escaped, and returns how many, and that one. The place has room for all
  /// of them and eight more.
  @inline(__always)
  private static func copyPlain(
    _ bytes: UnsafeRawBufferPointer, to place: UnsafeMutableRawPointer
  ) -> (Int, UInt8?) {
    guard let start = bytes.baseAddress else { return (0, nil) }
    var at = 0
    while at + 8 <= bytes.count {
      let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      place.storeBytes(of: word.littleEndian, toByteOffset: at, as: UInt64.self)
      let special = WordScan.special(word)
      if special != 0 {
        at += special.trailingZeroBitCount >> 3
        return (at, start.load(fromByteOffset: at, as: UInt8.self))
      }
      at += 8
    }
    while at < bytes.count {
      let byte = start.load(fromByteOffset: at, as: UInt8.self)
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return (at, byte) }
      place.storeBytes(of: byte, toByteOffset: at, as: UInt8.self)
      at += 1
    }
    return (at, nil)
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    case 0x08: append("\\b")
    case 0x0C: append("\\f")
    default: appendUnicodeEscape(UInt16(byte))
    }
  }

  private mutating func appendUnicodeEscape(_ unit: UInt16) {
    append("\\u")
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift) & 0xF)
      append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
