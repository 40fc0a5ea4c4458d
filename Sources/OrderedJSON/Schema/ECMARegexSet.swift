/// A set of code points: what `.`, `[…]`, `\d` or `\p{…}` matches.
struct ECMARegexSet: Sendable {
  /// Code points by number; built up first, then sealed.
  private(set) var ranges: [ClosedRange<UInt32>] = []
  /// Members by property, each possibly negated.
  private(set) var properties: [(property: ECMARegexProperty, negated: Bool)] = []
  private(set) var isNegated = false
  /// Members below 128, negation applied.
  private(set) var ascii: (low: UInt64, high: UInt64) = (0, 0)

  init(_ ranges: [ClosedRange<UInt32>] = [], negated: Bool = false) {
    self.ranges = ranges
    isNegated = negated
    seal()
  }

  init(property: ECMARegexProperty, negated: Bool) {
    properties = [(property, negated)]
    seal()
  }

  mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

  /// Adds another set's members. A set that is itself negated is added as its complement; that is possible where it
  /// has no properties, which holds for `\D`, `\S` and `\W`.
  mutating func formUnion(_ other: ECMARegexSet) {
    ranges += other.isNegated ? Self.complement(of: other.ranges) : other.ranges
    properties += other.properties
  }

  /// Ends building: sorts, merges and fills the table for ASCII.
  mutating func seal(negated: Bool) {
    isNegated = negated
    seal()
  }

  private mutating func seal() {
    ranges = Self.merged(ranges)
    for value: UInt32 in 0..<128 where containsSlowly(value) {
      if value < 64 { ascii.low |= 1 << UInt64(value) } else { ascii.high |= 1 << UInt64(value - 64) }
    }
  }

  @inline(__always)
  func contains(_ value: UInt32) -> Bool {
    if value < 64 { return ascii.low >> UInt64(value) & 1 == 1 }
    if value < 128 { return ascii.high >> UInt64(value - 64) & 1 == 1 }
    return containsSlowly(value)
  }

  private func containsSlowly(_ value: UInt32) -> Bool {
    let found = holds(value) || properties.contains { $0.property.holds(value) != $0.negated }
    return found != isNegated
  }

  private func holds(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }

  static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound &+ 1 {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  static func complement(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in merged(ranges) {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { result.append(next...0x10FFFF) }
    return result
  }
}

extension ECMARegexSet {
  private static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
  private static let wordRanges: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
  /// ECMA-262's WhiteSpace and LineTerminator.
  private static let spaces: [ClosedRange<UInt32>] = [
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
    0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ]

  /// `.` without the `s` flag: all but the line terminators.
  static let anyButLineEnd = ECMARegexSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], negated: true)

  /// The set that `\d`, `\D`, `\s`, `\S`, `\w` or `\W` stands for.
  static func shorthand(_ letter: UInt32) -> ECMARegexSet? {
    switch letter {
    case 0x64: ECMARegexSet(digits)
    case 0x44: ECMARegexSet(digits, negated: true)
    case 0x73: ECMARegexSet(spaces)
    case 0x53: ECMARegexSet(spaces, negated: true)
    case 0x77: ECMARegexSet(wordRanges)
    case 0x57: ECMARegexSet(wordRanges, negated: true)
    default: nil
    }
  }
}
