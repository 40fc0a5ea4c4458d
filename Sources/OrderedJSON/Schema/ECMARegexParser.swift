/// Reads a pattern of ECMA-262 (with the `u` flag) into a tree.
struct ECMARegexParser {
  /// Groups in groups, at most: keeps the reader's own stack small.
  static let maximumNesting = 48
  /// The longest pattern that is read, in code points.
  static let maximumLength = 65_536

  typealias SyntaxError = ECMARegex.SyntaxError

  let text: [UInt32]
  let strictness: ECMARegex.Strictness
  var position = 0
  private var nesting = 0
  /// The names of all groups of the pattern, and how many groups there are: a reference may stand before its group.
  let names: [String: [Int]]
  let groupCount: Int

  /// How many capturing groups were read.
  private(set) var captureCount = 0
  var hasBackreferences = false

  init(_ source: String, strictness: ECMARegex.Strictness) {
    text = source.unicodeScalars.map(\.value)
    self.strictness = strictness
    (groupCount, names) = Self.groups(in: text)
  }

  mutating func parse() throws(SyntaxError) -> ECMARegexNode {
    guard text.count <= Self.maximumLength else {
      throw SyntaxError(reason: "the pattern is longer than \(Self.maximumLength) characters", offset: 0)
    }
    let tree = try disjunction()
    guard position == text.count else { throw failure("')' closes no group") }
    return tree
  }

  private mutating func disjunction() throws(SyntaxError) -> ECMARegexNode {
    var alternatives: [ECMARegexNode] = []
    repeat { alternatives.append(try alternative()) } while take("|")
    return alternatives.count == 1 ? alternatives[0] : .alternation(alternatives)
  }

  private mutating func alternative() throws(SyntaxError) -> ECMARegexNode {
    var parts: [ECMARegexNode] = []
    while let next = peek, next != Self.code("|"), next != Self.code(")") {
      let first = captureCount + 1
      let atom = try term()
      parts.append(try quantified(atom, captures: first..<captureCount + 1))
    }
    switch parts.count {
    case 0: return .empty
    case 1: return parts[0]
    default: return .sequence(parts)
    }
  }

  private mutating func term() throws(SyntaxError) -> ECMARegexNode {
    guard let next = peek else { return .empty }
    position += 1
    switch next {
    case Self.code("^"): return .assertion(.start)
    case Self.code("$"): return .assertion(.end)
    case Self.code("."): return .set(.anyButLineEnd)
    case Self.code("("): return try group()
    case Self.code("["): return .set(try characterClass())
    case Self.code("\\"): return try escape()
    case Self.code("*"), Self.code("+"), Self.code("?"): throw failure("nothing stands before the quantifier")
    case Self.code("{"):
      if strictness == .tolerant, !looksLikeQuantifier() { return .scalar(next) }
      throw failure("'{' has to be escaped, or nothing stands before the quantifier")
    case Self.code("}"), Self.code("]"):
      if strictness == .tolerant { return .scalar(next) }
      throw failure("'\(Self.shown(next))' has to be escaped")
    default: return .scalar(next)
    }
  }

  private mutating func group() throws(SyntaxError) -> ECMARegexNode {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.maximumNesting else {
      throw failure("groups are nested more than \(Self.maximumNesting) deep")
    }
    var node: ECMARegexNode
    if take("?") {
      if take(":") {
        node = .group(try disjunction(), capture: nil)
      } else if take("=") {
        node = .look(try disjunction(), ahead: true, negative: false)
      } else if take("!") {
        node = .look(try disjunction(), ahead: true, negative: true)
      } else if take("<") {
        if take("=") {
          node = .look(try disjunction(), ahead: false, negative: false)
        } else if take("!") {
          node = .look(try disjunction(), ahead: false, negative: true)
        } else {
          let name = try groupName()
          captureCount += 1
          let number = captureCount
          if strictness == .standard, names[name, default: []].count > 1 {
            throw failure("two groups are named '\(name)'")
          }
          node = .group(try disjunction(), capture: number)
        }
      } else {
        throw failure("'(?' is followed by what ECMA-262 does not know (flags, comments and '(?P' are not part of it)")
      }
    } else {
      captureCount += 1
      let number = captureCount
      node = .group(try disjunction(), capture: number)
    }
    guard take(")") else { throw failure("a group is not closed") }
    return node
  }

  private mutating func quantified(
    _ atom: ECMARegexNode, captures: Range<Int>
  ) throws(SyntaxError) -> ECMARegexNode {
    var bounds: (Int, Int)?
    if take("*") {
      bounds = (0, .max)
    } else if take("+") {
      bounds = (1, .max)
    } else if take("?") {
      bounds = (0, 1)
    } else if peek == Self.code("{") {
      if looksLikeQuantifier(from: position + 1) {
        position += 1
        let minimum = number() ?? 0
        var maximum = minimum
        if take(",") { maximum = number() ?? .max }
        position += 1
        guard minimum <= maximum else { throw failure("the bounds of a quantifier are out of order") }
        bounds = (minimum, maximum)
      } else if strictness == .standard {
        throw failure("'{' begins no quantifier")
      }
    }
    guard let (minimum, maximum) = bounds else { return atom }
    let greedy = !take("?")
    switch atom {
    case .assertion, .look: throw failure("an assertion cannot be repeated")
    default: break
    }
    return .repetition(atom, minimum: minimum, maximum: maximum, greedy: greedy, captures: captures)
  }

  /// Whether `{` is followed by `n}`, `n,}` or `n,m}`.
  private func looksLikeQuantifier(from start: Int? = nil) -> Bool {
    var index = start ?? position
    let digits = { (index: inout Int, text: [UInt32]) -> Int in
      let begin = index
      while index < text.count, (0x30...0x39).contains(text[index]) { index += 1 }
      return index - begin
    }
    guard digits(&index, text) > 0 else { return false }
    if index < text.count, text[index] == Self.code(",") {
      index += 1
      _ = digits(&index, text)
    }
    return index < text.count && text[index] == Self.code("}")
  }

  mutating func number() -> Int? {
    var value: Int?
    while let digit = peek, (0x30...0x39).contains(digit) {
      // A bound beyond a billion is as good as a billion: no text is that long.
      value = min((value ?? 0) * 10 + Int(digit - 0x30), 1_000_000_000)
      position += 1
    }
    return value
  }

  mutating func groupName() throws(SyntaxError) -> String {
    var name = String.UnicodeScalarView()
    while let next = peek, next != Self.code(">") {
      guard let scalar = Unicode.Scalar(next) else { throw failure("a group has a bad name") }
      let isLetter = scalar.properties.isIDStart || scalar == "$" || scalar == "_"
      guard isLetter || (!name.isEmpty && scalar.properties.isIDContinue) else {
        throw failure("a group has a bad name")
      }
      name.append(scalar)
      position += 1
    }
    guard take(">"), !name.isEmpty else { throw failure("a group has a bad name") }
    return String(name)
  }
}

// Reading ahead, and the small change.
extension ECMARegexParser {
  /// Counts the capturing groups and collects their names.
  private static func groups(in text: [UInt32]) -> (Int, [String: [Int]]) {
    var count = 0
    var names: [String: [Int]] = [:]
    var isInClass = false
    var index = 0
    while index < text.count {
      switch text[index] {
      case code("\\"): index += 1
      case code("["): isInClass = true
      case code("]"): isInClass = false
      case code("(") where !isInClass:
        let rest = text[(index + 1)...].prefix(3)
        let isNamed =
          rest.count == 3 && rest.starts(with: [code("?"), code("<")])
          && rest.last != code("=") && rest.last != code("!")
        if rest.first != code("?") || isNamed { count += 1 }
        if isNamed {
          var name = String.UnicodeScalarView()
          for value in text[(index + 3)...].prefix(while: { $0 != code(">") }) {
            if let scalar = Unicode.Scalar(value) { name.append(scalar) }
          }
          names[String(name), default: []].append(count)
        }
      default: break
      }
      index += 1
    }
    return (count, names)
  }

  var peek: UInt32? { position < text.count ? text[position] : nil }

  mutating func advance() { position += 1 }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == character.value else { return false }
    position += 1
    return true
  }

  func failure(_ reason: String) -> SyntaxError { SyntaxError(reason: reason, offset: position) }

  static func code(_ character: Unicode.Scalar) -> UInt32 { character.value }

  static func shown(_ value: UInt32) -> String { Unicode.Scalar(value).map { String(Character($0)) } ?? "?" }
}
