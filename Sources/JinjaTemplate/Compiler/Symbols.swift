/// Which variables a scope reads and sets, and where each comes from.
///
/// The rules are those of Jinja's `idtracking`: names are resolved before anything runs, and what a scope sets stays in
/// it. A variable is known by the level of its scope and its name, as there.
final class Symbols {
  /// What a variable holds when its scope is entered.
  enum Load: Equatable {
    case parameter
    /// What the context has under a name.
    case resolve(String)
    /// What a variable of an outer scope holds.
    case alias(String)
    case undefined
  }

  let parent: Symbols?
  let level: Int
  /// The variable of each name that this scope knows.
  private(set) var references: [String: String] = [:]
  private(set) var loads: [String: Load] = [:]
  /// The variables of `loads` in the order in which they were met.
  private(set) var order: [String] = []
  private(set) var stores: Set<String> = []
  /// Where the variables are kept when the template runs.
  let space: SlotSpace

  init(parent: Symbols?, space: SlotSpace, level: Int? = nil) {
    self.parent = parent
    self.space = space
    self.level = level ?? parent.map { $0.level + 1 } ?? 0
  }

  private init(copying other: Symbols) {
    parent = other.parent
    level = other.level
    references = other.references
    loads = other.loads
    order = other.order
    stores = other.stores
    space = other.space
  }

  func copy() -> Symbols { Symbols(copying: self) }

  private func define(_ name: String, _ load: Load) {
    let variable = "\(level) \(name)"
    references[name] = variable
    setLoad(variable, load)
  }

  private func setLoad(_ variable: String, _ load: Load) {
    if loads[variable] == nil { order.append(variable) }
    loads[variable] = load
  }

  /// The variable of a name here or further out, with the scope that knows it.
  func find(_ name: String) -> (variable: String, owner: Symbols)? {
    if let variable = references[name] { return (variable, self) }
    return parent?.find(name)
  }

  func store(_ name: String) {
    stores.insert(name)
    guard references[name] == nil else { return }
    if let outer = parent?.find(name) {
      define(name, .alias(outer.variable))
    } else {
      define(name, .undefined)
    }
  }

  func declareParameter(_ name: String) {
    stores.insert(name)
    define(name, .parameter)
  }

  func load(_ name: String) {
    if find(name) == nil { define(name, .resolve(name)) }
  }

  /// Takes over what the branches of a condition know.
  func update(fromBranches branches: [Symbols]) {
    var branchStores: Set<String> = []
    for branch in branches { branchStores.formUnion(branch.stores) }
    branchStores.subtract(stores)
    for branch in branches {
      references.merge(branch.references) { $1 }
      for variable in branch.order { branch.loads[variable].map { setLoad(variable, $0) } }
      stores.formUnion(branch.stores)
    }
    for name in branchStores {
      guard let variable = references[name] else { continue }
      if let outer = parent?.find(name) {
        setLoad(variable, .alias(outer.variable))
      } else {
        setLoad(variable, .resolve(name))
      }
    }
  }

  /// Every name that this scope and those around it set.
  func allStores() -> Set<String> { stores.union(parent?.allStores() ?? []) }
}

/// The variables of one function (a template's body, a macro, a block, a recursive loop) or of a loop's test.
final class SlotSpace {
  /// The variables that are alive together.
  final class Layout {
    let parent: Layout?
    fileprivate(set) var count = 0

    init(parent: Layout?) { self.parent = parent }

    func add() -> Int {
      count += 1
      return count - 1
    }
  }

  let layout: Layout
  private var slots: [String: Int] = [:]

  init(_ layout: Layout) { self.layout = layout }

  func slot(of variable: String) -> Int {
    if let slot = slots[variable] { return slot }
    let slot = layout.add()
    slots[variable] = slot
    return slot
  }
}
