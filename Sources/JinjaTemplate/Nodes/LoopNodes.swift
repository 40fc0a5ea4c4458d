/// What a loop is made of.
struct LoopDefinition: Sendable {
  let target: Target
  let entry: Entry
  let body: Body
  let otherwise: (entry: Entry, body: Body)?
  let test: LoopTest?
  let loopSlot: Int?
  /// How many variables a recursive loop has, which is a function of its own.
  let slotCount: Int?

  /// What stands behind `else`, where no turn of the loop ran to its end.
  func runOtherwise(_ machine: inout Machine) throws(Failure) -> Flow {
    guard let otherwise else { return .normal }
    otherwise.entry.perform(&machine)
    return try otherwise.body.execute(&machine)
  }
}

/// A loop's `if`.
struct LoopTest: Sendable {
  let target: Target
  let entry: Entry
  let test: any ExpressionNode

  func accepts(_ value: Value, _ machine: inout Machine) throws(Failure) -> Bool {
    try target.assign(value, &machine)
    return try test.isTrue(&machine)
  }
}

/// A loop that uses neither `loop` nor `if`.
final class SimpleLoopNode: StatementNode {
  private let source: any ExpressionNode
  private let definition: LoopDefinition
  private let place: Int

  init(_ source: any ExpressionNode, _ definition: LoopDefinition, at place: Int) {
    self.source = source
    self.definition = definition
    self.place = place
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    let iterable = try source.evaluate(&machine)
    machine.position = place
    var isComplete = false
    if case .jsonArray(let array) = iterable {
      for index in 0..<array.count {
        try machine.step()
        try definition.target.assign(Value(array[index]), &machine)
        definition.entry.perform(&machine)
        let flow = try definition.body.execute(&machine)
        if flow == .leave { break }
        if flow == .normal { isComplete = true }
      }
    } else {
      var cursor = try iterable.cursor(&machine)
      while let value = try cursor.next(&machine) {
        try machine.step()
        machine.position = place
        try definition.target.assign(value, &machine)
        definition.entry.perform(&machine)
        let flow = try definition.body.execute(&machine)
        if flow == .leave { break }
        if flow == .normal { isComplete = true }
      }
    }
    return isComplete ? .normal : try definition.runOtherwise(&machine)
  }
}

/// A loop with everything except recursion.
final class LoopNode: StatementNode {
  private let source: any ExpressionNode
  private let definition: LoopDefinition
  private let place: Int

  init(_ source: any ExpressionNode, _ definition: LoopDefinition, at place: Int) {
    self.source = source
    self.definition = definition
    self.place = place
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    let iterable = try source.evaluate(&machine)
    machine.position = place
    let loop = LoopContext(try iterable.cursor(&machine), definition, frame: machine.frame, recursion: nil, depth: 0)
    defer { loop.end() }
    return try machine.run(loop, definition, at: place) ? .normal : try definition.runOtherwise(&machine)
  }
}

/// A loop marked `recursive`.
final class RecursiveLoopNode: StatementNode {
  private let source: any ExpressionNode
  private let definition: LoopDefinition
  private let escaping: Escaping
  private let place: Int

  init(_ source: any ExpressionNode, _ definition: LoopDefinition, escaping: Escaping, at place: Int) {
    self.source = source
    self.definition = definition
    self.escaping = escaping
    self.place = place
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    let iterable = try source.evaluate(&machine)
    machine.position = place
    let recursion = LoopRecursion(definition, frame: try machine.captureFrame(), escaping: escaping, at: place)
    try machine.write(recursion.run(iterable, depth: 0, &machine))
    return .normal
  }
}

/// The body of a recursive loop with the variables around it.
final class LoopRecursion: Sendable {
  private let definition: LoopDefinition
  private let frame: Frame
  private let escaping: Escaping
  private let place: Int

  init(_ definition: LoopDefinition, frame: Frame, escaping: Escaping, at place: Int) {
    self.definition = definition
    self.frame = frame
    self.escaping = escaping
    self.place = place
  }

  /// Runs the loop over other elements and returns what it wrote.
  func run(_ iterable: Value, depth: Int, _ machine: inout Machine) throws(Failure) -> Value {
    try machine.enter()
    let capture = machine.beginCapture()
    let inner = Frame(count: definition.slotCount ?? 0, parent: frame)
    let outer = machine.frame
    machine.frame = inner
    machine.slots = inner.slots
    let loop = LoopContext(
      try iterable.cursor(&machine), definition, frame: inner, recursion: self, depth: depth)
    defer { loop.end() }
    if try !machine.run(loop, definition, at: place) { _ = try definition.runOtherwise(&machine) }
    machine.frame = outer
    machine.slots = outer.slots
    machine.leave()
    let text = try machine.takeCapture(capture)
    return escaping == .html || (escaping == .dynamic && machine.autoescape) ? .markup(text) : .string(text)
  }
}

extension Machine {
  /// Runs a loop; tells whether any turn ran to its end.
  mutating func run(_ loop: LoopContext, _ definition: LoopDefinition, at place: Int) throws(Failure) -> Bool {
    definition.test?.entry.perform(&self)
    var isComplete = false
    while let value = try loop.advance(&self) {
      try step()
      position = place
      try definition.target.assign(value, &self)
      if let slot = definition.loopSlot { slots[slot] = .loop(loop) }
      definition.entry.perform(&self)
      let flow = try definition.body.execute(&self)
      if flow == .leave { break }
      if flow == .normal { isComplete = true }
    }
    return isComplete
  }
}
