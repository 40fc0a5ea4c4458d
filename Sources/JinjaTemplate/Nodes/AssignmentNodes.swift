/// What is assigned to.
indirect enum Target: Sendable {
  case slot(Int)
  case attribute(Variable, name: String)
  case tuple([Target])

  @inline(__always)
  func assign(_ value: Value, _ machine: inout Machine) throws(Failure) {
    if case .slot(let slot) = self {
      machine.slots[slot] = value
    } else {
      try assignParts(value, &machine)
    }
  }

  @inline(never)
  private func assignParts(_ value: Value, _ machine: inout Machine) throws(Failure) {
    switch self {
    case .slot(let slot): machine.slots[slot] = value
    case .attribute(let variable, let name): try Self.namespace(variable, &machine).set(name, value)
    case .tuple(let targets):
      if let pair = value.pair(targets.count) {
        try targets[0].assign(pair.0, &machine)
        return try targets[1].assign(pair.1, &machine)
      }
      guard value.isIterable else {
        throw Failure(.type, "cannot unpack non-iterable \(value.typeName) object")
      }
      let elements = try value.elements(&machine)
      guard elements.count >= targets.count else {
        throw Failure(
          .value, "not enough values to unpack (expected \(targets.count), got \(elements.count))")
      }
      guard elements.count == targets.count else {
        throw Failure(.value, "too many values to unpack (expected \(targets.count))")
      }
      for (target, element) in zip(targets, elements) { try target.assign(element, &machine) }
    }
  }

  /// Refuses targets whose owner is no namespace, before anything is evaluated.
  func check(_ machine: inout Machine) throws(Failure) {
    switch self {
    case .slot: break
    case .attribute(let variable, _): _ = try Self.namespace(variable, &machine)
    case .tuple(let targets): for target in targets { try target.check(&machine) }
    }
  }

  private static func namespace(_ variable: Variable, _ machine: inout Machine) throws(Failure) -> NamespaceValue {
    let owner =
      switch variable {
      case .local(let slot): machine.slots[slot]
      case .outer(let hops, let slot): machine.outerSlots(hops)[slot]
      case .context(let number): machine.resolve(number)
      }
    guard case .namespace(let namespace) = owner else {
      throw Failure(.runtime, "cannot assign attribute on non-namespace object")
    }
    return namespace
  }
}

extension Value {
  /// The parts of a tuple of two, where two are wanted.
  @inline(__always)
  fileprivate func pair(_ wanted: Int) -> (Value, Value)? {
    guard wanted == 2, case .tuple(let list) = self, list.elements.count == 2 else { return nil }
    return (list.elements[0], list.elements[1])
  }
}

/// `set … = …`.
final class AssignNode: StatementNode {
  private let target: Target
  private let value: any ExpressionNode
  private let exports: [(number: Int, slot: Int)]
  private let isSlot: Bool
  private let place: Int

  init(_ target: Target, _ value: any ExpressionNode, exports: [(number: Int, slot: Int)], at place: Int) {
    self.target = target
    self.value = value
    self.exports = exports
    self.place = place
    isSlot = if case .slot = target { true } else { false }
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    if !isSlot {
      machine.position = place
      try target.check(&machine)
    }
    let value = try value.evaluate(&machine)
    if !isSlot { machine.position = place }
    try target.assign(value, &machine)
    for (number, slot) in exports { machine.exports[number] = machine.slots[slot] }
    return .normal
  }
}

/// `set … ` with a body.
final class AssignBlockNode: StatementNode {
  private let target: Target
  private let entry: Entry
  private let body: Body
  private let filter: (any ExpressionNode)?
  private let slot: Int?
  private let exports: [(number: Int, slot: Int)]
  private let escaping: Escaping
  private let place: Int

  init(
    _ target: Target, entry: Entry, _ body: Body, filter: (any ExpressionNode)?, slot: Int?,
    exports: [(number: Int, slot: Int)], escaping: Escaping, at place: Int
  ) {
    self.target = target
    self.entry = entry
    self.body = body
    self.filter = filter
    self.slot = slot
    self.exports = exports
    self.escaping = escaping
    self.place = place
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    entry.perform(&machine)
    let capture = machine.beginCapture()
    let flow = try body.execute(&machine)
    let text = try machine.takeCapture(capture)
    if flow != .normal { return flow }
    var value = Value.string(text)
    if let filter, let slot {
      machine.slots[slot] = escaping == .html || machine.autoescape ? .markup(text) : value
      value = try filter.evaluate(&machine)
    }
    machine.position = place
    if machine.autoescape { value = .markup(try value.string(&machine)) }
    try target.assign(value, &machine)
    for (number, slot) in exports { machine.exports[number] = machine.slots[slot] }
    return .normal
  }
}

/// `with`.
final class WithNode: StatementNode {
  private let entry: Entry
  private let assignments: [(Target, any ExpressionNode)]
  private let body: Body

  init(entry: Entry, _ assignments: [(Target, any ExpressionNode)], _ body: Body) {
    self.entry = entry
    self.assignments = assignments
    self.body = body
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    entry.perform(&machine)
    for (target, value) in assignments { try target.assign(value.evaluate(&machine), &machine) }
    return try body.execute(&machine)
  }
}
