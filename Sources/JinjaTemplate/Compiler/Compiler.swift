/// Turns statements into nodes that run: variables become slots, constants are computed, filters are looked up.
struct Compiler {
  private(set) var names: [String] = []
  private var nameNumbers: [String: Int] = [:]
  private(set) var blocks: [String: BlockDefinition] = [:]
  /// Whether any block stands in the template, so that what the top level sets must be seen by them.
  let hasBlocks: Bool
  let lineOf: (Int) -> Int

  /// Compiles a whole template.
  static func compile(_ statements: [Statement], lineOf: @escaping (Int) -> Int) throws(SyntaxFailure) -> Program {
    var found: [(block: Statement.Block, at: Int)] = []
    collectBlocks(statements, into: &found)
    var compiler = Compiler(hasBlocks: !found.isEmpty, lineOf: lineOf)
    var seen: Set<String> = []
    for (block, place) in found where !seen.insert(block.name).inserted {
      throw SyntaxFailure(
        kind: .assertion, message: "block \(PythonRepr.quoted(block.name)) defined twice", at: place)
    }
    let root = try compiler.compileRoot(statements)
    for (block, _) in found { compiler.blocks[block.name] = try compiler.compileBlock(block) }
    return Program(root: root, names: compiler.names, blocks: compiler.blocks)
  }

  private init(hasBlocks: Bool, lineOf: @escaping (Int) -> Int) {
    self.hasBlocks = hasBlocks
    self.lineOf = lineOf
  }

  private static func collectBlocks(
    _ statements: [Statement], into found: inout [(block: Statement.Block, at: Int)]
  ) {
    for statement in statements {
      switch statement.kind {
      case .block(let block):
        found.append((block, statement.at))
        collectBlocks(block.body, into: &found)
      case .assignBlock(_, _, let body), .filterBlock(_, let body), .with(_, _, let body), .autoescape(_, let body):
        collectBlocks(body, into: &found)
      case .loop(let loop):
        collectBlocks(loop.body, into: &found)
        collectBlocks(loop.otherwise, into: &found)
      case .condition(let branches, let otherwise):
        for branch in branches { collectBlocks(branch.body, into: &found) }
        collectBlocks(otherwise, into: &found)
      case .macro(let macro), .call(let macro, _), .generation(let macro): collectBlocks(macro.body, into: &found)
      case .output, .assign, .leave, .skip, .load: break
      }
    }
  }

  // MARK: functions

  private mutating func compileRoot(_ statements: [Statement]) throws(SyntaxFailure) -> FunctionBody {
    var scope = Scope(symbols: Symbols(parent: nil, space: SlotSpace(SlotSpace.Layout(parent: nil))))
    scope.isTop = true
    let readsSelf = !UndeclaredNames(["self"], in: statements).found.isEmpty
    if readsSelf { scope.symbols.declareParameter("self") }
    analyze(scope) { $0.visit(statements) }
    let entry = entry(of: scope)
    var body = try compile(statements, in: scope)
    if readsSelf, let (variable, _) = scope.symbols.find("self") {
      body.prepend(SelfNode(slot: scope.space.slot(of: variable)))
    }
    return FunctionBody(slotCount: scope.layout.count, entry: entry, body: body)
  }

  private mutating func compileBlock(_ block: Statement.Block) throws(SyntaxFailure) -> BlockDefinition {
    let scope = Scope(symbols: Symbols(parent: nil, space: SlotSpace(SlotSpace.Layout(parent: nil))))
    let special = UndeclaredNames(["self", "super"], in: block.body).found
    for name in special.sorted() { scope.symbols.declareParameter(name) }
    analyze(scope) { $0.visit(block.body) }
    let entry = entry(of: scope)
    let body = try compile(block.body, in: scope)
    func slot(_ name: String) -> Int? {
      special.contains(name) ? scope.symbols.find(name).map { scope.space.slot(of: $0.variable) } : nil
    }
    let (selfSlot, superSlot) = (slot("self"), slot("super"))
    return BlockDefinition(
      name: block.name,
      function: FunctionBody(slotCount: scope.layout.count, entry: entry, body: body),
      selfSlot: selfSlot, superSlot: superSlot)
  }

  func analyze(_ scope: Scope, _ visit: (inout SymbolVisitor) -> Void) {
    var visitor = SymbolVisitor(symbols: scope.symbols)
    visit(&visitor)
  }

  mutating func compile(_ statements: [Statement], in scope: Scope) throws(SyntaxFailure) -> Body {
    var nodes: [any StatementNode] = []
    for statement in statements { nodes.append(contentsOf: try compile(statement, in: scope)) }
    return Body(nodes)
  }

  // MARK: names

  mutating func number(of name: String) -> Int {
    if let number = nameNumbers[name] { return number }
    let number = names.count
    names.append(name)
    nameNumbers[name] = number
    return number
  }

  /// Where a name's value is kept, as seen from a scope.
  mutating func variable(_ name: String, in scope: Scope) -> Variable {
    guard let (variable, owner) = scope.symbols.find(name) else { return .context(number(of: name)) }
    if let number = contextNumber(variable, of: owner) { return .context(number) }
    return place(of: variable, owner, from: scope)
  }

  /// What is only ever read needs no slot: the context does not change, unless blocks see what the top level sets.
  private mutating func contextNumber(_ variable: String, of owner: Symbols) -> Int? {
    guard !hasBlocks, case .resolve(let name) = owner.loads[variable], !owner.stores.contains(name) else { return nil }
    return number(of: name)
  }

  private func place(of variable: String, _ owner: Symbols, from scope: Scope) -> Variable {
    let slot = owner.space.slot(of: variable)
    var hops = 0
    var layout: SlotSpace.Layout? = scope.layout
    while let current = layout, current !== owner.space.layout {
      hops += 1
      layout = current.parent
    }
    return hops == 0 ? .local(slot) : .outer(hops: hops, slot: slot)
  }

  /// What a scope's variables hold at its begin.
  mutating func entry(of scope: Scope) -> Entry {
    var loads: [(slot: Int, source: Entry.Source)] = []
    let symbols = scope.symbols
    for variable in symbols.order {
      guard let load = symbols.loads[variable] else { continue }
      let slot = symbols.space.slot(of: variable)
      switch load {
      case .parameter: break
      case .undefined: loads.append((slot, .missing))
      case .resolve(let name):
        if contextNumber(variable, of: symbols) == nil { loads.append((slot, .context(number(of: name)))) }
      case .alias(let outer):
        guard let owner = symbols.parent?.owner(of: outer) else { continue }
        if let number = contextNumber(outer, of: owner) {
          loads.append((slot, .context(number)))
        } else {
          switch place(of: outer, owner, from: scope) {
          case .local(let other): loads.append((slot, .local(other)))
          case .outer(let hops, let other): loads.append((slot, .outer(hops: hops, slot: other)))
          case .context(let number): loads.append((slot, .context(number)))
          }
        }
      }
    }
    return Entry(loads)
  }
}

extension Symbols {
  /// The scope here or further out that knows a variable.
  fileprivate func owner(of variable: String) -> Symbols? {
    references.values.contains(variable) ? self : parent?.owner(of: variable)
  }
}
