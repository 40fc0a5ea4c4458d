import Glibc

/// An integer beyond 64 bits, for what Python computes with without a thought.
struct BigInt: Sendable {
  /// Base 2^32, lowest first, no zeros at the end; empty is zero.
  private(set) var limbs: [UInt32]
  private(set) var isNegative: Bool

  private init(limbs: [UInt32], isNegative: Bool) {
    var limbs = limbs
    while limbs.last == 0 { limbs.removeLast() }
    self.limbs = limbs
    self.isNegative = isNegative && !limbs.isEmpty
  }

  init(_ value: Int) {
    let magnitude = value.magnitude
    self.init(
      limbs: [UInt32(truncatingIfNeeded: magnitude), UInt32(truncatingIfNeeded: magnitude >> 32)],
      isNegative: value < 0)
  }

  /// Reads digits of a base up to 36, with an optional sign; `nil` for anything else.
  init?(_ text: String, base: UInt32 = 10) {
    var digits = Array(text.utf8)[...]
    let negative = digits.first == UInt8(ascii: "-")
    if negative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard !digits.isEmpty else { return nil }
    var limbs: [UInt32] = []
    for digit in digits {
      guard let value = Self.value(ofDigit: digit), value < base else { return nil }
      var carry = UInt64(value)
      for position in limbs.indices {
        carry += UInt64(limbs[position]) * UInt64(base)
        limbs[position] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      if carry > 0 { limbs.append(UInt32(carry)) }
    }
    self.init(limbs: limbs, isNegative: negative)
  }

  /// Takes the integer part; `nil` for infinities and what is no number.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    let whole = value.rounded(.towardZero)
    if whole.magnitude < 0x1p62 {
      self.init(Int(whole))
      return
    }
    let exponent = Int(whole.exponent) - 52
    let significand = (whole.significandBitPattern | (1 << 52))
    self.init(
      limbs: BigInt(limbs: [UInt32(truncatingIfNeeded: significand), UInt32(significand >> 32)], isNegative: false)
        .shifted(left: exponent).limbs, isNegative: whole < 0)
  }

  private static func value(ofDigit digit: UInt8) -> UInt32? {
    switch digit {
    case 0x30...0x39: UInt32(digit - 0x30)
    case 0x61...0x7A: UInt32(digit - 0x61 + 10)
    case 0x41...0x5A: UInt32(digit - 0x41 + 10)
    default: nil
    }
  }

  /// The value where it fits 64 bits.
  var int: Int? {
    guard limbs.count <= 2 else { return nil }
    let magnitude = UInt(limbs.first ?? 0) | (limbs.count > 1 ? UInt(limbs[1]) << 32 : 0)
    if isNegative { return magnitude <= UInt(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int(exactly: magnitude)
  }

  var isZero: Bool { limbs.isEmpty }
  var bitCount: Int { limbs.isEmpty ? 0 : limbs.count * 32 - limbs[limbs.count - 1].leadingZeroBitCount }

  /// The nearest double; infinite where it is too large.
  var double: Double {
    Double((isNegative ? "-" : "") + digits(base: 10)) ?? .infinity
  }

  /// The digits without a sign, in lower case.
  func digits(base: UInt32) -> String {
    guard !limbs.isEmpty else { return "0" }
    // As many digits at a time as a limb holds.
    var chunk = base
    var width = 1
    while UInt64(chunk) * UInt64(base) <= UInt64(UInt32.max) {
      chunk *= base
      width += 1
    }
    var rest = limbs
    var bytes: [UInt8] = []
    while !rest.isEmpty {
      var remainder: UInt64 = 0
      for position in rest.indices.reversed() {
        remainder = remainder << 32 | UInt64(rest[position])
        rest[position] = UInt32(remainder / UInt64(chunk))
        remainder %= UInt64(chunk)
      }
      while rest.last == 0 { rest.removeLast() }
      for _ in 0..<width {
        let digit = UInt8(remainder % UInt64(base))
        bytes.append(digit < 10 ? digit + 0x30 : digit + 0x57)
        remainder /= UInt64(base)
      }
    }
    while bytes.count > 1, bytes.last == 0x30 { bytes.removeLast() }
    return String(decoding: bytes.reversed(), as: UTF8.self)
  }
}

// MARK: arithmetic

extension BigInt {
  var negated: BigInt { BigInt(limbs: limbs, isNegative: !isNegative) }
  var magnitude: BigInt { BigInt(limbs: limbs, isNegative: false) }

  func shifted(left bits: Int) -> BigInt {
    var result = [UInt32](repeating: 0, count: bits / 32)
    let small = UInt64(bits % 32)
    var carry: UInt64 = 0
    for limb in limbs {
      carry |= UInt64(limb) << small
      result.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    result.append(UInt32(carry))
    return BigInt(limbs: result, isNegative: isNegative)
  }

  static func + (left: BigInt, right: BigInt) -> BigInt {
    if left.isNegative == right.isNegative {
      return BigInt(limbs: sum(left.limbs, right.limbs), isNegative: left.isNegative)
    }
    if compare(left.limbs, right.limbs) >= 0 {
      return BigInt(limbs: difference(left.limbs, right.limbs), isNegative: left.isNegative)
    }
    return BigInt(limbs: difference(right.limbs, left.limbs), isNegative: right.isNegative)
  }

  static func - (left: BigInt, right: BigInt) -> BigInt { left + right.negated }

  static func * (left: BigInt, right: BigInt) -> BigInt {
    var result = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (low, first) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (high, second) in right.limbs.enumerated() {
        carry += UInt64(first) * UInt64(second) + UInt64(result[low + high])
        result[low + high] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      result[low + right.limbs.count] = UInt32(carry)
    }
    return BigInt(limbs: result, isNegative: left.isNegative != right.isNegative)
  }

  /// Python's `//` and `%`: towards minus infinity. The divisor must not be zero.
  func dividedFloor(by divisor: BigInt) -> (quotient: BigInt, remainder: BigInt) {
    let (quotient, remainder) = Self.divide(limbs, divisor.limbs)
    var whole = BigInt(limbs: quotient, isNegative: isNegative != divisor.isNegative)
    var rest = BigInt(limbs: remainder, isNegative: isNegative)
    if !rest.isZero, rest.isNegative != divisor.isNegative {
      whole = whole - BigInt(1)
      rest = rest + divisor
    }
    return (whole, rest)
  }

  /// Python's `/`: the double nearest to the quotient. The divisor must not be zero.
  func divided(by divisor: BigInt) -> Double {
    // More bits than a double has, and one that tells whether there is a rest.
    let shift = max(0, 66 - bitCount + divisor.bitCount)
    let (quotient, rest) = magnitude.shifted(left: shift).dividedFloor(by: divisor.magnitude)
    var exact = quotient.shifted(left: 1)
    if !rest.isZero { exact = exact + BigInt(1) }
    let value = scalbn(exact.double, Int32(clamping: -shift - 1))
    return isNegative != divisor.isNegative ? -value : value
  }

  func power(_ exponent: Int) -> BigInt {
    var result = BigInt(1)
    var base = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = result * base }
      rest >>= 1
      if rest > 0 { base = base * base }
    }
    return result
  }

  private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var carry: UInt64 = 0
    for position in 0..<max(left.count, right.count) {
      carry += position < left.count ? UInt64(left[position]) : 0
      carry += position < right.count ? UInt64(right[position]) : 0
      result.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    result.append(UInt32(carry))
    return result
  }

  private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var result = left
    var borrow: Int64 = 0
    for position in left.indices {
      var digit = Int64(left[position]) - borrow - (position < right.count ? Int64(right[position]) : 0)
      borrow = digit < 0 ? 1 : 0
      if digit < 0 { digit += 1 << 32 }
      result[position] = UInt32(digit)
    }
    return result
  }

  private static func compare(_ left: [UInt32], _ right: [UInt32]) -> Int {
    if left.count != right.count { return left.count < right.count ? -1 : 1 }
    for position in left.indices.reversed() where left[position] != right[position] {
      return left[position] < right[position] ? -1 : 1
    }
    return 0
  }

  /// Bit by bit: slow for large numbers, which nobody divides in a template.
  private static func divide(_ left: [UInt32], _ right: [UInt32]) -> (quotient: [UInt32], remainder: [UInt32]) {
    if right.count == 1 {
      var quotient = left
      var remainder: UInt64 = 0
      for position in left.indices.reversed() {
        remainder = remainder << 32 | UInt64(left[position])
        quotient[position] = UInt32(remainder / UInt64(right[0]))
        remainder %= UInt64(right[0])
      }
      return (quotient, [UInt32(remainder)])
    }
    var quotient = [UInt32](repeating: 0, count: left.count)
    var remainder: [UInt32] = []
    for bit in stride(from: left.count * 32 - 1, through: 0, by: -1) {
      remainder = BigInt(limbs: remainder, isNegative: false).shifted(left: 1).limbs
      if left[bit / 32] >> UInt32(bit % 32) & 1 == 1 {
        if remainder.isEmpty { remainder = [1] } else { remainder[0] |= 1 }
      }
      if compare(remainder, right) >= 0 {
        remainder = BigInt(limbs: difference(remainder, right), isNegative: false).limbs
        quotient[bit / 32] |= 1 << UInt32(bit % 32)
      }
    }
    return (quotient, remainder)
  }
}

extension BigInt: Hashable, Comparable {
  static func < (left: BigInt, right: BigInt) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let order = compare(left.limbs, right.limbs)
    return left.isNegative ? order > 0 : order < 0
  }
}

extension Value {
  /// An integer in its shortest form.
  init(_ big: BigInt) { self = big.int.map { .int($0) } ?? .big(big) }
}
