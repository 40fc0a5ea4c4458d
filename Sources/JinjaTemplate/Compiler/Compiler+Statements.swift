/// Statements.
extension Compiler {
  mutating func compile(_ statement: Statement, in scope: Scope) throws(SyntaxFailure) -> [any StatementNode] {
    let place = statement.at
    switch statement.kind {
    case .output(let parts): return try compileOutput(parts, in: scope)
    case .assign(let target, let value):
      return [
        AssignNode(
          try compileTarget(target, in: scope), try compile(value, in: scope), exports: exports(of: target, in: scope),
          at: place)
      ]
    case .assignBlock(let target, let filter, let body):
      return [try compileAssignBlock(target, filter, body, at: place, in: scope)]
    case .loop(let loop): return [try compileLoop(loop, at: place, in: scope)]
    case .condition(let branches, let otherwise):
      let soft = scope.soft()
      var nodes: [(any ExpressionNode, Body)] = []
      for (test, body) in branches { nodes.append((try compile(test, in: soft), try compile(body, in: soft))) }
      return [ConditionNode(nodes, otherwise: try compile(otherwise, in: soft))]
    case .macro(let macro):
      let definition = try compileMacro(macro, at: place, in: scope)
      let name = macro.name ?? ""
      let export = scope.isTop && hasBlocks ? number(of: name) : nil
      return [MacroNode(definition, try compileTarget(name, in: scope), export: export)]
    case .call(let macro, let call):
      guard case .call(let callee, let list) = call.kind else { return [] }
      let definition = try compileMacro(macro, at: place, in: scope)
      return [
        CallBlockNode(
          definition, try compile(callee, in: scope), try compile(list, in: scope), escaping: scope.escaping,
          at: place)
      ]
    case .filterBlock(let filter, let body):
      let inner = scope.inner()
      analyze(inner) {
        $0.visit(body)
        $0.visit(filter)
      }
      let slot = inner.layout.add()
      let body = try compile(body, in: inner)
      let node = try compileFilters(filter, over: slot, in: inner)
      return [FilterBlockNode(entry: entry(of: inner), body, node, slot: slot, escaping: scope.escaping)]
    case .with(let targets, let values, let body):
      return [try compileWith(targets, values, body, in: scope)]
    case .autoescape(let value, let body): return [try compileAutoescape(value, body, in: scope)]
    case .block(let block): return [compileBlockPlace(block, at: place, in: scope)]
    case .generation(let macro): return [try compileGeneration(macro, in: scope)]
    case .leave, .skip:
      let isLeave = if case .leave = statement.kind { true } else { false }
      guard scope.isInLoop else {
        throw SyntaxFailure(
          message: isLeave ? "'break' outside loop" : "'continue' not properly in loop", at: place)
      }
      return [FlowNode(isLeave ? .leave : .skip)]
    case .load(let tag, let source, _):
      if tag == "extends", !scope.isTop {
        throw SyntaxFailure(kind: .assertion, message: "cannot use extend from a non top-level scope", at: place)
      }
      return [LoadNode(tag, try compile(source, in: scope), at: place)]
    }
  }

  private mutating func compileOutput(
    _ parts: [OutputPart], in scope: Scope
  ) throws(SyntaxFailure) -> [any StatementNode] {
    var nodes: [any StatementNode] = []
    for part in parts {
      switch part {
      case .text(let text): nodes.append(TextNode(text))
      case .expression(let expression):
        let node = try compile(expression, in: scope)
        nodes.append(scope.escaping == .none ? EmitNode(node) : EscapedEmitNode(node, scope.escaping))
      }
    }
    return nodes
  }

  // MARK: assignments

  func isNamespaceReference(_ target: Expression) -> Bool {
    if case .namespaceReference = target.kind { true } else { false }
  }

  mutating func compileTarget(_ target: Expression, in scope: Scope) throws(SyntaxFailure) -> Target {
    switch target.kind {
    case .name(let name): return try compileTarget(name, in: scope)
    case .namespaceReference(let name, let attribute):
      return .attribute(variable(name, in: scope), name: attribute)
    case .tuple(let parts):
      var targets: [Target] = []
      for part in parts { targets.append(try compileTarget(part, in: scope)) }
      return .tuple(targets)
    default: throw SyntaxFailure(message: "can't assign to 'expression'", at: target.at)
    }
  }

  private mutating func compileTarget(_ name: String, in scope: Scope) throws(SyntaxFailure) -> Target {
    guard let (variable, owner) = scope.symbols.find(name) else {
      throw SyntaxFailure(message: "unknown variable '\(name)'", at: 0)
    }
    return .slot(owner.space.slot(of: variable))
  }

  /// What blocks must see of an assignment.
  private mutating func exports(of target: Expression, in scope: Scope) -> [(number: Int, slot: Int)] {
    guard scope.isTop, hasBlocks else { return [] }
    switch target.kind {
    case .name(let name):
      guard let (variable, owner) = scope.symbols.find(name) else { return [] }
      return [(number(of: name), owner.space.slot(of: variable))]
    case .tuple(let parts):
      var all: [(number: Int, slot: Int)] = []
      for part in parts { all.append(contentsOf: exports(of: part, in: scope)) }
      return all
    default: return []
    }
  }

  private mutating func compileAssignBlock(
    _ target: Expression, _ filter: Expression?, _ body: [Statement], at place: Int, in scope: Scope
  ) throws(SyntaxFailure) -> any StatementNode {
    let inner = scope.inner()
    analyze(inner) { visitor in
      visitor.visit(body)
      filter.map { visitor.visit($0) }
    }
    let body = try compile(body, in: inner)
    var filterNode: (any ExpressionNode)?
    var slot: Int?
    if let filter {
      let captured = inner.layout.add()
      filterNode = try compileFilters(filter, over: captured, in: inner)
      slot = captured
    }
    return AssignBlockNode(
      try compileTarget(target, in: scope), entry: entry(of: inner), body, filter: filterNode, slot: slot,
      exports: exports(of: target, in: scope), escaping: scope.escaping, at: place)
  }

  /// Compiles a chain of filters whose first one has nothing to its left.
  private mutating func compileFilters(
    _ filter: Expression, over slot: Int, in scope: Scope
  ) throws(SyntaxFailure) -> any ExpressionNode {
    guard case .filter(let value, let name, let list) = filter.kind else { return LocalNode(slot, "") }
    let inner: any ExpressionNode
    if let value {
      inner = try compileFilters(value, over: slot, in: scope)
    } else {
      inner = LocalNode(slot, "")
    }
    return try compileFilter(inner, name, list, at: filter.at, in: scope)
  }

  private mutating func compileWith(
    _ targets: [Expression], _ values: [Expression], _ body: [Statement], in scope: Scope
  ) throws(SyntaxFailure) -> any StatementNode {
    let inner = scope.inner()
    analyze(inner) { visitor in
      for target in targets { visitor.visit(target: target, asParameter: true) }
      visitor.visit(body)
    }
    var assignments: [(Target, any ExpressionNode)] = []
    for (target, value) in zip(targets, values) {
      assignments.append((try compileTarget(target, in: inner), try compile(value, in: scope)))
    }
    return WithNode(entry: entry(of: inner), assignments, try compile(body, in: inner))
  }

  private mutating func compileAutoescape(
    _ value: Expression, _ body: [Statement], in scope: Scope
  ) throws(SyntaxFailure) -> any StatementNode {
    var inner = scope.inner()
    analyze(inner) {
      $0.visit(value)
      $0.visit(body)
    }
    let node = try compile(value, in: inner)
    if scope.escaping == .dynamic {
      inner.escaping = .dynamic
    } else if case .constant(let constant) = value.kind {
      let isOn = if case .bool(false) = constant { false } else { !constant.isNone }
      inner.escaping = isOn ? .html : .none
    } else {
      inner.escaping = .dynamic
    }
    return AutoescapeNode(entry: entry(of: inner), node, try compile(body, in: inner))
  }

  private mutating func compileBlockPlace(_ block: Statement.Block, at place: Int, in scope: Scope) -> any StatementNode
  {
    var seen: [(number: Int, variable: Variable)] = []
    if block.isScoped {
      for name in scope.symbols.allStores().sorted() {
        let variable = variable(name, in: scope)
        seen.append((number(of: name), variable))
      }
    }
    return BlockNode(block.name, seen: seen, isScoped: block.isScoped, isRequired: block.isRequired, at: place)
  }

  /// The body is a macro that is called at once, so its variables can stand beside those around it.
  private mutating func compileGeneration(
    _ macro: Statement.Macro, in scope: Scope
  ) throws(SyntaxFailure) -> any StatementNode {
    var inner = scope.inner()
    inner.isInLoop = false
    let special = UndeclaredNames(["caller", "kwargs", "varargs"], in: macro.body).found
    for name in special.sorted() { inner.symbols.declareParameter(name) }
    analyze(inner) { $0.visit(macro.body) }
    let body = try compile(macro.body, in: inner)
    func slot(_ name: String) -> Int? {
      special.contains(name) ? inner.symbols.find(name).map { inner.space.slot(of: $0.variable) } : nil
    }
    let (caller, named, positional) = (slot("caller"), slot("kwargs"), slot("varargs"))
    return GenerationNode(
      entry: entry(of: inner), body, callerSlot: caller, namedSlot: named, positionalSlot: positional)
  }
}
