/// A compiled expression.
protocol ExpressionNode: AnyObject, Sendable {
  /// The expression's value.
  func evaluate(_ machine: inout Machine) throws(Failure) -> Value
  /// Whether the value is true.
  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool
  /// Writes the value out, without escaping it.
  func emit(_ machine: inout Machine) throws(Failure)
  /// Whether everything that the node works on is known before the template runs.
  var hasConstantParts: Bool { get }
}

extension ExpressionNode {
  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool { try evaluate(&machine).isTrue(&machine) }
  func emit(_ machine: inout Machine) throws(Failure) { try machine.write(evaluate(&machine)) }
  var hasConstantParts: Bool { false }
}

extension Machine {
  /// Writes a value out as `str` makes it.
  @inline(__always)
  mutating func write(_ value: Value) throws(Failure) {
    switch value {
    case .string(let text), .markup(let text): output.append(text)
    case .undefined: break
    case .int(let value): output.append(integer: value)
    default: output.append(try value.string(&self))
    }
  }
}

/// A value that is known before the template runs.
final class ConstantNode: ExpressionNode {
  let value: Value

  init(_ value: Value) { self.value = value }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value { value }
  var hasConstantParts: Bool { true }

  /// Computes a node now if that works; what fails is left to fail where the template runs.
  static func folding(_ node: any ExpressionNode) -> any ExpressionNode {
    guard node.hasConstantParts else { return node }
    let limits = RenderLimits(steps: 10_000, stringBytes: 1 << 10)
    var machine = Machine(.empty, context: [:], limits: limits, clock: .utc(0))
    guard let value = try? node.evaluate(&machine) else { return node }
    return ConstantNode(value)
  }
}

extension Program {
  static let empty = Program(
    root: FunctionBody(slotCount: 1, entry: Entry([]), body: Body([])), names: [], blocks: [:])
}

/// A variable of the function that runs.
final class LocalNode: ExpressionNode {
  private let slot: Int
  private let undefined: UndefinedValue

  init(_ slot: Int, _ name: String) {
    self.slot = slot
    undefined = UndefinedValue(variable: name)
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = machine.slots[slot]
    if case .missing = value { return .undefined(undefined) }
    return value
  }

  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool { try machine.slots[slot].isTrue(&machine) }

  func emit(_ machine: inout Machine) throws(Failure) {
    if case .missing = machine.slots[slot] { return }
    try machine.write(machine.slots[slot])
  }
}

/// A variable of a function around the one that runs.
final class OuterNode: ExpressionNode {
  private let hops: Int
  private let slot: Int
  private let undefined: UndefinedValue

  init(hops: Int, _ slot: Int, _ name: String) {
    self.hops = hops
    self.slot = slot
    undefined = UndefinedValue(variable: name)
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = machine.outerSlots(hops)[slot]
    if case .missing = value { return .undefined(undefined) }
    return value
  }
}

/// What the context or Jinja has under a name.
final class ContextNode: ExpressionNode {
  private let number: Int
  private let undefined: UndefinedValue

  init(_ number: Int, _ name: String) {
    self.number = number
    undefined = UndefinedValue(variable: name)
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = machine.resolve(number)
    if case .missing = value { return .undefined(undefined) }
    return value
  }

  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool {
    try machine.resolve(number).isTrue(&machine)
  }
}

/// What fails when it is reached, such as a filter that does not exist.
final class UnknownNode: ExpressionNode {
  private let message: String
  private let place: Int

  init(_ message: String, at place: Int) {
    self.message = message
    self.place = place
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    machine.position = place
    throw Failure(.runtime, message)
  }
}
