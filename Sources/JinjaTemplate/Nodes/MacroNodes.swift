/// `macro`.
final class MacroNode: StatementNode {
  private let definition: MacroDefinition
  private let target: Target
  private let export: Int?

  init(_ definition: MacroDefinition, _ target: Target, export: Int?) {
    self.definition = definition
    self.target = target
    self.export = export
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    let value = Value.macro(MacroValue(definition, in: try machine.captureFrame()))
    try target.assign(value, &machine)
    if let export { machine.exports[export] = value }
    return .normal
  }
}

/// `call`.
final class CallBlockNode: StatementNode {
  private let definition: MacroDefinition
  private let callee: any ExpressionNode
  private let arguments: ArgumentNodes
  private let escaping: Escaping
  private let place: Int

  init(
    _ definition: MacroDefinition, _ callee: any ExpressionNode, _ arguments: ArgumentNodes, escaping: Escaping,
    at place: Int
  ) {
    self.definition = definition
    self.callee = callee
    self.arguments = arguments
    self.escaping = escaping
    self.place = place
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    let callee = try callee.evaluate(&machine)
    var arguments = try arguments.evaluate(&machine)
    machine.position = place
    guard !arguments.named.contains(where: { $0.name == "caller" }) else {
      throw Failure(.type, "got multiple values for keyword argument 'caller'")
    }
    arguments.named.append(("caller", .macro(MacroValue(definition, in: try machine.captureFrame()))))
    try machine.write(callee.call(arguments, &machine))
    return .normal
  }
}

extension Machine {
  /// Calls a macro and returns what it wrote.
  mutating func call(_ macro: MacroValue, _ arguments: Arguments) throws(Failure) -> Value {
    let capture = beginCapture()
    try run(macro, arguments)
    let text = try takeCapture(capture)
    return autoescape ? .markup(text) : .string(text)
  }

  /// Runs a macro, which writes to the output.
  mutating func run(_ macro: MacroValue, _ arguments: Arguments) throws(Failure) {
    try enter()
    let definition = macro.definition
    let inner = Frame(count: definition.function.slotCount, parent: macro.frame)
    try bind(arguments, to: definition, inner)
    let outer = frame
    frame = inner
    slots = inner.slots
    definition.function.entry.perform(&self)
    let missing = definition.parameters.count - definition.defaults.count
    for (position, parameter) in definition.parameters.enumerated() {
      guard case .missing = slots[parameter.slot] else { continue }
      slots[parameter.slot] =
        position >= missing
        ? try definition.defaults[position - missing].evaluate(&self)
        : .undefined(definition.unprovided[position])
    }
    _ = try definition.function.body.execute(&self)
    frame = outer
    slots = outer.slots
    leave()
  }

  /// Puts arguments to a macro's parameters, by the rules of Jinja's `Macro`.
  private func bind(_ arguments: Arguments, to definition: MacroDefinition, _ inner: Frame) throws(Failure) {
    let parameters = definition.parameters
    let taken = min(arguments.positional.count, parameters.count)
    for position in 0..<taken { inner.slots[parameters[position].slot] = arguments.positional[position] }
    var rest = arguments
    var foundCaller = taken == parameters.count && definition.hasExplicitCaller
    if taken < parameters.count {
      for (name, slot) in parameters[taken...] {
        if let value = rest.remove(named: name) { inner.slots[slot] = value }
        if name == "caller" { foundCaller = true }
      }
    }
    if definition.accessesCaller, !foundCaller, let slot = definition.callerSlot {
      inner.slots[slot] =
        rest.remove(named: "caller") ?? .undefined(UndefinedValue(hint: "No caller defined"))
    }
    let name = definition.name.map(PythonRepr.quoted) ?? "None"
    if let slot = definition.namedSlot {
      let dict = ValueDict()
      for (name, value) in rest.named { try dict.set(.string(name), value) }
      inner.slots[slot] = .dict(dict)
    } else if let first = rest.named.first {
      if rest.named.contains(where: { $0.name == "caller" }) {
        throw Failure(
          .type, "macro \(name) was invoked with two values for the special caller argument. This is most likely a bug."
        )
      }
      throw Failure(.type, "macro \(name) takes no keyword argument \(PythonRepr.quoted(first.name))")
    }
    if let slot = definition.positionalSlot {
      inner.slots[slot] = try .tuple(ContiguousArray(arguments.positional[taken...]))
    } else if arguments.positional.count > parameters.count {
      throw Failure(.type, "macro \(name) takes not more than \(parameters.count) argument(s)")
    }
  }

  /// Runs a block, which writes to the output.
  mutating func run(block name: String) throws(Failure) {
    guard let block = program.blocks[name] else { return }
    try enter()
    let outer = frame
    frame = Frame(count: block.function.slotCount, parent: nil)
    slots = frame.slots
    block.function.entry.perform(&self)
    if let slot = block.selfSlot { slots[slot] = .object(SelfReference()) }
    if let slot = block.superSlot {
      slots[slot] = .undefined(
        UndefinedValue(hint: "there is no parent block called \(PythonRepr.quoted(name))."))
    }
    _ = try block.function.body.execute(&self)
    frame = outer
    slots = outer.slots
    leave()
  }
}

/// `self` in a template: its blocks by name.
final class SelfReference: RuntimeObject {
  var typeName: String { "TemplateReference" }
  var module: String { "jinja2.runtime" }
  var representation: String { "<TemplateReference None>" }

  func item(_ name: String, _ machine: inout Machine) throws(Failure) -> Value? {
    machine.program.blocks[name] == nil ? nil : .object(BlockReference(name))
  }
}

/// A block that can be called.
final class BlockReference: RuntimeObject {
  private let name: String
  var typeName: String { "BlockReference" }
  var module: String { "jinja2.runtime" }
  var isCallable: Bool { true }

  init(_ name: String) { self.name = name }

  func attribute(_ name: String, _ machine: inout Machine) throws(Failure) -> Value? {
    guard name == "super" else { return nil }
    return .undefined(UndefinedValue(hint: "there is no parent block called \(PythonRepr.quoted(self.name))."))
  }

  func call(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    guard arguments.isEmpty else {
      throw Failure(.type, "BlockReference.__call__() takes 1 positional argument but more were given")
    }
    let capture = machine.beginCapture()
    try machine.run(block: name)
    let text = try machine.takeCapture(capture)
    return machine.autoescape ? .markup(text) : .string(text)
  }
}
