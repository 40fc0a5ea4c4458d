/// What `markupsafe` does to text.
enum HTMLText {
  /// Escapes what means something in HTML.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&#34;".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "'")
      || byte == UInt8(ascii: "\"")
  }

  /// Takes tags and comments out, joins what is left with single spaces and resolves entities: `Markup.striptags`.
  static func strippedOfTags(_ text: String) -> String {
    var value = removing(text, from: "<!--", to: "-->")
    value = removing(value, from: "<", to: ">")
    return unescaped(PythonText.split(value, by: nil, limit: -1).joined(separator: " "))
  }

  private static func removing(_ text: String, from open: String, to close: String) -> String {
    var result = ""
    var at = 0
    while let start = text.offset(of: open, from: at), let end = text.offset(of: close, from: start) {
      result += text.bytes(at, start)
      at = end + close.utf8.count
    }
    return result + text.bytes(at, text.utf8.count)
  }

  /// Resolves numeric entities and the named ones that text really has: `html.unescape`.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var at = 0
    while at < scalars.count {
      if scalars[at] == "&", let (replacement, end) = entity(scalars, at + 1) {
        result.append(contentsOf: replacement.unicodeScalars)
        at = end
      } else {
        result.append(scalars[at])
        at += 1
      }
    }
    return String(result)
  }

  private static func entity(_ scalars: [Unicode.Scalar], _ start: Int) -> (String, Int)? {
    var at = start
    guard at < scalars.count else { return nil }
    if scalars[at] == "#" {
      at += 1
      let isHexadecimal = at < scalars.count && (scalars[at] == "x" || scalars[at] == "X")
      if isHexadecimal { at += 1 }
      let first = at
      while at < scalars.count, scalars[at].isASCII,
        isHexadecimal ? scalars[at].properties.isASCIIHexDigit : ("0"..."9").contains(scalars[at])
      {
        at += 1
      }
      guard at > first else { return nil }
      let digits = String(String.UnicodeScalarView(scalars[first..<at]))
      if at < scalars.count, scalars[at] == ";" { at += 1 }
      guard let value = UInt32(digits, radix: isHexadecimal ? 16 : 10), let scalar = Unicode.Scalar(value), value != 0
      else { return ("\u{FFFD}", at) }
      return (String(scalar), at)
    }
    while at < scalars.count, at - start < 32, scalars[at].isASCII,
      scalars[at].properties.isAlphabetic
        || ("0"..."9").contains(scalars[at])
    {
      at += 1
    }
    let name = String(String.UnicodeScalarView(scalars[start..<at]))
    if at < scalars.count, scalars[at] == ";", let value = entities[name] { return (value, at + 1) }
    // Old names count without a semicolon too, also where more letters follow.
    for (old, value) in bareEntities where name.hasPrefix(old) { return (value, start + old.utf8.count) }
    return nil
  }

  private static let bareEntities = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "nbsp": "\u{A0}", "copy": "©", "reg": "®",
  ]

  private static let entities = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "reg": "®",
    "trade": "™", "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "deg": "°", "plusmn": "±",
    "times": "×", "divide": "÷", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "sect": "§", "para": "¶",
    "micro": "µ", "frac12": "½", "frac14": "¼", "frac34": "¾", "sup2": "²", "sup3": "³", "auml": "ä",
    "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
    "egrave": "è", "ecirc": "ê", "agrave": "à", "aacute": "á", "acirc": "â", "ccedil": "ç", "ntilde": "ñ",
    "oacute": "ó", "iacute": "í", "uacute": "ú", "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "pi": "π", "infin": "∞", "ne": "≠", "le": "≤",
    "ge": "≥", "sum": "∑", "shy": "\u{AD}", "iexcl": "¡", "iquest": "¿",
  ]
}
