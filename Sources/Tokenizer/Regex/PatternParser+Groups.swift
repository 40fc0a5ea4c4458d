/// Groups, looks and options.
extension PatternParser {
  mutating func group() throws(Failure) -> PatternNode {
    let node: PatternNode
    if take("(?:") {
      node = try choice()
    } else if take("(?=") {
      node = .look(try choice(), isAhead: true, isNegated: false)
    } else if take("(?!") {
      node = .look(try choice(), isAhead: true, isNegated: true)
    } else if take("(?<=") {
      node = .look(try behind(), isAhead: false, isNegated: false)
    } else if take("(?<!") {
      node = .look(try behind(), isAhead: false, isNegated: true)
    } else if take("(?>") {
      node = .atomic(try choice())
    } else if take("(?<") || take("(?'") {
      try name()
      node = try choice()
    } else if take("(?") {
      return try optionGroup()
    } else {
      place += 1
      node = try choice()
    }
    guard take(")") else { throw Failure(isSyntax: true, message: "a `(` has no `)` after it") }
    return node
  }

  /// The inside of a lookbehind: each branch has to have a length of its own.
  private mutating func behind() throws(Failure) -> PatternNode {
    let node = try choice()
    let branches = if case .choice(let branches) = node { branches } else { [node] }
    guard branches.allSatisfy({ $0.fixedLength != nil }) else {
      throw Failure(isSyntax: false, message: "a lookbehind of variable length")
    }
    return node
  }

  private mutating func name() throws(Failure) {
    while let next, next != UInt32(ascii: ">"), next != UInt32(ascii: "'") { place += 1 }
    guard next != nil else { throw Failure(isSyntax: true, message: "the name of a group has no end") }
    place += 1
  }

  private mutating func optionGroup() throws(Failure) -> PatternNode {
    let outer = options
    var changed = options
    var isOn = true
    while let next, next != UInt32(ascii: ")"), next != UInt32(ascii: ":") {
      place += 1
      switch next {
      case UInt32(ascii: "-"): isOn = false
      case UInt32(ascii: "i"): changed.ignoresCase = isOn
      case UInt32(ascii: "m"): changed.dotTakesLineBreaks = isOn
      case UInt32(ascii: "x"): changed.isExtended = isOn
      default: throw Failure(isSyntax: false, message: "a group option other than i, m and x")
      }
    }
    options = changed
    if take(")") {
      // Holds for the rest of the enclosing group, with all of its further branches.
      let rest = try choice()
      options = changed
      return rest
    }
    guard take(":") else { throw Failure(isSyntax: true, message: "a `(` has no `)` after it") }
    let node = try choice()
    options = outer
    guard take(")") else { throw Failure(isSyntax: true, message: "a `(` has no `)` after it") }
    return node
  }
}
