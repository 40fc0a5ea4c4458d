/// Texts as Python's `repr` writes them.
enum PythonRepr {
  /// `repr` of a string: single quotes, double ones where only single ones stand within.
  static func quoted(_ text: String) -> String {
    var result = ""
    write(quoted: text, to: &result)
    return result
  }

  static func write(quoted text: String, to result: inout String) {
    var hasSingle = false
    var hasDouble = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "'") { hasSingle = true }
      if byte == UInt8(ascii: "\"") { hasDouble = true }
    }
    let quote: Unicode.Scalar = hasSingle && !hasDouble ? "\"" : "'"
    result.unicodeScalars.append(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\":
        result.unicodeScalars.append("\\")
        result.unicodeScalars.append(scalar)
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.isPythonPrintable {
          result.unicodeScalars.append(scalar)
        } else if scalar.value < 0x100 {
          result += "\\x" + hexadecimal(scalar.value, width: 2)
        } else if scalar.value < 0x10000 {
          result += "\\u" + hexadecimal(scalar.value, width: 4)
        } else {
          result += "\\U" + hexadecimal(scalar.value, width: 8)
        }
      }
    }
    result.unicodeScalars.append(quote)
  }

  /// Writes everything outside ASCII as escapes: what `ascii` adds to `repr`.
  static func ascii(_ representation: String) -> String {
    var text = ""
    for scalar in representation.unicodeScalars {
      if scalar.isASCII {
        text.unicodeScalars.append(scalar)
      } else if scalar.value < 0x100 {
        text += "\\x" + hexadecimal(scalar.value, width: 2)
      } else if scalar.value < 0x10000 {
        text += "\\u" + hexadecimal(scalar.value, width: 4)
      } else {
        text += "\\U" + hexadecimal(scalar.value, width: 8)
      }
    }
    return text
  }

  static func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// `repr` of a float: the fewest digits that read back the same.
  static func float(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
    let (digits, point) = shortestDigits(value.magnitude)
    let sign = value < 0 ? "-" : ""
    // The value is 0.DIGITS × 10^point.
    if point > 16 || point < -3 {
      var text = sign + String(digits.first ?? "0")
      if digits.utf8.count > 1 { text += "." + digits.dropFirst() }
      let exponent = point - 1
      let size = String(exponent.magnitude)
      return text + (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" : "") + size
    }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.utf8.count {
      return sign + digits + String(repeating: "0", count: point - digits.utf8.count) + ".0"
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The digits of a positive number, and where the point stands before or behind them.
  static func shortestDigits(_ value: Double) -> (digits: String, point: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let bytes = Array(value.description.utf8)
    var at = 0
    while at < bytes.count, bytes[at] != UInt8(ascii: "e") {
      if bytes[at] == UInt8(ascii: ".") { point = digits.count } else { digits.append(bytes[at]) }
      at += 1
    }
    if at < bytes.count { exponent = Int(String(decoding: bytes[(at + 1)...], as: UTF8.self)) ?? 0 }
    var position = (point ?? digits.count) + exponent
    while digits.count > 1, digits.first == 0x30 {
      digits.removeFirst()
      position -= 1
    }
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    return (String(decoding: digits, as: UTF8.self), position)
  }
}
