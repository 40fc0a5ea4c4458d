/// Resolves the escapes of a string literal, which are Python's.
enum StringLiteral {
  struct Malformed: Error {
    let message: String
  }

  static func unescaped(_ literal: String) throws(Malformed) -> String {
    guard literal.utf8.contains(UInt8(ascii: "\\")) else { return literal }
    let scalars = Array(literal.unicodeScalars)
    var result = String.UnicodeScalarView()
    var at = 0
    while at < scalars.count {
      guard scalars[at] == "\\", at + 1 < scalars.count else {
        result.append(scalars[at])
        at += 1
        continue
      }
      let escape = scalars[at + 1]
      at += 2
      switch escape {
      case "\n": break
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "r": result.append("\r")
      case "a": result.append("\u{07}")
      case "b": result.append("\u{08}")
      case "f": result.append("\u{0C}")
      case "v": result.append("\u{0B}")
      case "\\", "'", "\"": result.append(escape)
      case "x": result.append(try hexadecimal(scalars, &at, 2, "truncated \\xXX escape"))
      case "u": result.append(try unicode(scalars, &at))
      case "U": result.append(try hexadecimal(scalars, &at, 8, "truncated \\UXXXXXXXX escape"))
      case "N": result.append(try named(scalars, &at))
      case "0"..."7": result.append(octal(scalars, &at))
      default:
        result.append("\\")
        result.append(escape)
      }
    }
    return String(result)
  }

  private static func number(_ scalars: [Unicode.Scalar], _ at: Int, _ width: Int) -> UInt32? {
    guard at + width <= scalars.count else { return nil }
    let digits = scalars[at..<(at + width)]
    guard digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else { return nil }
    return UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
  }

  private static func hexadecimal(
    _ scalars: [Unicode.Scalar], _ at: inout Int, _ width: Int, _ message: String
  ) throws(Malformed) -> Unicode.Scalar {
    guard let value = number(scalars, at, width) else { throw Malformed(message: message) }
    at += width
    guard value <= 0x10FFFF else { throw Malformed(message: "illegal Unicode character") }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Two halves of a surrogate pair become one character, single ones the replacement character.
  private static func unicode(_ scalars: [Unicode.Scalar], _ at: inout Int) throws(Malformed) -> Unicode.Scalar {
    if let high = number(scalars, at, 4), (0xD800...0xDBFF).contains(high), at + 6 <= scalars.count,
      scalars[at + 4] == "\\", scalars[at + 5] == "u", let low = number(scalars, at + 6, 4),
      (0xDC00...0xDFFF).contains(low)
    {
      at += 10
      return Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
    }
    return try hexadecimal(scalars, &at, 4, "truncated \\uXXXX escape")
  }

  private static func named(_ scalars: [Unicode.Scalar], _ at: inout Int) throws(Malformed) -> Unicode.Scalar {
    guard at < scalars.count, scalars[at] == "{", let end = scalars[at...].firstIndex(of: "}") else {
      throw Malformed(message: "malformed \\N character escape")
    }
    let name = String(String.UnicodeScalarView(scalars[(at + 1)..<end])).uppercased()
    at = end + 1
    guard let scalar = byName[name] else { throw Malformed(message: "unknown Unicode character name") }
    return scalar
  }

  /// Built at the first use, which few templates make.
  private static let byName: [String: Unicode.Scalar] = {
    var byName: [String: Unicode.Scalar] = [:]
    for value in UInt32(0x20)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if let name = scalar.properties.name ?? scalar.properties.nameAlias { byName[name] = scalar }
    }
    return byName
  }()

  private static func octal(_ scalars: [Unicode.Scalar], _ at: inout Int) -> Unicode.Scalar {
    at -= 1
    var value: UInt32 = 0
    var count = 0
    while count < 3, at < scalars.count, ("0"..."7").contains(scalars[at]) {
      value = value * 8 + scalars[at].value - 0x30
      at += 1
      count += 1
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}
