/// Writes texts that simple regular expressions match: literals, classes, groups, alternatives, repetitions, anchors.
///
/// What it does not know (look-around, back-references, `\p{…}`, negated classes) it leaves to others; whoever uses a
/// text checks it against the pattern anyway.
struct PatternSampler {
  private var rest: Substring.UnicodeScalarView
  private var numbers: SeededNumbers
  private var length = 0

  /// More than that no sensible argument has.
  private static let longest = 256
  private static let deepest = 16

  /// A text that the pattern should match; `nil` where the pattern is not simple.
  static func text(for pattern: String, numbers: inout SeededNumbers) -> String? {
    var sampler = PatternSampler(rest: pattern.unicodeScalars[...], numbers: numbers)
    let text = sampler.alternatives(depth: 0)
    numbers = sampler.numbers
    return sampler.rest.isEmpty ? text : nil
  }

  private init(rest: Substring.UnicodeScalarView, numbers: SeededNumbers) {
    self.rest = rest
    self.numbers = numbers
  }

  /// One of the alternatives up to the end of the group.
  private mutating func alternatives(depth: Int) -> String? {
    guard depth < Self.deepest else { return nil }
    var choices: [String] = []
    while true {
      guard let text = sequence(depth: depth) else { return nil }
      choices.append(text)
      guard rest.first == "|" else { break }
      rest.removeFirst()
    }
    return numbers.pick(choices)
  }

  private mutating func sequence(depth: Int) -> String? {
    var text = ""
    while let next = rest.first, next != "|", next != ")" {
      // What repeats is read anew for each round, so that `[a-z]{3}` is not three times the same letter.
      let start = rest
      guard let first = atom(depth: depth), let count = repetitions() else { return nil }
      let end = rest
      if count > 0 { text += first }
      for _ in 1..<max(count, 1) {
        rest = start
        guard let again = atom(depth: depth) else { return nil }
        text += again
        length += again.unicodeScalars.count
        if length > Self.longest { return nil }
      }
      rest = end
    }
    return text
  }

  private mutating func atom(depth: Int) -> String? {
    guard let scalar = rest.popFirst() else { return nil }
    switch scalar {
    case "^", "$": return ""
    case ".": return letter()
    case "[": return set()
    case "(":
      if rest.first == "?" {
        rest.removeFirst()
        guard rest.popFirst() == ":" else { return nil }
      }
      guard let text = alternatives(depth: depth + 1), rest.popFirst() == ")" else { return nil }
      return text
    case "\\":
      guard let ranges = escape(rest.popFirst()) else { return nil }
      return one(of: ranges)
    case "*", "+", "?", "{": return nil
    default: return String(scalar)
    }
  }

  private mutating func letter() -> String { one(of: [("a", "z")]) ?? "a" }

  private typealias Range = (low: Unicode.Scalar, high: Unicode.Scalar)

  private func escape(_ scalar: Unicode.Scalar?) -> [Range]? {
    switch scalar {
    case "d": return [("0", "9")]
    case "w": return [("a", "z"), ("0", "9")]
    case "s": return [(" ", " ")]
    case let scalar? where !scalar.properties.isAlphabetic && scalar.properties.numericType == nil:
      return [(scalar, scalar)]
    default: return nil
    }
  }

  private mutating func set() -> String? {
    var ranges: [Range] = []
    guard rest.first != "^" else { return nil }
    while let scalar = rest.popFirst(), scalar != "]" {
      var low = scalar
      if scalar == "\\" {
        guard let known = escape(rest.popFirst()) else { return nil }
        guard known.count == 1, known[0].low == known[0].high else {
          ranges += known
          continue
        }
        low = known[0].low
      }
      guard rest.first == "-", rest.dropFirst().first != "]" else {
        ranges.append((low, low))
        continue
      }
      rest.removeFirst()
      guard let high = rest.popFirst(), high != "\\", high >= low else { return nil }
      ranges.append((low, high))
    }
    return one(of: ranges)
  }

  private mutating func one(of ranges: [Range]) -> String? {
    guard let range = numbers.pick(ranges) else { return nil }
    let value = numbers.number(in: Int(range.low.value)...Int(range.high.value))
    return UInt32(exactly: value).flatMap(Unicode.Scalar.init).map { String($0) }
  }

  /// How often the atom before is taken: few times where the pattern leaves it open.
  private mutating func repetitions() -> Int? {
    let bounds: ClosedRange<Int>
    switch rest.first {
    case "*": bounds = 0...3
    case "+": bounds = 1...4
    case "?": bounds = 0...1
    case "{":
      guard let close = rest.firstIndex(of: "}") else { return nil }
      let parts = String(rest[rest.index(after: rest.startIndex)..<close])
        .split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard let low = parts.first ?? nil, parts.count <= 2, low <= Self.longest else { return nil }
      let high = parts.count == 1 ? low : (parts[1] ?? low + 2)
      guard high >= low else { return nil }
      bounds = low...min(high, low + 8)
      rest = rest[close...]
    default: return 1
    }
    rest.removeFirst()
    if rest.first == "?" { rest.removeFirst() }
    return numbers.number(in: bounds)
  }
}
