/// `filter`.
final class FilterBlockNode: StatementNode {
  private let entry: Entry
  private let body: Body
  private let filter: any ExpressionNode
  private let slot: Int
  private let escaping: Escaping

  init(entry: Entry, _ body: Body, _ filter: any ExpressionNode, slot: Int, escaping: Escaping) {
    self.entry = entry
    self.body = body
    self.filter = filter
    self.slot = slot
    self.escaping = escaping
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    entry.perform(&machine)
    let capture = machine.beginCapture()
    let flow = try body.execute(&machine)
    let text = try machine.takeCapture(capture)
    if flow != .normal { return flow }
    let isHTML = escaping == .html || (escaping == .dynamic && machine.autoescape)
    machine.slots[slot] = isHTML ? .markup(text) : .string(text)
    try machine.write(filter.evaluate(&machine))
    return .normal
  }
}

/// `autoescape`.
final class AutoescapeNode: StatementNode {
  private let entry: Entry
  private let value: any ExpressionNode
  private let body: Body

  init(entry: Entry, _ value: any ExpressionNode, _ body: Body) {
    self.entry = entry
    self.value = value
    self.body = body
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    entry.perform(&machine)
    let outer = machine.autoescape
    machine.autoescape = try value.isTrue(&machine)
    let flow = try body.execute(&machine)
    machine.autoescape = outer
    return flow
  }
}

/// `generation`: what a model wrote, whose place is noted.
final class GenerationNode: StatementNode {
  private let entry: Entry
  private let body: Body
  private let callerSlot: Int?
  private let namedSlot: Int?
  private let positionalSlot: Int?
  private let noCaller = UndefinedValue(hint: "No caller defined")

  init(entry: Entry, _ body: Body, callerSlot: Int?, namedSlot: Int?, positionalSlot: Int?) {
    self.entry = entry
    self.body = body
    self.callerSlot = callerSlot
    self.namedSlot = namedSlot
    self.positionalSlot = positionalSlot
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    if let callerSlot { machine.slots[callerSlot] = .undefined(noCaller) }
    if let namedSlot { machine.slots[namedSlot] = .dict(ValueDict()) }
    if let positionalSlot { machine.slots[positionalSlot] = .tuple(ValueList(unchecked: [])) }
    entry.perform(&machine)
    let capture = machine.beginCapture()
    _ = try body.execute(&machine)
    machine.endCapture(capture)
    machine.noteGeneration(from: capture.mark)
    return .normal
  }
}

/// The place where a block stands.
final class BlockNode: StatementNode {
  private let name: String
  private let seen: [(number: Int, variable: Variable)]
  private let isScoped: Bool
  private let isRequired: Bool
  private let place: Int

  init(_ name: String, seen: [(number: Int, variable: Variable)], isScoped: Bool, isRequired: Bool, at place: Int) {
    self.name = name
    self.seen = seen
    self.isScoped = isScoped
    self.isRequired = isRequired
    self.place = place
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    machine.position = place
    guard !isRequired else {
      throw Failure(.runtime, "Required block \(PythonRepr.quoted(name)) not found")
    }
    let outer = machine.overrides
    if isScoped {
      // What the block sees is what the context holds by now, and the variables around it on top.
      machine.overrides.merge(machine.exports) { $1 }
      for (number, variable) in seen {
        let value =
          switch variable {
          case .local(let slot): machine.slots[slot]
          case .outer(let hops, let slot): machine.outerSlots(hops)[slot]
          case .context(let number): machine.resolve(number)
          }
        if case .missing = value { continue }
        machine.overrides[number] = value
      }
    }
    try machine.run(block: name)
    machine.overrides = outer
    return .normal
  }
}

/// Puts `self` into its slot.
final class SelfNode: StatementNode {
  private let slot: Int

  init(slot: Int) { self.slot = slot }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    machine.slots[slot] = .object(SelfReference())
    return .normal
  }
}
