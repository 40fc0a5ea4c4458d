/// The number of a `multipleOf`, which asks for exact decimal division: `19.99` is a multiple of `0.01` although the
/// doubles next to them are not.
///
/// A double counts as the shortest decimal that names it, which is what the document said.
struct ExactDivisor: Sendable {
  /// Digits and a power of ten; no leading zeros, no trailing ones.
  private struct Decimal {
    var digits: [UInt8]
    var exponent: Int
  }

  /// The divisor where it is a 64-bit integer: the usual case.
  private let whole: Int?
  private let digits: [UInt8]
  private let exponent: Int

  /// - Returns: `nil` where the value is no number greater than zero.
  init?(_ value: JSONValue) {
    guard let sign = ExactNumber.order(value, .integer(0)), sign > 0, let decimal = Self.decimal(value) else {
      return nil
    }
    whole = value.intValue
    digits = decimal.digits
    exponent = decimal.exponent
  }

  /// Whether a number is a multiple; a value that is no number is.
  func divides(_ value: JSONValue) -> Bool {
    if let whole, case .integer(let value) = value { return value % whole == 0 }
    guard let number = Self.decimal(value), !number.digits.isEmpty else { return true }
    // number = a·10^p, divisor = b·10^q, and 10 does not divide a: where p < q, no integer lies between them.
    let shift = number.exponent - exponent
    guard shift >= 0 else { return false }
    let dividend = number.digits + [UInt8](repeating: 0, count: shift)
    if let divisor = Self.word(digits) {
      var rest: UInt64 = 0
      for digit in dividend {
        let (high, low) = rest.multipliedFullWidth(by: 10)
        let (sum, overflow) = low.addingReportingOverflow(UInt64(digit))
        rest = divisor.dividingFullWidth((high + (overflow ? 1 : 0), sum)).remainder
      }
      return rest == 0
    }
    return Self.isZero(remainderOf: dividend, by: digits)
  }

  private static func word(_ digits: [UInt8]) -> UInt64? {
    var value: UInt64 = 0
    for digit in digits {
      let (product, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(UInt64(digit))
      if first || second { return nil }
      value = sum
    }
    return value
  }

  /// Long division as on paper, for divisors beyond 64 bits.
  private static func isZero(remainderOf dividend: [UInt8], by divisor: [UInt8]) -> Bool {
    // Lowest digit first, with one digit more than the divisor has.
    let divisor = Array(divisor.reversed()) + [0]
    var rest = [UInt8](repeating: 0, count: divisor.count)
    for digit in dividend {
      rest.insert(digit, at: 0)
      rest.removeLast()
      while !rest.reversed().lexicographicallyPrecedes(divisor.reversed()) {
        var borrow: Int8 = 0
        for index in rest.indices {
          var difference = Int8(rest[index]) - Int8(divisor[index]) - borrow
          borrow = difference < 0 ? 1 : 0
          if difference < 0 { difference += 10 }
          rest[index] = UInt8(difference)
        }
      }
    }
    return rest.allSatisfy { $0 == 0 }
  }

  private static func decimal(_ value: JSONValue) -> Decimal? {
    switch value {
    case .integer(let value): decimal(String(value.magnitude))
    case .bigInteger(let digits): decimal(digits)
    case .double(let value): value.isFinite ? decimal(value.magnitude.description) : nil
    default: nil
    }
  }

  /// Reads `12`, `-12`, `1.25` or `1.5e-07`.
  private static func decimal(_ text: String) -> Decimal {
    var digits: [UInt8] = []
    var exponent = 0
    var isFraction = false
    var bytes = text.utf8[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case 0x30...0x39:
        digits.append(byte - 0x30)
        if isFraction { exponent -= 1 }
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent += Int(Substring(bytes)) ?? 0
        bytes = bytes[bytes.endIndex...]
      default: break
      }
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    return Decimal(digits: Array(digits.drop { $0 == 0 }), exponent: exponent)
  }
}
