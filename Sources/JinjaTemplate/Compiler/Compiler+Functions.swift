/// Macros and loops: what brings variables of its own.
extension Compiler {
  mutating func compileMacro(
    _ macro: Statement.Macro, at place: Int, in scope: Scope
  ) throws(SyntaxFailure) -> MacroDefinition {
    let inner = scope.function()
    let special = UndeclaredNames(["caller", "kwargs", "varargs"], in: macro.body).found
    let names = macro.parameters.map(\.name)
    for name in names { inner.symbols.declareParameter(name) }
    if special.contains("caller"), let position = names.firstIndex(of: "caller"),
      position < names.count - macro.defaults.count
    {
      throw SyntaxFailure(
        kind: .assertion,
        message: "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a "
          + "default.", at: place)
    }
    let added = special.subtracting(names)
    for name in added.sorted() { inner.symbols.declareParameter(name) }
    analyze(inner) { visitor in
      for value in macro.defaults { visitor.visit(value) }
      visitor.visit(macro.body)
    }
    func slot(_ name: String) -> Int { inner.space.slot(of: inner.symbols.find(name)?.variable ?? name) }
    let parameters = names.map { ($0, slot($0)) }
    let callerSlot = added.contains("caller") ? slot("caller") : nil
    let namedSlot = added.contains("kwargs") ? slot("kwargs") : nil
    let positionalSlot = added.contains("varargs") ? slot("varargs") : nil
    let defaults = try compile(macro.defaults, in: inner)
    let body = try compile(macro.body, in: inner)
    let entry = entry(of: inner)
    return MacroDefinition(
      name: macro.name, parameters: parameters, defaults: defaults, callerSlot: callerSlot, namedSlot: namedSlot,
      positionalSlot: positionalSlot, accessesCaller: special.contains("caller"),
      function: FunctionBody(slotCount: inner.layout.count, entry: entry, body: body))
  }

  mutating func compileLoop(
    _ loop: Statement.Loop, at place: Int, in scope: Scope
  ) throws(SyntaxFailure) -> any StatementNode {
    var loopScope = loop.isRecursive ? scope.function() : scope.inner()
    loopScope.isInLoop = true
    let isExtended =
      loop.isRecursive || !UndeclaredNames(["loop"], in: loop.body).found.isEmpty
      || (loop.body + loop.otherwise).contains(where: Self.holdsScopedBlock)
    if isExtended { loopScope.symbols.declareParameter("loop") }
    analyze(loopScope) {
      $0.visit(target: loop.target, asParameter: true)
      $0.visit(loop.body)
    }
    try refuseLoopAsTarget(loop)
    let test = try loop.test.map { (test: Expression) throws(SyntaxFailure) in
      try compileTest(test, of: loop, beside: loopScope, in: scope)
    }
    let target = try compileTarget(loop.target, in: loopScope)
    let body = try compile(loop.body, in: loopScope)
    let loopEntry = entry(of: loopScope)
    var otherwise: (entry: Entry, body: Body)?
    if !loop.otherwise.isEmpty {
      var elseScope = scope
      elseScope = Scope(
        symbols: Symbols(parent: scope.symbols, space: loopScope.space), isInLoop: scope.isInLoop && !loop.isRecursive,
        escaping: scope.escaping)
      analyze(elseScope) { $0.visit(loop.otherwise) }
      let elseBody = try compile(loop.otherwise, in: elseScope)
      otherwise = (entry(of: elseScope), elseBody)
    }
    let loopSlot = isExtended ? loopScope.symbols.find("loop").map { loopScope.space.slot(of: $0.variable) } : nil
    let definition = LoopDefinition(
      target: target, entry: loopEntry, body: body, otherwise: otherwise, test: test, loopSlot: loopSlot,
      slotCount: loop.isRecursive ? loopScope.layout.count : nil)
    let source = try compile(loop.source, in: scope)
    if loop.isRecursive { return RecursiveLoopNode(source, definition, escaping: scope.escaping, at: place) }
    if loopSlot == nil, test == nil { return SimpleLoopNode(source, definition, at: place) }
    return LoopNode(source, definition, at: place)
  }

  /// A loop's `if` has variables of its own beside those of the body: it runs ahead of it.
  private mutating func compileTest(
    _ test: Expression, of loop: Statement.Loop, beside loopScope: Scope, in scope: Scope
  ) throws(SyntaxFailure) -> LoopTest {
    let testScope = Scope(
      symbols: Symbols(parent: scope.symbols, space: SlotSpace(loopScope.layout)), escaping: scope.escaping)
    analyze(testScope) {
      $0.visit(target: loop.target, asParameter: true)
      $0.visit(test)
    }
    let node = try compile(test, in: testScope)
    return LoopTest(target: try compileTarget(loop.target, in: testScope), entry: entry(of: testScope), test: node)
  }

  private static func holdsScopedBlock(_ statement: Statement) -> Bool {
    statement.bodies.contains { $0.contains(where: holdsScopedBlock) }
      || { if case .block(let block) = statement.kind { block.isScoped } else { false } }()
  }

  private func refuseLoopAsTarget(_ loop: Statement.Loop) throws(SyntaxFailure) {
    func isLoop(_ target: Expression) -> Int? {
      switch target.kind {
      case .name("loop"): return target.at
      case .tuple(let parts): return parts.lazy.compactMap(isLoop).first
      default: return nil
      }
    }
    func find(_ statements: [Statement]) -> Int? {
      for statement in statements {
        let own: Int? =
          switch statement.kind {
          case .assign(let target, _), .assignBlock(let target, _, _): isLoop(target)
          case .loop(let inner): isLoop(inner.target)
          default: nil
          }
        if let found = own ?? statement.bodies.lazy.compactMap(find).first { return found }
      }
      return nil
    }
    if let place = isLoop(loop.target) ?? find(loop.body + loop.otherwise) {
      throw SyntaxFailure(
        kind: .assertion, message: "Can't assign to special loop variable in for-loop target", at: place)
    }
  }
}

extension Statement {
  /// The bodies that stand within.
  var bodies: [[Statement]] {
    switch kind {
    case .assignBlock(_, _, let body), .filterBlock(_, let body), .with(_, _, let body), .autoescape(_, let body):
      [body]
    case .loop(let loop): [loop.body, loop.otherwise]
    case .condition(let branches, let otherwise): branches.map(\.body) + [otherwise]
    case .macro(let macro), .call(let macro, _), .generation(let macro): [macro.body]
    case .block(let block): [block.body]
    case .output, .assign, .leave, .skip, .load: []
    }
  }
}
