/// Tells a scope's `Symbols` about the names in statements and expressions.
struct SymbolVisitor {
  var symbols: Symbols

  mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  /// What stands in an inner scope is not visited here.
  mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .output(let parts):
      for part in parts { if case .expression(let expression) = part { visit(expression) } }
    case .assign(let target, let value):
      visit(value)
      visit(target: target)
    case .assignBlock(let target, _, _): visit(target: target)
    case .loop(let loop): visit(loop.source)
    case .condition(let branches, let otherwise): visit(branches[...], otherwise)
    case .macro(let macro): macro.name.map { symbols.store($0) }
    case .call(_, let call): visit(call)
    case .filterBlock(let filter, _): visit(filter)
    case .with(_, let values, _): for value in values { visit(value) }
    case .load(_, let source, let names):
      visit(source)
      for name in names { symbols.store(name) }
    case .autoescape, .block, .generation, .leave, .skip: break
    }
  }

  /// Each `elif` stands in the branch of the one before.
  private mutating func visit(_ branches: ArraySlice<(test: Expression, body: [Statement])>, _ otherwise: [Statement]) {
    guard let first = branches.first else { return visit(otherwise) }
    visit(first.test)
    let outer = symbols
    symbols = outer.copy()
    visit(first.body)
    let body = symbols
    var elifs: [Symbols] = []
    symbols = outer.copy()
    for branch in branches.dropFirst() { visit([branch], []) }
    elifs.append(symbols)
    symbols = outer.copy()
    visit(otherwise)
    let last = symbols
    symbols = outer
    symbols.update(fromBranches: [body] + elifs + [last])
  }

  mutating func visit(target: Expression, asParameter: Bool = false) {
    switch target.kind {
    case .name(let name): asParameter ? symbols.declareParameter(name) : symbols.store(name)
    case .namespaceReference(let name, _): symbols.load(name)
    case .tuple(let parts): for part in parts { visit(target: part, asParameter: asParameter) }
    default: break
    }
  }

  mutating func visit(_ expression: Expression) {
    if case .name(let name) = expression.kind {
      symbols.load(name)
    } else {
      for part in expression.parts { visit(part) }
    }
  }
}

extension Expression {
  /// The expressions that stand right within, in the order of Jinja's own tree.
  var parts: [Expression] {
    switch kind {
    case .name, .constant, .namespaceReference: []
    case .tuple(let parts), .list(let parts), .concatenation(let parts), .and(let parts), .or(let parts): parts
    case .dict(let members): members.flatMap { [$0.key, $0.value] }
    case .negated(let operand), .signed(let operand, _), .attribute(let operand, _): [operand]
    case .chain(let first, let rest): [first] + rest.map(\.operand)
    case .comparison(let first, let rest): [first] + rest.map(\.operand)
    case .conditional(let test, let then, let otherwise): [test, then] + (otherwise.map { [$0] } ?? [])
    case .item(let owner, let key): [owner, key]
    case .slice(let owner, let start, let stop, let step): [owner] + [start, stop, step].compactMap { $0 }
    case .call(let callee, let arguments): [callee] + arguments.all
    case .filter(let value, _, let arguments): (value.map { [$0] } ?? []) + arguments.all
    case .test(let value, _, let arguments): [value] + arguments.all
    }
  }
}

/// Finds which of some names are read before they are set. Blocks are not looked into.
struct UndeclaredNames {
  private var names: Set<String>
  private(set) var found: Set<String> = []

  init(_ names: Set<String>, in statements: [Statement]) {
    self.names = names
    visit(statements)
  }

  private mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .output(let parts):
      for part in parts { if case .expression(let expression) = part { visit(expression) } }
    case .assign(let target, let value):
      visit(target: target)
      visit(value)
    case .assignBlock(let target, let filter, let body):
      visit(target: target)
      filter.map { visit($0) }
      visit(body)
    case .loop(let loop):
      visit(target: loop.target)
      visit(loop.source)
      visit(loop.body)
      visit(loop.otherwise)
      loop.test.map { visit($0) }
    case .condition(let branches, let otherwise):
      for branch in branches {
        visit(branch.test)
        visit(branch.body)
      }
      visit(otherwise)
    case .macro(let macro), .generation(let macro): visit(macro)
    case .call(let macro, let call):
      visit(call)
      visit(macro)
    case .filterBlock(let filter, let body):
      visit(body)
      visit(filter)
    case .with(let targets, let values, let body):
      for target in targets { visit(target: target) }
      for value in values { visit(value) }
      visit(body)
    case .autoescape(let value, let body):
      visit(value)
      visit(body)
    case .load(_, let source, _): visit(source)
    case .block, .leave, .skip: break
    }
  }

  private mutating func visit(_ macro: Statement.Macro) {
    for parameter in macro.parameters { names.remove(parameter.name) }
    for value in macro.defaults { visit(value) }
    visit(macro.body)
  }

  private mutating func visit(target: Expression) {
    switch target.kind {
    case .name(let name): names.remove(name)
    case .tuple(let parts): for part in parts { visit(target: part) }
    default: break
    }
  }

  private mutating func visit(_ expression: Expression) {
    if case .name(let name) = expression.kind {
      if names.contains(name) { found.insert(name) }
    } else {
      for part in expression.parts { visit(part) }
    }
  }
}
