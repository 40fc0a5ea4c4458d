import CPoppler

/// Bytes of text in whatever encoding, as a string.
///
/// A byte-order mark decides, else what looks like UTF-16, else what the file declares, else UTF-8 where the bytes are
/// mostly that, else Windows-1252. Nothing fails: what cannot be decoded becomes U+FFFD.
enum TextDecoding {
  /// - Parameter declared: the name that the file itself gives its encoding, as in a page's `meta charset`.
  static func string(_ bytes: [UInt8], declared: String? = nil) -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(bytes.dropFirst(3)) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return convert(bytes.dropFirst(4), "UTF-32LE") }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return convert(bytes.dropFirst(4), "UTF-32BE") }
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), isBigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), isBigEndian: true) }
    if let isBigEndian = looksLikeUTF16(bytes) { return utf16(bytes[...], isBigEndian: isBigEndian) }
    if isUTF8(bytes) { return String(decoding: bytes, as: UTF8.self) }
    if let declared, let name = charset(declared) {
      return name == "UTF-8" ? utf8(bytes[...]) : convert(bytes[...], name)
    }
    return isMostlyUTF8(bytes) ? utf8(bytes[...]) : convert(bytes[...], "WINDOWS-1252")
  }

  /// Letters of the Latin alphabet in UTF-16 leave every second byte zero: the order of the bytes, or `nil`.
  static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool? {
    let head = bytes.prefix(1024)
    guard head.count >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    for (offset, byte) in head.enumerated() where byte == 0 {
      if offset % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    if zeros.even == 0 && zeros.odd * 4 >= head.count { return false }
    if zeros.odd == 0 && zeros.even * 4 >= head.count { return true }
    return nil
  }

  private static func utf8(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> String {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var at = bytes.startIndex
    while at + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
      at += 2
    }
    return String(decoding: units, as: UTF16.self)
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { chars in
        // glib takes a NUL for invalid, a text file may hold one.
        var start = 0
        while start < chars.count {
          var end: UnsafePointer<CChar>?
          guard let base = chars.baseAddress else { return true }
          if g_utf8_validate(base + start, gssize(chars.count - start), &end) != 0 { return true }
          guard let end else { return false }
          let at = end - base
          guard at < chars.count, chars[at] == 0 else { return false }
          start = at + 1
        }
        return true
      }
    }
  }

  /// Whether sequences of several bytes are right more often than wrong.
  private static func isMostlyUTF8(_ bytes: [UInt8]) -> Bool {
    var right = 0
    var wrong = 0
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): if scalar.value >= 0x80 { right += 1 }
      case .error: wrong += 1
      case .emptyInput: return right > wrong
      }
    }
  }

  private static func convert(_ bytes: ArraySlice<UInt8>, _ charset: String) -> String {
    let converted = bytes.withUnsafeBufferPointer { buffer -> String? in
      buffer.withMemoryRebound(to: CChar.self) { chars in
        var read: gsize = 0
        var written: gsize = 0
        guard
          let text = g_convert_with_fallback(
            chars.baseAddress, gssize(chars.count), "UTF-8", charset, nil, &read, &written, nil)
        else { return nil }
        defer { g_free(text) }
        return String(decoding: UnsafeRawBufferPointer(start: text, count: Int(written)), as: UTF8.self)
      }
    }
    if let converted { return converted }
    // Bytes that the encoding does not have: Latin-1 has a character for each.
    return isMostlyUTF8(Array(bytes)) ? utf8(bytes) : latin1(bytes)
  }

  private static func latin1(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }

  /// The encodings that pages and files on the web declare (https://encoding.spec.whatwg.org/#names-and-labels), by
  /// iconv's names. Only these are ever handed to it.
  static func charset(_ label: String) -> String? {
    let label = String(label.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" })
    switch label {
    case "utf-8", "utf8", "unicode-1-1-utf-8": return "UTF-8"
    // A declaration that can be read is not in UTF-16.
    case "utf-16", "utf-16le", "utf-16be", "utf16": return "UTF-8"
    case "ascii", "us-ascii", "latin1", "l1", "iso-8859-1", "iso8859-1", "iso_8859-1", "windows-1252", "cp1252":
      return "WINDOWS-1252"
    case "windows-1254", "cp1254", "iso-8859-9", "latin5": return "WINDOWS-1254"
    case "windows-1250", "windows-1251", "windows-1253", "windows-1255", "windows-1256", "windows-1257",
      "windows-1258", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7",
      "iso-8859-8", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u",
      "big5", "euc-jp", "iso-2022-jp", "euc-kr", "gb18030":
      return label.uppercased()
    case "latin2": return "ISO-8859-2"
    case "latin9": return "ISO-8859-15"
    case "cp1251": return "WINDOWS-1251"
    case "cp1250": return "WINDOWS-1250"
    case "macintosh", "x-mac-roman": return "MACINTOSH"
    case "gbk", "gb2312", "gb_2312-80": return "GB18030"
    case "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j": return "CP932"
    case "ks_c_5601-1987", "windows-949", "korean": return "CP949"
    default: return nil
    }
  }
}
