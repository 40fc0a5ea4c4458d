/// Expressions.
extension Compiler {
  mutating func compile(_ expression: Expression, in scope: Scope) throws(SyntaxFailure) -> any ExpressionNode {
    let node = try compileUnfolded(expression, in: scope)
    return expression.isFoldable ? ConstantNode.folding(node) : node
  }

  private mutating func compileUnfolded(
    _ expression: Expression, in scope: Scope
  ) throws(SyntaxFailure) -> any ExpressionNode {
    let place = expression.at
    switch expression.kind {
    case .name(let name): return read(name, in: scope)
    case .namespaceReference(let name, _): return read(name, in: scope)
    case .constant(let value): return ConstantNode(value)
    case .tuple(let parts): return SequenceNode(try compile(parts, in: scope), isTuple: true, at: place)
    case .list(let parts): return SequenceNode(try compile(parts, in: scope), isTuple: false, at: place)
    case .dict(let members):
      var nodes: [(any ExpressionNode, any ExpressionNode)] = []
      for (key, value) in members { nodes.append((try compile(key, in: scope), try compile(value, in: scope))) }
      return DictNode(nodes, at: place)
    case .negated(let operand): return NotNode(try compile(operand, in: scope))
    case .signed(let operand, let negative):
      return SignNode(try compile(operand, in: scope), negative: negative, at: place)
    case .chain(let first, let rest):
      var operands: [(ArithmeticOperator, any ExpressionNode)] = []
      for (operation, operand) in rest { operands.append((operation, try compile(operand, in: scope))) }
      return ArithmeticNode(try compile(first, in: scope), operands, at: place)
    case .concatenation(let parts):
      return ConcatenationNode(try compile(parts, in: scope), escaping: scope.escaping, at: place)
    case .comparison(let first, let rest): return try compileComparison(first, rest, at: place, in: scope)
    case .and(let parts): return LogicNode(try compile(parts, in: scope), stopsAtTrue: false)
    case .or(let parts): return LogicNode(try compile(parts, in: scope), stopsAtTrue: true)
    case .conditional(let test, let then, let otherwise):
      let soft = scope.soft()
      let otherwiseNode = try otherwise.map { (expression: Expression) throws(SyntaxFailure) in
        try compile(expression, in: soft)
      }
      return ConditionalNode(
        test: try compile(test, in: soft), then: try compile(then, in: soft), otherwise: otherwiseNode,
        line: lineOf(place))
    case .attribute(let owner, let name):
      return AttributeNode(try compile(owner, in: scope), name, at: place)
    case .item(let owner, let key):
      let owner = try compile(owner, in: scope)
      if case .constant(.string(let name)) = key.kind { return KeyNode(owner, name, at: place) }
      return ItemNode(owner, try compile(key, in: scope), at: place)
    case .slice(let owner, let start, let stop, let step):
      return SliceNode(
        try compile(owner, in: scope), start: try compile(optional: start, in: scope),
        stop: try compile(optional: stop, in: scope),
        step: try compile(optional: step, in: scope), at: place)
    case .call(let callee, let list): return try compileCall(callee, list, at: place, in: scope)
    case .filter(let value, let name, let list):
      let value = try value.map { (expression: Expression) throws(SyntaxFailure) in
        try compile(expression, in: scope)
      }
      return try compileFilter(value ?? ConstantNode(.none), name, list, at: place, in: scope)
    case .test(let value, let name, let list): return try compileTest(value, name, list, at: place, in: scope)
    }
  }

  mutating func compile(_ parts: [Expression], in scope: Scope) throws(SyntaxFailure) -> [any ExpressionNode] {
    var nodes: [any ExpressionNode] = []
    for part in parts { nodes.append(try compile(part, in: scope)) }
    return nodes
  }

  private mutating func compile(
    optional expression: Expression?, in scope: Scope
  ) throws(SyntaxFailure) -> (any ExpressionNode)? {
    guard let expression else { return nil }
    return try compile(expression, in: scope)
  }

  private mutating func read(_ name: String, in scope: Scope) -> any ExpressionNode {
    switch variable(name, in: scope) {
    case .local(let slot): LocalNode(slot, name)
    case .outer(let hops, let slot): OuterNode(hops: hops, slot, name)
    case .context(let number): ContextNode(number, name)
    }
  }

  private mutating func compileComparison(
    _ first: Expression, _ rest: [(operation: ComparisonOperator, operand: Expression)], at place: Int,
    in scope: Scope
  ) throws(SyntaxFailure) -> any ExpressionNode {
    let left = try compile(first, in: scope)
    if rest.count == 1 {
      if case .constant(.string(let text)) = rest[0].operand.kind,
        rest[0].operation == .equal || rest[0].operation == .notEqual
      {
        return TextEqualityNode(left, text, isNegated: rest[0].operation == .notEqual)
      }
      return ComparisonNode(left, rest[0].operation, try compile(rest[0].operand, in: scope), at: place)
    }
    var operands: [(ComparisonOperator, any ExpressionNode)] = []
    for (operation, operand) in rest { operands.append((operation, try compile(operand, in: scope))) }
    return ComparisonChainNode(left, operands, at: place)
  }

  mutating func compile(_ list: ArgumentList, in scope: Scope) throws(SyntaxFailure) -> ArgumentNodes {
    var named: [(String, any ExpressionNode)] = []
    for (name, value) in list.named { named.append((name, try compile(value, in: scope))) }
    return ArgumentNodes(
      positional: try compile(list.positional, in: scope), named: named,
      dynamicPositional: try compile(optional: list.dynamicPositional, in: scope),
      dynamicNamed: try compile(optional: list.dynamicNamed, in: scope))
  }

  private mutating func compileCall(
    _ callee: Expression, _ list: ArgumentList, at place: Int, in scope: Scope
  ) throws(SyntaxFailure) -> any ExpressionNode {
    let arguments = try compile(list, in: scope)
    if case .attribute(let owner, let name) = callee.kind {
      return MethodCallNode(try compile(owner, in: scope), name, arguments, at: place)
    }
    return CallNode(try compile(callee, in: scope), arguments, at: place)
  }

  mutating func compileFilter(
    _ value: any ExpressionNode, _ name: String, _ list: ArgumentList, at place: Int, in scope: Scope
  ) throws(SyntaxFailure) -> any ExpressionNode {
    let arguments = try compile(list, in: scope)
    guard let filter = Filters.all[name] else {
      guard scope.isSoft else {
        throw SyntaxFailure(kind: .assertion, message: "No filter named \(PythonRepr.quoted(name)).", at: place)
      }
      return UnknownNode("No filter named \(PythonRepr.quoted(name)) found.", at: place)
    }
    if name == "tojson" { return JSONNode(value, arguments, at: place) }
    return FilterNode(value, filter, arguments, at: place)
  }

  private mutating func compileTest(
    _ value: Expression, _ name: String, _ list: ArgumentList, at place: Int, in scope: Scope
  ) throws(SyntaxFailure) -> any ExpressionNode {
    let value = try compile(value, in: scope)
    let arguments = try compile(list, in: scope)
    guard let test = Tests.all[name] else {
      guard scope.isSoft else {
        throw SyntaxFailure(kind: .assertion, message: "No test named \(PythonRepr.quoted(name)).", at: place)
      }
      return UnknownNode("No test named \(PythonRepr.quoted(name)) found.", at: place)
    }
    if arguments.isEmpty, let kind = TypeTestNode.Kind(rawValue: name) { return TypeTestNode(value, kind) }
    return TestNode(value, test, arguments, at: place)
  }
}

extension Expression {
  /// Whether it can be computed before the template runs, if its parts can.
  fileprivate var isFoldable: Bool {
    switch kind {
    case .tuple, .list, .dict, .signed, .chain, .concatenation, .negated: height < 20
    default: false
    }
  }
}
