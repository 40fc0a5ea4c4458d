/// Escapes and classes in brackets.
extension PatternParser {
  mutating func escape() throws(Failure) -> PatternNode {
    place += 1
    guard let letter = next else { throw Failure(isSyntax: true, message: "it ends with a backslash") }
    if let item = try classEscape(letter) { return set(item) }
    place += 1
    switch UInt8(exactly: letter) {
    case UInt8(ascii: "A"): return .assertion(.textStart)
    case UInt8(ascii: "z"): return .assertion(.textEnd)
    case UInt8(ascii: "Z"): return .assertion(.textEndOrLastLineBreak)
    case UInt8(ascii: "G"): return .assertion(.searchStart)
    case UInt8(ascii: "b"): return .assertion(.wordBoundary)
    case UInt8(ascii: "B"): return .assertion(.noWordBoundary)
    case UInt8(ascii: "O"): return .set(.range(0...0x10FFFF))
    case UInt8(ascii: "N"): return .set(.not(.range(10...10)))
    case UInt8(ascii: "R"):
      let pair = PatternNode.sequence([.set(.range(13...13)), .set(.range(10...10))])
      let one = PatternNode.set(.ranges([10...13, 0x85...0x85, 0x2028...0x2029]))
      return .atomic(.choice([pair, one]))
    case UInt8(ascii: "X"), UInt8(ascii: "K"), UInt8(ascii: "k"), UInt8(ascii: "g"), UInt8(ascii: "y"),
      UInt8(ascii: "Y"):
      throw Failure(isSyntax: false, message: "the escape `\\\(Character(UnicodeScalar(UInt8(letter))))`")
    case let digit? where (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(digit):
      throw Failure(isSyntax: false, message: "a back-reference")
    default:
      let value = try literalEscape(letter)
      return set(.range(value...value))
    }
  }

  /// The set of an escape that stands for one, such as `\s` or `\p{L}`, with the place after it.
  private mutating func classEscape(_ letter: UInt32) throws(Failure) -> PatternSet.Item? {
    let item: PatternSet.Item
    switch UInt8(exactly: letter) {
    case UInt8(ascii: "s"): item = .space
    case UInt8(ascii: "S"): item = .not(.space)
    case UInt8(ascii: "d"): item = .categories([.decimalNumber])
    case UInt8(ascii: "D"): item = .not(.categories([.decimalNumber]))
    case UInt8(ascii: "w"): item = .word
    case UInt8(ascii: "W"): item = .not(.word)
    case UInt8(ascii: "h"): item = .ranges([0x30...0x39, 0x41...0x46, 0x61...0x66])
    case UInt8(ascii: "H"): item = .not(.ranges([0x30...0x39, 0x41...0x46, 0x61...0x66]))
    case UInt8(ascii: "p"), UInt8(ascii: "P"):
      guard place + 1 < scalars.count, scalars[place + 1] == UInt32(ascii: "{") else { return nil }
      place += 2
      return try property(isNegated: letter == UInt32(ascii: "P"))
    default: return nil
    }
    place += 1
    return item
  }

  private mutating func property(isNegated: Bool) throws(Failure) -> PatternSet.Item {
    var isNegated = isNegated
    if take("^") { isNegated.toggle() }
    var name = ""
    while let next, next != UInt32(ascii: "}") {
      if let scalar = Unicode.Scalar(next) { name.unicodeScalars.append(scalar) }
      place += 1
    }
    guard take("}") else { throw Failure(isSyntax: true, message: "a property has no `}` after it") }
    guard let item = PatternProperty.item(named: name) else {
      throw Failure(isSyntax: false, message: "the property \\p{\(name)}")
    }
    return isNegated ? .not(item) : item
  }

  /// The scalar of an escape that stands for one; the place is after its letter.
  private mutating func literalEscape(_ letter: UInt32) throws(Failure) -> UInt32 {
    switch UInt8(exactly: letter) {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "v"): return 11
    case UInt8(ascii: "a"): return 7
    case UInt8(ascii: "e"): return 0x1B
    case UInt8(ascii: "0"): return 0
    case UInt8(ascii: "u"): return try hexadecimal(least: 4, most: 4)
    case UInt8(ascii: "x"):
      guard take("{") else { return try hexadecimal(least: 1, most: 2) }
      let value = try hexadecimal(least: 1, most: 8)
      guard take("}"), value <= 0x10FFFF else { throw Failure(isSyntax: true, message: "a bad `\\x{…}`") }
      return value
    default: return letter
    }
  }

  private mutating func hexadecimal(least: Int, most: Int) throws(Failure) -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    while count < most, let next, let byte = UInt8(exactly: next),
      let digit = Character(UnicodeScalar(byte)).hexDigitValue
    {
      value = value << 4 | UInt32(digit)
      place += 1
      count += 1
    }
    guard count >= least else { throw Failure(isSyntax: true, message: "an escape lacks its hexadecimal digits") }
    return value
  }

  /// A class; the place is after its `[`.
  mutating func bracket() throws(Failure) -> PatternSet.Item {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw Failure(isSyntax: false, message: "classes are nested too deep") }
    let isNegated = take("^")
    var operands: [PatternSet.Item] = []
    var items: [PatternSet.Item] = []
    var isFirst = true
    while true {
      guard let next else { throw Failure(isSyntax: true, message: "a `[` has no `]` after it") }
      if next == UInt32(ascii: "]"), !isFirst {
        place += 1
        break
      }
      isFirst = false
      if take("&&") {
        operands.append(.union(items))
        items = []
      } else if ahead("[:"), let posix = posix() {
        items.append(posix)
      } else if take("[") {
        items.append(try bracket())
      } else {
        items.append(try member())
      }
    }
    operands.append(items.count == 1 ? items[0] : .union(items))
    let all: PatternSet.Item = operands.count == 1 ? operands[0] : .intersection(operands)
    // Cases are folded before the class is turned round.
    return isNegated ? .not(options.ignoresCase ? all.ignoringCase : all) : all
  }

  /// `[:alpha:]`, where it is one.
  private mutating func posix() -> PatternSet.Item? {
    let start = place
    place += 2
    let isNegated = take("^")
    var name = ""
    while let next, next != UInt32(ascii: ":"), name.utf8.count < 10, let scalar = Unicode.Scalar(next) {
      name.unicodeScalars.append(scalar)
      place += 1
    }
    guard take(":]"), let item = PatternProperty.posixItem(named: name) else {
      place = start
      return nil
    }
    return isNegated ? .not(item) : item
  }

  /// A scalar, a range, or an escape that stands for a set.
  private mutating func member() throws(Failure) -> PatternSet.Item {
    if next == UInt32(ascii: "\\") {
      place += 1
      guard let letter = next else { throw Failure(isSyntax: true, message: "it ends with a backslash") }
      if let item = try classEscape(letter) { return item }
      place -= 1
    }
    let low = try memberScalar()
    guard next == UInt32(ascii: "-"), place + 1 < scalars.count, scalars[place + 1] != UInt32(ascii: "]") else {
      return .range(low...low)
    }
    let start = place
    place += 1
    if next == UInt32(ascii: "\\"), place + 1 < scalars.count {
      place += 1
      let isSet = try classEscape(scalars[place]) != nil
      place = start + 1
      if isSet {
        // The minus stands for itself: it is read again with what follows.
        place = start
        return .range(low...low)
      }
    }
    let high = try memberScalar()
    guard low <= high else { throw Failure(isSyntax: true, message: "a range in a class is empty") }
    return .range(low...high)
  }

  private mutating func memberScalar() throws(Failure) -> UInt32 {
    guard let scalar = next else { throw Failure(isSyntax: true, message: "a `[` has no `]` after it") }
    place += 1
    guard scalar == UInt32(ascii: "\\"), let letter = next else { return scalar }
    place += 1
    return letter == UInt32(ascii: "b") ? 8 : try literalEscape(letter)
  }
}

extension UInt32 {
  /// The code point of an ASCII character.
  init(ascii scalar: Unicode.Scalar) { self = scalar.value }
}
