import CPoppler

/// What becomes of single characters on their way out of a PDF.
enum GlyphRepair {
  enum Action {
    case keep
    case drop
    case space
    case replace(StaticString)
    /// A soft hyphen: a hyphen where the line ends or where it was printed, else nothing.
    case softHyphen
  }

  /// For scalars of two or more UTF-8 bytes; ASCII never comes here.
  static func action(for scalar: UInt32) -> Action {
    switch scalar {
    case 0x80...0x9F: .drop
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: .space
    case 0xAD: .softHyphen
    // Zero-width characters, direction marks and byte-order marks carry nothing that can be read.
    case 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: .drop
    case 0x2010, 0x2011: .replace("-")
    case 0xFB00: .replace("ff")
    case 0xFB01: .replace("fi")
    case 0xFB02: .replace("fl")
    case 0xFB03: .replace("ffi")
    case 0xFB04: .replace("ffl")
    case 0xFB05, 0xFB06: .replace("st")
    case 0x132: .replace("IJ")
    case 0x133: .replace("ij")
    // Bullets of the Symbol and Wingdings fonts in their private places.
    case 0xF0B7, 0xF0A7, 0xF06C, 0xF09F: .replace("•")
    case 0xF0D8, 0xF0E0: .replace("→")
    default: .keep
    }
  }

  /// Whether a scalar can take part in a composition, so that its text must go through NFC.
  static func mayCompose(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x300, 0x2010...0x2125, 0x2130...0x2328, 0x2400...0x2ADB, 0x4E00...0x9FFF: false
    default: true
    }
  }

  /// The bytes in Normalization Form C; as they are where they are no UTF-8.
  static func composed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let result = bytes.withUnsafeBufferPointer { buffer -> [UInt8]? in
      buffer.withMemoryRebound(to: CChar.self) { chars in
        guard let text = g_utf8_normalize(chars.baseAddress, gssize(chars.count), G_NORMALIZE_NFC) else { return nil }
        defer { g_free(text) }
        return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
      }
    }
    return result ?? Array(bytes)
  }
}
