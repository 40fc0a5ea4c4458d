/// Reads numbers, keeping what form they were written in.
enum JSONNumberScanner {
  /// Reads a number; `at` is at its first character and ends after its last.
  @inline(__always)
  static func value(_ text: JSONText, at: inout Int, _ limits: JSONLimits) throws(JSONFailure) -> JSONValue {
    let start = at
    var here = at
    let negative = text[here] == UInt8(ascii: "-")
    if negative { here += 1 }
    let digitsStart = here
    var number: UInt64 = 0
    while here < text.end {
      let digit = text[here] &- 0x30
      guard digit <= 9 else { break }
      number = number &* 10 &+ UInt64(digit)
      here += 1
    }
    let digits = here - digitsStart
    if digits == 0 { throw noDigit(text, at: here) }
    if digits > 1, text[digitsStart] == UInt8(ascii: "0") {
      throw JSONFailure(reason: .leadingZero, offset: digitsStart)
    }
    if here < text.end {
      let byte = text[here]
      if byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
        at = here
        return try fraction(text, from: start, at: &at, number: number, digits: digits, negative: negative)
      }
    }
    at = here
    // 18 digits always fit.
    if digits <= 18 {
      let value = Int(truncatingIfNeeded: number)
      return .integer(negative ? 0 &- value : value)
    }
    return try longInteger(text, start..<here, digits: digits, limits)
  }

  @inline(never)
  private static func longInteger(
    _ text: JSONText, _ range: Range<Int>, digits: Int, _ limits: JSONLimits
  ) throws(JSONFailure) -> JSONValue {
    if digits > limits.maximumIntegerDigits {
      throw JSONFailure(reason: .integerTooLong(limits.maximumIntegerDigits), offset: range.lowerBound)
    }
    let digits = string(text, range)
    return Int(digits).map { .integer($0) } ?? .bigInteger(digits)
  }

  /// Reads what follows the integer part.
  @inline(never)
  private static func fraction(
    _ text: JSONText, from start: Int, at: inout Int, number: UInt64, digits: Int, negative: Bool
  ) throws(JSONFailure) -> JSONValue {
    var here = at
    var mantissa = number
    var significant = digits
    var exponent = 0
    if text[here] == UInt8(ascii: ".") {
      here += 1
      let first = here
      while here < text.end {
        let digit = text[here] &- 0x30
        guard digit <= 9 else { break }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        here += 1
      }
      if here == first { throw noDigit(text, at: here) }
      significant += here - first
      exponent = first - here
    }
    if here < text.end, text[here] | 0x20 == UInt8(ascii: "e") {
      here += 1
      var down = false
      if here < text.end, text[here] == UInt8(ascii: "-") || text[here] == UInt8(ascii: "+") {
        down = text[here] == UInt8(ascii: "-")
        here += 1
      }
      let first = here
      var written = 0
      while here < text.end {
        let digit = text[here] &- 0x30
        guard digit <= 9 else { break }
        if written < 100_000 { written = written * 10 + Int(digit) }
        here += 1
      }
      if here == first { throw noDigit(text, at: here) }
      exponent += down ? -written : written
    }
    at = here
    // Both the digits and the power of ten are exact as doubles, so one operation rounds once (Clinger 1990).
    if significant <= 19, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
      let value = Double(mantissa)
      let scaled = exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
      return .double(negative ? -scaled : scaled)
    }
    guard let value = Double(string(text, start..<here)), value.isFinite else {
      throw JSONFailure(reason: .numberTooLarge, offset: start)
    }
    return .double(value)
  }

  private static func string(_ text: JSONText, _ range: Range<Int>) -> String {
    ScannedBytes(start: text.pointer(at: range.lowerBound), count: range.count, hasHighBit: false).makeString()
  }

  private static func noDigit(_ text: JSONText, at: Int) -> JSONFailure {
    guard at < text.end else { return JSONFailure(reason: .unexpectedEnd, offset: at) }
    let byte = text[at]
    if byte == UInt8(ascii: "I") || byte == UInt8(ascii: "N") { return JSONFailure(reason: .notANumber, offset: at) }
    return JSONFailure(reason: .unexpected(byte, wanted: "a digit"), offset: at)
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
