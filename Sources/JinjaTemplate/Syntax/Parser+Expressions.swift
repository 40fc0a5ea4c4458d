/// Expressions, from the loosest operator to the tightest.
extension Parser {
  mutating func parseExpression(withCondition: Bool = true) throws(SyntaxFailure) -> Expression {
    try descend()
    defer { ascend() }
    return withCondition ? try parseConditional() : try parseOr()
  }

  private mutating func parseConditional() throws(SyntaxFailure) -> Expression {
    let place = current.at
    var expression = try parseOr()
    while skip(name: "if") {
      let test = try parseOr()
      var otherwise: Expression?
      if skip(name: "else") {
        try descend()
        defer { ascend() }
        otherwise = try parseConditional()
      }
      let parts = [expression, test] + (otherwise.map { [$0] } ?? [])
      expression = try make(
        .conditional(test: test, then: expression, otherwise: otherwise), at: place, over: parts)
    }
    return expression
  }

  private mutating func parseOr() throws(SyntaxFailure) -> Expression {
    let place = current.at
    var parts = [try parseAnd()]
    while skip(name: "or") { parts.append(try parseAnd()) }
    return parts.count == 1 ? parts[0] : try make(.or(parts), at: place, over: parts)
  }

  private mutating func parseAnd() throws(SyntaxFailure) -> Expression {
    let place = current.at
    var parts = [try parseNot()]
    while skip(name: "and") { parts.append(try parseNot()) }
    return parts.count == 1 ? parts[0] : try make(.and(parts), at: place, over: parts)
  }

  private mutating func parseNot() throws(SyntaxFailure) -> Expression {
    let place = current.at
    guard skip(name: "not") else { return try parseComparison() }
    try descend()
    defer { ascend() }
    let operand = try parseNot()
    return try make(.negated(operand), at: place, over: [operand])
  }

  private mutating func parseComparison() throws(SyntaxFailure) -> Expression {
    let place = current.at
    let first = try parseSum()
    var rest: [(operation: ComparisonOperator, operand: Expression)] = []
    while let operation = comparisonOperator() { rest.append((operation, try parseSum())) }
    if rest.isEmpty { return first }
    return try make(.comparison(first, rest), at: place, over: [first] + rest.map(\.operand))
  }

  private mutating func comparisonOperator() -> ComparisonOperator? {
    switch current.kind {
    case .symbol(let symbol):
      guard let operation = ComparisonOperator(rawValue: symbol.rawValue) else { return nil }
      advance()
      return operation
    case .name("in"):
      advance()
      return .isIn
    case .name("not") where next.kind == .name("in"):
      advance()
      advance()
      return .isNotIn
    default: return nil
    }
  }

  private mutating func parseSum() throws(SyntaxFailure) -> Expression {
    let place = current.at
    let first = try parseConcatenation()
    var rest: [(operation: ArithmeticOperator, operand: Expression)] = []
    while isSymbol(.add) || isSymbol(.subtract) {
      let operation: ArithmeticOperator = isSymbol(.add) ? .add : .subtract
      advance()
      rest.append((operation, try parseConcatenation()))
    }
    if rest.isEmpty { return first }
    return try make(.chain(first, rest), at: place, over: [first] + rest.map(\.operand))
  }

  private mutating func parseConcatenation() throws(SyntaxFailure) -> Expression {
    let place = current.at
    var parts = [try parseProduct()]
    while skip(.tilde) { parts.append(try parseProduct()) }
    return parts.count == 1 ? parts[0] : try make(.concatenation(parts), at: place, over: parts)
  }

  private mutating func parseProduct() throws(SyntaxFailure) -> Expression {
    let place = current.at
    let first = try parsePower()
    var rest: [(operation: ArithmeticOperator, operand: Expression)] = []
    while case .symbol(let symbol) = current.kind, let operation = ArithmeticOperator(rawValue: symbol.rawValue),
      operation != .add, operation != .subtract, operation != .power
    {
      advance()
      rest.append((operation, try parsePower()))
    }
    if rest.isEmpty { return first }
    return try make(.chain(first, rest), at: place, over: [first] + rest.map(\.operand))
  }

  /// From left to right, as Jinja has it before the Python that it makes turns it round.
  private mutating func parsePower() throws(SyntaxFailure) -> Expression {
    let place = current.at
    let first = try parseUnary()
    var rest: [(operation: ArithmeticOperator, operand: Expression)] = []
    while skip(.power) { rest.append((.power, try parseUnary())) }
    if rest.isEmpty { return first }
    return try make(.chain(first, rest), at: place, over: [first] + rest.map(\.operand))
  }

  private mutating func parseUnary(withFilter: Bool = true) throws(SyntaxFailure) -> Expression {
    let place = current.at
    var expression: Expression
    if isSymbol(.subtract) || isSymbol(.add) {
      let isNegative = isSymbol(.subtract)
      advance()
      try descend()
      defer { ascend() }
      let operand = try parseUnary(withFilter: false)
      expression = try make(.signed(operand, negative: isNegative), at: place, over: [operand])
    } else {
      expression = try parsePrimary()
    }
    expression = try parsePostfix(expression)
    return withFilter ? try parseFilterExpression(expression) : expression
  }

  mutating func parsePrimary(withNamespace: Bool = false) throws(SyntaxFailure) -> Expression {
    let token = current
    switch token.kind {
    case .name(let name):
      advance()
      switch name {
      case "true", "True": return try make(.constant(.bool(true)), at: token.at)
      case "false", "False": return try make(.constant(.bool(false)), at: token.at)
      case "none", "None": return try make(.constant(.none), at: token.at)
      default:
        if withNamespace, skip(.dot) {
          return try make(.namespaceReference(name, try expectName()), at: token.at)
        }
        return try make(.name(name), at: token.at)
      }
    case .string(var text):
      advance()
      while case .string(let more) = current.kind {
        text += more
        advance()
      }
      return try make(.constant(.string(text)), at: token.at)
    case .integer(let digits):
      advance()
      return try make(.constant(try integer(digits, at: token.at)), at: token.at)
    case .float(let value):
      advance()
      return try make(.constant(.float(value)), at: token.at)
    case .symbol(.leftParenthesis):
      advance()
      let expression = try parseTuple(inParentheses: true)
      try expect(.symbol(.rightParenthesis))
      return expression
    case .symbol(.leftBracket): return try parseList()
    case .symbol(.leftBrace): return try parseDict()
    default: throw failure("unexpected \(PythonRepr.quoted(token.description))")
    }
  }

  private func integer(_ digits: String, at place: Int) throws(SyntaxFailure) -> Value {
    let bases: [(prefix: String, base: UInt32)] = [("0b", 2), ("0o", 8), ("0x", 16)]
    let lower = LetterCase.lower(digits)
    for (prefix, base) in bases where lower.hasPrefix(prefix) {
      if let value = BigInt(String(lower.dropFirst(2)), base: base) { return Value(value) }
    }
    guard digits.utf8.count <= RenderLimits.integerDigits, let value = BigInt(digits) else {
      throw failure("Exceeds the limit (4300 digits) for integer string conversion", at: place)
    }
    return Value(value)
  }

  /// Reads one expression, or several with commas between, which make a tuple.
  mutating func parseTuple(
    withCondition: Bool = true, endingBefore end: String? = nil, inParentheses: Bool = false, isTarget: Bool = false,
    withNamespace: Bool = false
  ) throws(SyntaxFailure) -> Expression {
    try descend()
    defer { ascend() }
    let place = current.at
    var parts: [Expression] = []
    var isTuple = false
    while true {
      if !parts.isEmpty { try expect(.symbol(.comma)) }
      if endsTuple(before: end) { break }
      parts.append(
        isTarget
          ? try parsePrimary(withNamespace: withNamespace) : try parseExpression(withCondition: withCondition))
      guard isSymbol(.comma) else { break }
      isTuple = true
    }
    if !isTuple {
      if let only = parts.first { return only }
      if !inParentheses {
        throw failure("Expected an expression, got \(PythonRepr.quoted(current.description))")
      }
    }
    return try make(.tuple(parts), at: place, over: parts)
  }

  private func endsTuple(before end: String?) -> Bool {
    switch current.kind {
    case .variableEnd, .blockEnd, .symbol(.rightParenthesis): true
    case .name(let name): name == end
    default: false
    }
  }

  private mutating func parseList() throws(SyntaxFailure) -> Expression {
    let place = current.at
    advance()
    var parts: [Expression] = []
    while !isSymbol(.rightBracket) {
      if !parts.isEmpty { try expect(.symbol(.comma)) }
      if isSymbol(.rightBracket) { break }
      parts.append(try parseExpression())
    }
    try expect(.symbol(.rightBracket))
    return try make(.list(parts), at: place, over: parts)
  }

  private mutating func parseDict() throws(SyntaxFailure) -> Expression {
    let place = current.at
    advance()
    var members: [(key: Expression, value: Expression)] = []
    while !isSymbol(.rightBrace) {
      if !members.isEmpty { try expect(.symbol(.comma)) }
      if isSymbol(.rightBrace) { break }
      let key = try parseExpression()
      try expect(.symbol(.colon))
      members.append((key, try parseExpression()))
    }
    try expect(.symbol(.rightBrace))
    return try make(.dict(members), at: place, over: members.flatMap { [$0.key, $0.value] })
  }
}
