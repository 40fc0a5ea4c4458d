import Glibc

/// Numbers as C's `printf` and Python write them.
enum NumberText {
  /// The most digits behind the point that are ever written.
  static let longestPrecision = 4096

  /// `%.{precision}{kind}` of a finite magnitude, where the kind is one of `e`, `f`, `g`.
  static func float(_ value: Double, kind: Character, precision: Int, alternate: Bool = false) -> String {
    let format = "%\(alternate ? "#" : "").*\(kind)"
    return withVaList([Int32(min(precision, longestPrecision)), value]) { arguments in
      var buffer = [CChar](repeating: 0, count: min(precision, longestPrecision) + 340)
      let length = vsnprintf(&buffer, buffer.count, format, arguments)
      return String(decoding: buffer.prefix(Int(max(length, 0))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// `round(value, digits)` as Python computes it: from the exact decimal value, halves to even.
  static func rounded(_ value: Double, _ digits: Int) -> Double {
    guard value.isFinite else { return value }
    if digits > 340 { return value }
    if digits < -330 { return Double(signOf: value, magnitudeOf: 0) }
    if digits >= 0 { return Double(float(value, kind: "f", precision: digits)) ?? value }
    // Before the point the scale is exact up to 10^22, which is more than templates round to.
    let scale = pow(10, Double(-digits))
    return (value / scale).rounded(.toNearestOrEven) * scale
  }

  /// Puts separators between groups of digits.
  static func grouped(_ digits: String, by separator: String, size: Int) -> String {
    let bytes = Array(digits.utf8)
    var result = ""
    for (position, byte) in bytes.enumerated() {
      if position > 0, (bytes.count - position) % size == 0 { result += separator }
      result.unicodeScalars.append(Unicode.Scalar(byte))
    }
    return result
  }
}
