import CPoppler

/// What becomes of single characters on their way out of a PDF.
enum GlyphRepair {
  enum Action {
    case keep
    /// It stands for nothing that can be read.
    case drop
    case space
    case replace(StaticString)
    /// A character for one that was meant.
    case write(Unicode.Scalar)
    /// A soft hyphen: a hyphen where the line ends or where it was printed, else nothing.
    case softHyphen
    /// A combining mark: it belongs to the letter that it stands on, wherever poppler put it.
    case mark
    /// What a font alone knows the meaning of.
    case privateUse
    /// Nobody knows what it was: a replacement character stays, to say so.
    case unknown
    /// What is no character: it goes, and counts against the page.
    case garbage
  }

  /// For scalars of two or more UTF-8 bytes; ASCII never comes here.
  static func action(for scalar: UInt32) -> Action {
    switch scalar {
    // Windows text that was taken for Latin-1: no PDF has control characters to show.
    case 0x80...0x9F: windows[Int(scalar - 0x80)].map { .write($0) } ?? .garbage
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: .space
    case 0xAD: .softHyphen
    case 0x300...0x36F, 0x20D0...0x20FF: .mark
    // Zero-width characters, direction marks and byte-order marks carry nothing that can be read.
    case 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB: .drop
    case 0x2010, 0x2011: .replace("-")
    case 0xFB00: .replace("ff")
    case 0xFB01: .replace("fi")
    case 0xFB02: .replace("fl")
    case 0xFB03: .replace("ffi")
    case 0xFB04: .replace("ffl")
    case 0xFB05, 0xFB06: .replace("st")
    case 0x132: .replace("IJ")
    case 0x133: .replace("ij")
    // The forms that punctuation takes where Chinese and Japanese run downwards.
    case 0xFE10: .replace("，")
    case 0xFE11: .replace("、")
    case 0xFE12: .replace("。")
    case 0xFE35: .replace("（")
    case 0xFE36: .replace("）")
    case 0xFE37: .replace("｛")
    case 0xFE38: .replace("｝")
    case 0xFE39: .replace("〔")
    case 0xFE3A: .replace("〕")
    case 0xFE3B: .replace("【")
    case 0xFE3C: .replace("】")
    case 0xFE3D: .replace("《")
    case 0xFE3E: .replace("》")
    case 0xFE3F: .replace("〈")
    case 0xFE40: .replace("〉")
    case 0xFE41: .replace("「")
    case 0xFE42: .replace("」")
    case 0xFE43: .replace("『")
    case 0xFE44: .replace("』")
    case 0xE000...0xF8FF, 0xF0000...0x10FFFD: .privateUse
    case 0xFFFD: .unknown
    case 0xD800...0xDFFF, 0xFDD0...0xFDEF, 0xE0000...0xE007F: .garbage
    case let other where other & 0xFFFE == 0xFFFE: .garbage
    default: .keep
    }
  }

  /// Windows-1252 from 0x80 on; but TeX's fonts of signs have their bullet where it has a circumflex that nobody uses.
  private static let windows: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "•", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’", "“", "”", "•", "–",
    "—",
    "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]

  /// What TeX's fonts have at the places of control characters, where their PDF does not say: `ffi` at 14 in the old
  /// encoding, ligatures, dashes and quotes from 16 on in the newer one. Only next to letters: fonts of signs have
  /// other things there.
  static func texLigature(_ byte: UInt8, afterLetter: Bool, beforeLetter: Bool) -> StaticString? {
    guard afterLetter || beforeLetter else { return nil }
    switch byte {
    case 0x0E, 0x1E: return "ffi"
    case 0x0F, 0x1F: return "ffl"
    case 0x1B: return "ff"
    case 0x1C: return "fi"
    case 0x1D: return "fl"
    case 0x10 where !afterLetter: return "“"
    case 0x11 where !beforeLetter: return "”"
    case 0x15: return "–"
    case 0x16: return "—"
    case 0x19 where afterLetter: return "ß"
    case 0x1A: return "æ"
    default: return nil
    }
  }

  /// How a combining mark is written that stands on nothing: many fonts have the grave accent for a quote.
  static func spacingMark(_ scalar: UInt32) -> StaticString? {
    switch scalar {
    case 0x300: "`"
    case 0x301: "´"
    case 0x302: "^"
    case 0x303: "~"
    case 0x304: "¯"
    case 0x306: "˘"
    case 0x307: "˙"
    case 0x308: "¨"
    case 0x30A: "˚"
    case 0x30B: "˝"
    case 0x30C: "ˇ"
    case 0x327: "¸"
    case 0x328: "˛"
    default: nil
    }
  }

  /// Whether a scalar can take part in a composition, so that its text must go through NFC.
  static func mayCompose(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x300, 0x2010...0x20CF, 0x2100...0x2125, 0x2130...0x2328, 0x2400...0x2ADB, 0x4E00...0x9FFF: false
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
