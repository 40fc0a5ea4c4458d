/// Reads a regular expression as Oniguruma does with its Ruby syntax, which is what `tokenizers` uses.
struct PatternParser {
  /// Why a pattern is refused.
  struct Failure: Error {
    var isSyntax: Bool
    var message: String
  }

  struct Options {
    var ignoresCase = false
    var dotTakesLineBreaks = false
    var isExtended = false
  }

  static let maximumDepth = 100
  static let maximumRepeats = 1000
  static let maximumQuantifiers = 8

  let scalars: [UInt32]
  var place = 0
  var options = Options()
  var depth = 0

  /// The tree of a whole pattern.
  static func parse(_ pattern: String) throws(Failure) -> PatternNode {
    var parser = PatternParser(scalars: pattern.unicodeScalars.map(\.value))
    let node = try parser.choice()
    guard parser.place == parser.scalars.count else {
      throw Failure(isSyntax: true, message: "a `)` has no `(` before it")
    }
    return node
  }

  var next: UInt32? { place < scalars.count ? scalars[place] : nil }

  func ahead(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard place + count <= scalars.count else { return false }
    for index in 0..<count where scalars[place + index] != UInt32(text.utf8Start[index]) { return false }
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard ahead(text) else { return false }
    place += text.utf8CodeUnitCount
    return true
  }

  mutating func choice() throws(Failure) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw Failure(isSyntax: false, message: "groups are nested too deep") }
    // An option that is set inside holds up to the end of the group.
    let outer = options
    defer { options = outer }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(Failure) -> PatternNode {
    var nodes: [PatternNode] = []
    while let next, next != UInt32(ascii: "|"), next != UInt32(ascii: ")") {
      if options.isExtended, skipComment(next) { continue }
      if take("(?#") {
        while let inside = self.next, inside != UInt32(ascii: ")") { place += 1 }
        place += 1
        continue
      }
      let node = try atom()
      nodes.append(try quantified(node))
    }
    return nodes.isEmpty ? .empty : nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func skipComment(_ next: UInt32) -> Bool {
    if next == 0x20 || (9...13).contains(next) {
      place += 1
      return true
    }
    guard next == UInt32(ascii: "#") else { return false }
    while let next = self.next, next != 10 { place += 1 }
    return true
  }

  private mutating func quantified(_ node: PatternNode) throws(Failure) -> PatternNode {
    var node = node
    var quantifiers = 0
    while let next {
      let least: Int
      let most: Int?
      var isInterval = false
      switch next {
      case UInt32(ascii: "?"): (least, most) = (0, 1)
      case UInt32(ascii: "*"): (least, most) = (0, nil)
      case UInt32(ascii: "+"): (least, most) = (1, nil)
      case UInt32(ascii: "{"):
        guard let interval = try interval() else { return node }
        (least, most) = interval
        isInterval = true
      default: return node
      }
      place += 1
      quantifiers += 1
      guard quantifiers <= Self.maximumQuantifiers else {
        throw Failure(isSyntax: false, message: "more than \(Self.maximumQuantifiers) quantifiers on one another")
      }
      var greed = PatternGreed.greedy
      if take("?") {
        greed = .lazy
      } else if !isInterval, take("+") {
        // After an interval a `+` repeats the whole in this syntax.
        greed = .possessive
      }
      node = .loop(node, least: least, most: most, greed)
    }
    return node
  }

  /// The numbers of `{n}`, `{n,}`, `{,m}` or `{n,m}`, with the place at its `}`; `nil` where the brace is literal.
  private mutating func interval() throws(Failure) -> (Int, Int?)? {
    let start = place
    place += 1
    let low = number()
    var high = low
    if take(",") { high = number() ?? (low == nil ? nil : -1) }
    guard next == UInt32(ascii: "}"), low != nil || high != nil else {
      place = start
      return nil
    }
    let least = low ?? 0
    let most = high == -1 ? nil : high
    guard least <= Self.maximumRepeats, most ?? 0 <= Self.maximumRepeats else {
      throw Failure(isSyntax: false, message: "an interval repeats more than \(Self.maximumRepeats) times")
    }
    if let most, most < least { return (most, least) }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let next, (0x30...0x39).contains(next), value ?? 0 < 1_000_000 {
      value = (value ?? 0) * 10 + Int(next - 0x30)
      place += 1
    }
    return value
  }

  /// A literal or a class, as the options want it.
  func set(_ item: PatternSet.Item) -> PatternNode { .set(options.ignoresCase ? item.ignoringCase : item) }

  private mutating func atom() throws(Failure) -> PatternNode {
    guard let next else { return .empty }
    switch next {
    case UInt32(ascii: "("): return try group()
    case UInt32(ascii: "["):
      place += 1
      return set(try bracket())
    case UInt32(ascii: "\\"): return try escape()
    case UInt32(ascii: "."):
      place += 1
      return .set(options.dotTakesLineBreaks ? .range(0...0x10FFFF) : .not(.range(10...10)))
    case UInt32(ascii: "^"):
      place += 1
      return .assertion(.lineStart)
    case UInt32(ascii: "$"):
      place += 1
      return .assertion(.lineEnd)
    case UInt32(ascii: "*"), UInt32(ascii: "+"), UInt32(ascii: "?"):
      throw Failure(isSyntax: true, message: "a quantifier has nothing before it")
    default:
      place += 1
      return set(.range(next...next))
    }
  }
}
