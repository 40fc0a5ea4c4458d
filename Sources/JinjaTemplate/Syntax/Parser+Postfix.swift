/// What may follow an expression: attributes, subscripts, calls, filters and tests.
extension Parser {
  mutating func parsePostfix(_ start: Expression) throws(SyntaxFailure) -> Expression {
    var expression = start
    while true {
      switch current.kind {
      case .symbol(.dot): expression = try parseAttribute(of: expression)
      case .symbol(.leftBracket): expression = try parseSubscript(of: expression)
      case .symbol(.leftParenthesis): expression = try parseCall(of: expression)
      default: return expression
      }
    }
  }

  mutating func parseFilterExpression(_ start: Expression) throws(SyntaxFailure) -> Expression {
    var expression = start
    while true {
      switch current.kind {
      case .symbol(.pipe): expression = try parseFilters(on: expression) ?? expression
      case .name("is"): expression = try parseTest(of: expression)
      case .symbol(.leftParenthesis): expression = try parseCall(of: expression)
      default: return expression
      }
    }
  }

  private mutating func parseAttribute(of owner: Expression) throws(SyntaxFailure) -> Expression {
    let place = current.at
    advance()
    switch current.kind {
    case .name(let name):
      advance()
      return try make(.attribute(owner, name), at: place, over: [owner])
    case .integer(let digits):
      let key = try make(.constant(BigInt(digits).map { Value($0) } ?? .int(0)), at: current.at)
      advance()
      return try make(.item(owner, key), at: place, over: [owner])
    default: throw failure("expected name or number")
    }
  }

  private mutating func parseSubscript(of owner: Expression) throws(SyntaxFailure) -> Expression {
    let place = current.at
    advance()
    var parts: [Expression] = []
    while !isSymbol(.rightBracket) {
      if !parts.isEmpty { try expect(.symbol(.comma)) }
      if let slice = try parseSlice(of: owner, at: place, isFirst: parts.isEmpty, into: &parts) { return slice }
    }
    try expect(.symbol(.rightBracket))
    if parts.count == 1 { return try make(.item(owner, parts[0]), at: place, over: [owner, parts[0]]) }
    let tuple = try make(.tuple(parts), at: place, over: parts)
    return try make(.item(owner, tuple), at: place, over: [owner, tuple])
  }

  /// Reads one subscript; returns the whole where it is a slice, which must stand alone.
  private mutating func parseSlice(
    of owner: Expression, at place: Int, isFirst: Bool, into parts: inout [Expression]
  ) throws(SyntaxFailure) -> Expression? {
    var bounds: [Expression?] = []
    if skip(.colon) {
      bounds.append(nil)
    } else {
      let expression = try parseExpression()
      guard skip(.colon) else {
        parts.append(expression)
        return nil
      }
      bounds.append(expression)
    }
    if isSymbol(.colon) || isSymbol(.rightBracket) || isSymbol(.comma) {
      bounds.append(nil)
    } else {
      bounds.append(try parseExpression())
    }
    if skip(.colon), !isSymbol(.rightBracket), !isSymbol(.comma) {
      bounds.append(try parseExpression())
    } else {
      bounds.append(nil)
    }
    guard isFirst, isSymbol(.rightBracket) else {
      throw failure("a slice among other subscripts fits no value", at: place)
    }
    advance()
    return try make(
      .slice(owner, start: bounds[0], stop: bounds[1], step: bounds[2]), at: place,
      over: [owner] + bounds.compactMap { $0 })
  }

  private mutating func parseCall(of callee: Expression) throws(SyntaxFailure) -> Expression {
    let place = current.at
    let arguments = try parseArguments()
    return try make(.call(callee, arguments), at: place, over: [callee] + arguments.all)
  }

  private mutating func parseArguments() throws(SyntaxFailure) -> ArgumentList {
    let place = current.at
    try expect(.symbol(.leftParenthesis))
    var list = ArgumentList()
    var needsComma = false
    func check(_ condition: Bool) throws(SyntaxFailure) {
      if !condition { throw failure("invalid syntax for function call expression", at: place) }
    }
    while !isSymbol(.rightParenthesis) {
      if needsComma {
        try expect(.symbol(.comma))
        if isSymbol(.rightParenthesis) { break }
      }
      if skip(.multiply) {
        try check(list.dynamicPositional == nil && list.dynamicNamed == nil)
        list.dynamicPositional = try parseExpression()
      } else if skip(.power) {
        try check(list.dynamicNamed == nil)
        list.dynamicNamed = try parseExpression()
      } else if case .name(let name) = current.kind, next.kind == .symbol(.assign) {
        try check(list.dynamicNamed == nil)
        if list.named.contains(where: { $0.name == name }) {
          throw failure("keyword argument repeated: \(name)")
        }
        advance()
        advance()
        list.named.append((name, try parseExpression()))
      } else {
        try check(list.dynamicPositional == nil && list.dynamicNamed == nil && list.named.isEmpty)
        list.positional.append(try parseExpression())
      }
      needsComma = true
    }
    try expect(.symbol(.rightParenthesis))
    return list
  }

  /// Reads a name with dots in it, as filters and tests may have.
  private mutating func parseDottedName() throws(SyntaxFailure) -> String {
    var name = try expectName()
    while skip(.dot) { name += "." + (try expectName()) }
    return name
  }

  mutating func parseFilters(
    on start: Expression?, startsWithName: Bool = false
  ) throws(SyntaxFailure) -> Expression? {
    var expression = start
    var isStart = startsWithName
    while isStart || isSymbol(.pipe) {
      if !isStart { advance() }
      isStart = false
      let place = current.at
      let name = try parseDottedName()
      let arguments = isSymbol(.leftParenthesis) ? try parseArguments() : ArgumentList()
      expression = try make(
        .filter(expression, name, arguments), at: place, over: (expression.map { [$0] } ?? []) + arguments.all)
    }
    return expression
  }

  private mutating func parseTest(of value: Expression) throws(SyntaxFailure) -> Expression {
    let place = current.at
    advance()
    let isNegated = skip(name: "not")
    let name = try parseDottedName()
    var arguments = ArgumentList()
    if isSymbol(.leftParenthesis) {
      arguments = try parseArguments()
    } else if startsTestArgument {
      if isName("is") { throw failure("You cannot chain multiple tests with is") }
      arguments.positional = [try parsePostfix(try parsePrimary())]
    }
    let test = try make(.test(value, name, arguments), at: place, over: [value] + arguments.all)
    return isNegated ? try make(.negated(test), at: place, over: [test]) : test
  }

  private var startsTestArgument: Bool {
    switch current.kind {
    case .name(let name): name != "else" && name != "or" && name != "and"
    case .string, .integer, .float, .symbol(.leftBracket), .symbol(.leftBrace): true
    default: false
    }
  }
}
