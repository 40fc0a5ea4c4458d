/// The tags.
extension Parser {
  mutating func parseStatement() throws(SyntaxFailure) -> Statement {
    guard case .name(let tag) = current.kind else { throw failure("tag name expected") }
    let place = current.at
    openTags.append(tag)
    defer { openTags.removeLast() }
    guard let kind = try parseStatement(tag) else {
      openTags.removeLast()
      defer { openTags.append(tag) }
      throw unclosed(tag, awaited: awaitedTags, at: place)
    }
    return Statement(kind: kind, at: place)
  }

  private mutating func parseStatement(_ tag: String) throws(SyntaxFailure) -> Statement.Kind? {
    switch tag {
    case "for": return try parseLoop()
    case "if": return try parseCondition()
    case "set": return try parseSet()
    case "macro": return try parseMacro()
    case "call": return try parseCallBlock()
    case "filter": return try parseFilterBlock()
    case "with": return try parseWith()
    case "block": return try parseBlock()
    case "print": return try parsePrint()
    case "autoescape":
      advance()
      let value = try parseExpression()
      return .autoescape(value, body: try parseBlockBody(until: ["endautoescape"]))
    case "generation":
      advance()
      let body = try parseBlockBody(until: ["endgeneration"])
      return .generation(Statement.Macro(name: nil, parameters: [], defaults: [], body: body))
    case "break":
      advance()
      return .leave
    case "continue":
      advance()
      return .skip
    case "extends", "include", "import", "from": return try parseLoad(tag)
    default: return nil
    }
  }

  private mutating func parseSet() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let target = try parseTarget(withNamespace: true)
    if skip(.assign) { return .assign(target: target, value: try parseTuple()) }
    let filter = try parseFilters(on: nil)
    return .assignBlock(target: target, filter: filter, body: try parseBlockBody(until: ["endset"]))
  }

  private mutating func parseLoop() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let target = try parseTarget(endingBefore: "in")
    try expect(.name("in"))
    let source = try parseTuple(withCondition: false, endingBefore: "recursive")
    let test = skip(name: "if") ? try parseExpression() : nil
    let isRecursive = skip(name: "recursive")
    let body = try parseBlockBody(until: ["endfor", "else"], keepsEnd: true)
    var otherwise: [Statement] = []
    let ends = isName("endfor")
    advance()
    if !ends { otherwise = try parseBlockBody(until: ["endfor"]) }
    return .loop(
      Statement.Loop(
        target: target, source: source, test: test, isRecursive: isRecursive, body: body, otherwise: otherwise))
  }

  private mutating func parseCondition() throws(SyntaxFailure) -> Statement.Kind {
    var branches: [(test: Expression, body: [Statement])] = []
    var otherwise: [Statement] = []
    advance()
    while true {
      let test = try parseTuple(withCondition: false)
      branches.append((test, try parseBlockBody(until: ["elif", "else", "endif"], keepsEnd: true)))
      let isElif = isName("elif")
      let isElse = isName("else")
      advance()
      if isElif { continue }
      if isElse { otherwise = try parseBlockBody(until: ["endif"]) }
      return .condition(branches, otherwise: otherwise)
    }
  }

  private mutating func parseWith() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    var targets: [Expression] = []
    var values: [Expression] = []
    while current.kind != .blockEnd {
      if !targets.isEmpty { try expect(.symbol(.comma)) }
      targets.append(try parseTarget())
      try expect(.symbol(.assign))
      values.append(try parseExpression())
    }
    return .with(targets: targets, values: values, body: try parseBlockBody(until: ["endwith"]))
  }

  private mutating func parseBlock() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let name = try expectName()
    let isScoped = skip(name: "scoped")
    let isRequired = skip(name: "required")
    if isSymbol(.subtract) {
      throw failure(
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead."
      )
    }
    let body = try parseBlockBody(until: ["endblock"])
    if isRequired, !body.allSatisfy(Self.isBlank) {
      throw failure("Required blocks can only contain comments or whitespace")
    }
    _ = skip(name: name)
    return .block(Statement.Block(name: name, isScoped: isScoped, isRequired: isRequired, body: body))
  }

  private static func isBlank(_ statement: Statement) -> Bool {
    guard case .output(let parts) = statement.kind else { return false }
    return parts.allSatisfy { part in
      if case .text(let text) = part { text.unicodeScalars.allSatisfy(\.isPythonSpace) } else { false }
    }
  }

  private mutating func parsePrint() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    var parts: [OutputPart] = []
    while current.kind != .blockEnd {
      if !parts.isEmpty { try expect(.symbol(.comma)) }
      parts.append(.expression(try parseExpression()))
    }
    return .output(parts)
  }

  // MARK: macros

  private mutating func parseSignature() throws(SyntaxFailure) -> (
    parameters: [(name: String, at: Int)], defaults: [Expression]
  ) {
    var parameters: [(name: String, at: Int)] = []
    var defaults: [Expression] = []
    try expect(.symbol(.leftParenthesis))
    while !isSymbol(.rightParenthesis) {
      if !parameters.isEmpty { try expect(.symbol(.comma)) }
      let place = current.at
      let name = try parseTargetName()
      if skip(.assign) {
        defaults.append(try parseExpression())
      } else if !defaults.isEmpty {
        throw failure("non-default argument follows default argument")
      }
      if parameters.contains(where: { $0.name == name }) {
        throw failure("duplicate argument '\(name)' in function definition", at: place)
      }
      parameters.append((name, place))
    }
    try expect(.symbol(.rightParenthesis))
    return (parameters, defaults)
  }

  private mutating func parseMacro() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let name = try parseTargetName()
    let (parameters, defaults) = try parseSignature()
    let body = try parseBlockBody(until: ["endmacro"])
    return .macro(Statement.Macro(name: name, parameters: parameters, defaults: defaults, body: body))
  }

  private mutating func parseCallBlock() throws(SyntaxFailure) -> Statement.Kind {
    let place = current.at
    advance()
    let (parameters, defaults) = isSymbol(.leftParenthesis) ? try parseSignature() : ([], [])
    let call = try parseExpression()
    guard case .call = call.kind else { throw failure("expected call", at: place) }
    let body = try parseBlockBody(until: ["endcall"])
    return .call(Statement.Macro(name: nil, parameters: parameters, defaults: defaults, body: body), call: call)
  }

  private mutating func parseFilterBlock() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    guard let filter = try parseFilters(on: nil, startsWithName: true) else { throw failure("expected a filter") }
    return .filterBlock(filter: filter, body: try parseBlockBody(until: ["endfilter"]))
  }

  // MARK: what needs a loader

  private mutating func parseLoad(_ tag: String) throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let source = try parseExpression()
    var names: [String] = []
    switch tag {
    case "include":
      if isName("ignore"), next.kind == .name("missing") {
        advance()
        advance()
      }
      skipContextWords()
    case "import":
      try expect(.name("as"))
      names.append(try parseTargetName())
      skipContextWords()
    case "from":
      try expect(.name("import"))
      repeat {
        if skipContextWords() { break }
        let name = try parseTargetName()
        if name.hasPrefix("_") {
          throw failure("names starting with an underline can not be imported", kind: .assertion)
        }
        names.append(skip(name: "as") ? try parseTargetName() : name)
        if skipContextWords() { break }
      } while skip(.comma)
    default: break
    }
    return .load(tag: tag, source: source, names: names)
  }

  @discardableResult
  private mutating func skipContextWords() -> Bool {
    guard isName("with") || isName("without"), next.kind == .name("context") else { return false }
    advance()
    advance()
    return true
  }

  // MARK: targets

  mutating func parseTargetName() throws(SyntaxFailure) -> String {
    let place = current.at
    let name = try expectName()
    if Self.constants.contains(name) { throw failure("can't assign to 'name'", at: place) }
    return name
  }

  mutating func parseTarget(
    endingBefore end: String? = nil, withNamespace: Bool = false
  ) throws(SyntaxFailure) -> Expression {
    let target = try parseTuple(endingBefore: end, isTarget: true, withNamespace: withNamespace)
    try checkTarget(target, target)
    return target
  }

  private func checkTarget(_ part: Expression, _ whole: Expression) throws(SyntaxFailure) {
    switch part.kind {
    case .name, .namespaceReference: return
    case .tuple(let parts): for part in parts { try checkTarget(part, whole) }
    default:
      let kind =
        switch whole.kind {
        case .constant: "const"
        case .tuple: "tuple"
        case .list: "list"
        case .dict: "dict"
        default: "expression"
        }
      throw failure("can't assign to '\(kind)'", at: whole.at)
    }
  }

  static let constants: Set<String> = ["true", "false", "none", "True", "False", "None"]
}
