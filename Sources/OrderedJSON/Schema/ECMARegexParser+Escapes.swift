// Escapes and classes of a pattern.
extension ECMARegexParser {
  mutating func escape() throws(SyntaxError) -> ECMARegexNode {
    guard let next = peek else { throw failure("a backslash ends the pattern") }
    switch next {
    case Self.code("b"):
      position += 1
      return .assertion(.wordBoundary)
    case Self.code("B"):
      position += 1
      return .assertion(.noWordBoundary)
    case Self.code("k"):
      position += 1
      guard take("<") else { throw failure("'\\k' needs the name of a group in angle brackets") }
      let name = try groupName()
      guard let numbers = names[name] else { throw failure("no group is named '\(name)'") }
      hasBackreferences = true
      return .backreference(numbers)
    case 0x31...0x39:
      let number = number() ?? 0
      guard number <= groupCount else { throw failure("there is no group \(number)") }
      hasBackreferences = true
      return .backreference([number])
    default:
      return switch try classEscape(inClass: false) {
      case .scalar(let value): .scalar(value)
      case .set(let set): .set(set)
      }
    }
  }

  private enum ClassAtom {
    case scalar(UInt32)
    case set(ECMARegexSet)
  }

  /// What follows a backslash, where it may stand in a class as well.
  private mutating func classEscape(inClass: Bool) throws(SyntaxError) -> ClassAtom {
    guard let next = peek else { throw failure("a backslash ends the pattern") }
    position += 1
    if let set = ECMARegexSet.shorthand(next) { return .set(set) }
    switch next {
    case Self.code("p"), Self.code("P"): return .set(try property(negated: next == Self.code("P")))
    case Self.code("t"): return .scalar(0x09)
    case Self.code("n"): return .scalar(0x0A)
    case Self.code("v"): return .scalar(0x0B)
    case Self.code("f"): return .scalar(0x0C)
    case Self.code("r"): return .scalar(0x0D)
    case Self.code("b") where inClass: return .scalar(0x08)
    case Self.code("0"):
      if let digit = peek, (0x30...0x39).contains(digit) { throw failure("octal escapes are not part of ECMA-262") }
      return .scalar(0)
    case Self.code("c"):
      guard let letter = peek, (0x41...0x5A).contains(letter) || (0x61...0x7A).contains(letter) else {
        throw failure("'\\c' needs a letter")
      }
      position += 1
      return .scalar(letter % 32)
    case Self.code("x"):
      guard let value = hexadecimal(digits: 2) else { throw failure("'\\x' needs two hexadecimal digits") }
      return .scalar(value)
    case Self.code("u"): return .scalar(try unicodeEscape())
    case Self.code("-") where inClass: return .scalar(next)
    default:
      if "^$\\.*+?()[]{}|/".unicodeScalars.contains(where: { $0.value == next }) { return .scalar(next) }
      let isWordLike = next == 0x5F || (Unicode.Scalar(next)?.properties.isAlphabetic ?? true) || (0x30...0x39) ~= next
      if strictness == .tolerant, !isWordLike || next == 0x5F { return .scalar(next) }
      throw failure("'\\\(Self.shown(next))' is no escape of ECMA-262")
    }
  }

  private mutating func unicodeEscape() throws(SyntaxError) -> UInt32 {
    if take("{") {
      var value: UInt32 = 0
      var count = 0
      while let digit = peek.flatMap(Self.hexadecimalDigit) {
        value = value * 16 + digit
        position += 1
        count += 1
        guard value <= 0x10FFFF else { throw failure("'\\u{…}' lies beyond Unicode") }
      }
      guard count > 0, take("}") else { throw failure("'\\u{…}' needs hexadecimal digits") }
      return value
    }
    guard let value = hexadecimal(digits: 4) else { throw failure("'\\u' needs four hexadecimal digits") }
    if (0xD800..<0xDC00).contains(value), peek == Self.code("\\"), position + 1 < text.count,
      text[position + 1] == Self.code("u")
    {
      let back = position
      position += 2
      if let low = hexadecimal(digits: 4), (0xDC00..<0xE000).contains(low) {
        return 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      position = back
    }
    return value
  }

  private mutating func property(negated: Bool) throws(SyntaxError) -> ECMARegexSet {
    guard take("{") else { throw failure("'\\p' needs a property in braces") }
    var name = String.UnicodeScalarView()
    while let next = peek, next != Self.code("}"), let scalar = Unicode.Scalar(next) {
      name.append(scalar)
      position += 1
    }
    guard take("}") else { throw failure("'\\p{' is not closed") }
    guard let property = ECMARegexProperty(String(name)) else {
      throw failure("'\(String(name))' is no Unicode property that is known here")
    }
    return ECMARegexSet(property: property, negated: negated)
  }

  mutating func characterClass() throws(SyntaxError) -> ECMARegexSet {
    let negated = take("^")
    var set = ECMARegexSet()
    while true {
      guard let next = peek else { throw failure("a class is not closed") }
      if next == Self.code("]") { break }
      let first = try classAtom()
      guard peek == Self.code("-"), position + 1 < text.count, text[position + 1] != Self.code("]") else {
        insert(first, into: &set)
        continue
      }
      position += 1
      let last = try classAtom()
      if case .scalar(let low) = first, case .scalar(let high) = last {
        guard low <= high else { throw failure("a range in a class is out of order") }
        set.insert(low...high)
      } else {
        guard strictness == .tolerant else { throw failure("a range in a class begins or ends with a set") }
        for atom in [first, .scalar(Self.code("-")), last] { insert(atom, into: &set) }
      }
    }
    position += 1
    set.seal(negated: negated)
    return set
  }

  private func insert(_ atom: ClassAtom, into set: inout ECMARegexSet) {
    switch atom {
    case .scalar(let value): set.insert(value...value)
    case .set(let other): set.formUnion(other)
    }
  }

  private mutating func classAtom() throws(SyntaxError) -> ClassAtom {
    guard let next = peek else { throw failure("a class is not closed") }
    if next == Self.code("\\") {
      position += 1
      return try classEscape(inClass: true)
    }
    position += 1
    return .scalar(next)
  }

  private mutating func hexadecimal(digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for offset in 0..<digits {
      guard position + offset < text.count, let digit = Self.hexadecimalDigit(text[position + offset]) else {
        return nil
      }
      value = value * 16 + digit
    }
    position += digits
    return value
  }

  private static func hexadecimalDigit(_ value: UInt32) -> UInt32? {
    switch value {
    case 0x30...0x39: value - 0x30
    case 0x41...0x46: value - 0x41 + 10
    case 0x61...0x66: value - 0x61 + 10
    default: nil
    }
  }
}
