/// Numbers as Python's `int()` and `float()` read them from text.
enum NumberReader {
  /// `float(value)`; `nil` where Python raises `TypeError` or `ValueError`.
  static func float(_ value: Value) throws(Failure) -> Double? {
    switch value {
    case .float(let number): return number
    case .int(let number): return Double(number)
    case .bool(let flag): return flag ? 1 : 0
    case .big(let number):
      guard number.double.isFinite else { throw Failure(.overflow, "int too large to convert to float") }
      return number.double
    case .string(let text), .markup(let text): return float(text)
    case .undefined(let undefined): throw undefined.failure
    default: return nil
    }
  }

  /// `float(text)`; `nil` where it is no number.
  static func float(_ text: String) -> Double? {
    guard let digits = plain(text) else { return nil }
    var body = LetterCase.lower(digits)
    var sign = ""
    if body.hasPrefix("-") || body.hasPrefix("+") {
      sign = body.hasPrefix("-") ? "-" : ""
      body.removeFirst()
    }
    switch body {
    case "inf", "infinity": return sign == "-" ? -.infinity : .infinity
    case "nan": return .nan
    default: break
    }
    // Swift reads more than Python does: hexadecimal numbers, payloads.
    guard body.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ".e+-".utf8.contains($0) }),
      body.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
    if body.hasSuffix(".") { body += "0" }
    if body.hasPrefix(".") { body = "0" + body }
    if let point = body.offset(of: ".e") { body = body.bytes(0, point) + ".0" + body.bytes(point + 1, body.utf8.count) }
    return Double(sign + body)
  }

  /// `int(text, base)`; `nil` where it is no integer.
  static func integer(_ text: String, base: Int) -> Value? {
    guard base == 0 || (2...36).contains(base), var digits = plain(text, base: base) else { return nil }
    digits = LetterCase.lower(digits)
    var sign = ""
    if digits.hasPrefix("-") || digits.hasPrefix("+") {
      sign = digits.hasPrefix("-") ? "-" : ""
      digits.removeFirst()
    }
    var actual = base
    for (prefix, own) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) && (base == own || base == 0)
    {
      digits.removeFirst(2)
      actual = own
    }
    if actual == 0 {
      // Without a prefix a number may begin with a zero only where it is zero.
      guard !digits.hasPrefix("0") || digits.utf8.allSatisfy({ $0 == 0x30 }) else { return nil }
      actual = 10
    }
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }) else { return nil }
    let isBinary = actual & (actual - 1) == 0
    guard digits.utf8.count <= (isBinary ? 1 << 16 : RenderLimits.integerDigits) else { return nil }
    return BigInt(sign + digits, base: UInt32(actual)).map { Value($0) }
  }

  /// The text without white space around it and single underscores between digits, with the digits of all scripts as
  /// ASCII; `nil` where underscores stand elsewhere.
  private static func plain(_ text: String, base: Int = 10) -> String? {
    let stripped = PythonText.stripped(text, of: nil)
    guard !stripped.utf8.isEmpty else { return nil }
    var result = ""
    var previous: Unicode.Scalar = "_"
    for scalar in stripped.unicodeScalars {
      if scalar == "_" {
        guard isDigit(previous, base) || (base != 10 && "xXoObB".unicodeScalars.contains(previous)) else { return nil }
      } else {
        if previous == "_", !result.utf8.isEmpty, !isDigit(scalar, base) { return nil }
        if let digit = scalar.decimalValue { result += String(digit) } else { result.unicodeScalars.append(scalar) }
      }
      previous = scalar
    }
    return previous == "_" ? nil : result
  }

  private static func isDigit(_ scalar: Unicode.Scalar, _ base: Int) -> Bool {
    scalar.decimalValue != nil || (base != 10 && scalar.isASCII && scalar.properties.isAlphabetic)
  }
}
