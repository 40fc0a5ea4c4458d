/// Comparison and division of JSON numbers by their mathematical value: `1` equals `1.0`, and integers of any length
/// are exact.
enum ExactNumber {
  /// -1, 0 or 1; `nil` where one of the two is no number.
  static func order(_ left: JSONValue, _ right: JSONValue) -> Int? {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): sign(left, right)
    case (.double(let left), .double(let right)): sign(left, right)
    case (.integer(let left), .double(let right)): order(left, right)
    case (.double(let left), .integer(let right)): -order(right, left)
    // A big integer lies beyond every 64-bit one, so its sign decides.
    case (.bigInteger(let left), .integer): left.utf8.first == UInt8(ascii: "-") ? -1 : 1
    case (.integer, .bigInteger(let right)): right.utf8.first == UInt8(ascii: "-") ? 1 : -1
    case (.bigInteger(let left), .bigInteger(let right)): order(left, right)
    case (.bigInteger(let left), .double(let right)): order(left, right)
    case (.double(let left), .bigInteger(let right)): -order(right, left)
    default: nil
    }
  }

  /// Whether a number has no fraction: `2.0` has none.
  static func isIntegral(_ value: JSONValue) -> Bool {
    switch value {
    case .integer, .bigInteger: true
    case .double(let value): value.rounded(.towardZero) == value
    default: false
    }
  }

  /// A number as a count for keywords such as `minLength`; beyond 64 bits it is clamped, `nil` where it is none.
  static func count(_ value: JSONValue) -> Int? {
    switch value {
    case .integer(let value): value >= 0 ? value : nil
    case .bigInteger(let digits): digits.utf8.first == UInt8(ascii: "-") ? nil : .max
    case .double(let value):
      value >= 0 && value.rounded() == value ? (value < 0x1p62 ? Int(value) : .max) : nil
    default: nil
    }
  }

  private static func sign<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
    left < right ? -1 : left == right ? 0 : 1
  }

  private static func order(_ left: Int, _ right: Double) -> Int {
    if right >= 0x1p63 { return -1 }
    if right < -0x1p63 { return 1 }
    let floor = right.rounded(.down)
    let whole = Int(floor)
    return left != whole ? sign(left, whole) : floor < right ? -1 : 0
  }

  private static func order(_ left: String, _ right: Double) -> Int {
    let isNegative = left.utf8.first == UInt8(ascii: "-")
    if right.magnitude < 0x1p63 || isNegative != (right < 0) { return isNegative ? -1 : 1 }
    return order(left, wholeDigits(of: right))
  }

  private static func order(_ left: String, _ right: String) -> Int {
    let isNegative = left.utf8.first == UInt8(ascii: "-")
    if isNegative != (right.utf8.first == UInt8(ascii: "-")) { return isNegative ? -1 : 1 }
    let magnitudes =
      left.utf8.count != right.utf8.count
      ? sign(left.utf8.count, right.utf8.count)
      : left.sortsBefore(right) ? -1 : right.sortsBefore(left) ? 1 : 0
    return isNegative ? -magnitudes : magnitudes
  }

  /// The decimal digits of a double beyond 2^63, exactly.
  private static func wholeDigits(of value: Double) -> String {
    // Limbs of nine decimal digits, lowest first; the significand is doubled as often as the exponent says.
    let base: UInt64 = 1_000_000_000
    let power = Int(value.exponent) - 52
    var rest = UInt64(value.magnitude.significand * 0x1p52)
    var limbs: [UInt64] = []
    while rest > 0 {
      limbs.append(rest % base)
      rest /= base
    }
    for _ in 0..<power {
      var carry: UInt64 = 0
      for index in limbs.indices {
        let doubled = limbs[index] * 2 + carry
        limbs[index] = doubled % base
        carry = doubled / base
      }
      if carry > 0 { limbs.append(carry) }
    }
    var text = value < 0 ? "-" : ""
    for (index, limb) in limbs.reversed().enumerated() {
      let digits = String(limb)
      if index > 0 { text += String(repeating: "0", count: 9 - digits.utf8.count) }
      text += digits
    }
    return text
  }
}
