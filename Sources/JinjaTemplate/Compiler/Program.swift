/// A compiled template.
final class Program: Sendable {
  let root: FunctionBody
  /// The names that the template reads from the context.
  let names: [String]
  /// What Jinja itself has under each of them.
  let globals: [Value?]
  let blocks: [String: BlockDefinition]

  init(root: FunctionBody, names: [String], blocks: [String: BlockDefinition]) {
    self.root = root
    self.names = names
    self.blocks = blocks
    globals = names.map { Globals.all[$0] }
  }
}

/// What runs with variables of its own.
struct FunctionBody: Sendable {
  let slotCount: Int
  let entry: Entry
  let body: Body
}

/// A block of the template, which renders where it stands.
final class BlockDefinition: Sendable {
  let name: String
  let function: FunctionBody
  /// Where the block finds `self` and `super`.
  let selfSlot: Int?
  let superSlot: Int?

  init(name: String, function: FunctionBody, selfSlot: Int?, superSlot: Int?) {
    self.name = name
    self.function = function
    self.selfSlot = selfSlot
    self.superSlot = superSlot
  }
}

/// A macro as it is defined, or the body of a `call` block.
final class MacroDefinition: Sendable {
  let name: String?
  let parameters: [(name: String, slot: Int)]
  /// The defaults of the last parameters.
  let defaults: [any ExpressionNode]
  let callerSlot: Int?
  let namedSlot: Int?
  let positionalSlot: Int?
  /// Whether `caller` is a parameter like any other.
  let hasExplicitCaller: Bool
  let accessesCaller: Bool
  let function: FunctionBody
  /// What a parameter without a value and a default is.
  let unprovided: [UndefinedValue]

  init(
    name: String?, parameters: [(name: String, slot: Int)], defaults: [any ExpressionNode], callerSlot: Int?,
    namedSlot: Int?, positionalSlot: Int?, accessesCaller: Bool, function: FunctionBody
  ) {
    self.name = name
    self.parameters = parameters
    self.defaults = defaults
    self.callerSlot = callerSlot
    self.namedSlot = namedSlot
    self.positionalSlot = positionalSlot
    self.accessesCaller = accessesCaller
    self.function = function
    hasExplicitCaller = parameters.contains { $0.name == "caller" }
    unprovided = parameters.map {
      UndefinedValue(hint: "parameter \(PythonRepr.quoted($0.name)) was not provided")
    }
  }
}
