/// `loop`.
final class LoopContext: @unchecked Sendable {
  enum Attribute: String {
    case index, index0, revindex, revindex0, first, last, length, previtem, nextitem, depth, depth0, cycle, changed
  }

  private var cursor: Cursor
  private let definition: LoopDefinition
  /// The variables among which the loop's `if` runs.
  private var frame: Frame?
  private let recursion: LoopRecursion?
  private let depth0: Int
  private var index0 = -1
  private var knownLength: Int?
  /// Elements that were taken ahead.
  private var ahead: ContiguousArray<Value> = []
  private var aheadStart = 0
  private var isExhausted = false
  private var previous = Value.missing
  private var current = Value.missing
  private var lastChanged: ContiguousArray<Value>?

  private static let noPrevious = UndefinedValue(hint: "there is no previous item")
  private static let noNext = UndefinedValue(hint: "there is no next item")

  init(_ cursor: Cursor, _ definition: LoopDefinition, frame: Frame, recursion: LoopRecursion?, depth: Int) {
    self.cursor = cursor
    self.definition = definition
    self.recursion = recursion
    self.frame = definition.test == nil ? nil : frame
    depth0 = depth
    if definition.test == nil { knownLength = cursor.count }
  }

  var index: Int { index0 + 1 }

  /// Lets go of the variables, which hold the loop in turn.
  func end() {
    frame = nil
    previous = .missing
    current = .missing
    isExhausted = true
  }

  /// The next element that the loop's `if` accepts.
  private func pull(_ machine: inout Machine) throws(Failure) -> Value? {
    if isExhausted { return nil }
    guard let test = definition.test, let frame else {
      guard let value = try cursor.next(&machine) else {
        isExhausted = true
        return nil
      }
      return value
    }
    let outer = machine.frame
    machine.frame = frame
    machine.slots = frame.slots
    while let value = try cursor.next(&machine) {
      try machine.step()
      if try test.accepts(value, &machine) {
        machine.frame = outer
        machine.slots = outer.slots
        return value
      }
    }
    machine.frame = outer
    machine.slots = outer.slots
    isExhausted = true
    return nil
  }

  /// Goes to the next element.
  func advance(_ machine: inout Machine) throws(Failure) -> Value? {
    let value: Value
    if aheadStart < ahead.count {
      value = ahead[aheadStart]
      aheadStart += 1
      if aheadStart == ahead.count {
        ahead.removeAll(keepingCapacity: true)
        aheadStart = 0
      }
    } else {
      guard let next = try pull(&machine) else { return nil }
      value = next
    }
    index0 += 1
    previous = current
    current = value
    return value
  }

  private func peek(_ machine: inout Machine) throws(Failure) -> Value? {
    if aheadStart < ahead.count { return ahead[aheadStart] }
    guard let value = try pull(&machine) else { return nil }
    ahead.append(value)
    return value
  }

  private func isLast(_ machine: inout Machine) throws(Failure) -> Bool {
    if let knownLength { return index0 + 1 >= knownLength }
    return try peek(&machine) == nil
  }

  func length(_ machine: inout Machine) throws(Failure) -> Int {
    if let knownLength { return knownLength }
    while let value = try pull(&machine) { ahead.append(value) }
    let length = index0 + 1 + ahead.count - aheadStart
    knownLength = length
    return length
  }

  func value(of attribute: Attribute, _ machine: inout Machine) throws(Failure) -> Value {
    switch attribute {
    case .index: return .int(index0 + 1)
    case .index0: return .int(index0)
    case .revindex: return .int(try length(&machine) - index0)
    case .revindex0: return .int(try length(&machine) - index0 - 1)
    case .first: return .bool(index0 == 0)
    case .last: return .bool(try isLast(&machine))
    case .length: return .int(try length(&machine))
    case .depth: return .int(depth0 + 1)
    case .depth0: return .int(depth0)
    case .previtem: return index0 == 0 ? .undefined(Self.noPrevious) : previous
    case .nextitem: return try peek(&machine) ?? .undefined(Self.noNext)
    case .cycle, .changed: return .method(try BoundMethod(.loop(self), attribute.rawValue))
    }
  }

  /// `loop.cycle(…)`.
  func cycle(_ arguments: Arguments) throws(Failure) -> Value {
    let values = arguments.positional
    guard !values.isEmpty else { throw Failure(.type, "no items for cycling given") }
    return values[max(index0, 0) % values.count]
  }

  /// `loop.changed(…)`.
  func changed(_ arguments: Arguments) -> Value {
    if let lastChanged, lastChanged.count == arguments.positional.count,
      zip(lastChanged, arguments.positional).allSatisfy({ $0.equals($1) })
    {
      return .bool(false)
    }
    lastChanged = arguments.positional
    return .bool(true)
  }

  /// `loop(…)`: runs the body again for inner elements.
  func call(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    guard let recursion else {
      throw Failure(.type, "The loop must have the 'recursive' marker to be called recursively.")
    }
    guard arguments.positional.count == 1, arguments.named.isEmpty else {
      throw Failure(.type, "LoopContext.__call__() missing 1 required positional argument: 'iterable'")
    }
    return try recursion.run(arguments.positional[0], depth: depth0 + 1, &machine)
  }
}
