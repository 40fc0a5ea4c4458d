/// `not`.
final class NotNode: ExpressionNode {
  private let operand: any ExpressionNode

  init(_ operand: any ExpressionNode) { self.operand = operand }

  var hasConstantParts: Bool { operand is ConstantNode }
  func evaluate(_ machine: inout Machine) throws(Failure) -> Value { .bool(try !operand.isTrue(&machine)) }
  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool { try !operand.isTrue(&machine) }
}

/// `+` and `-` before an operand.
final class SignNode: ExpressionNode {
  private let operand: any ExpressionNode
  private let negative: Bool
  private let place: Int

  init(_ operand: any ExpressionNode, negative: Bool, at place: Int) {
    self.operand = operand
    self.negative = negative
    self.place = place
  }

  var hasConstantParts: Bool { operand is ConstantNode }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = try operand.evaluate(&machine)
    machine.position = place
    return try value.signed(negative: negative)
  }
}

/// Operators of one precedence, computed from left to right.
final class ArithmeticNode: ExpressionNode {
  private let first: any ExpressionNode
  private let rest: ContiguousArray<(operation: ArithmeticOperator, operand: any ExpressionNode)>
  private let isSum: Bool
  private let place: Int

  init(_ first: any ExpressionNode, _ rest: [(ArithmeticOperator, any ExpressionNode)], at place: Int) {
    self.first = first
    self.rest = ContiguousArray(rest.map { ($0.0, $0.1) })
    isSum = rest.allSatisfy { $0.0 == .add }
    self.place = place
  }

  var hasConstantParts: Bool { first is ConstantNode && rest.allSatisfy { $0.operand is ConstantNode } }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = try first.evaluate(&machine)
    if isSum, rest.count > 1, case .string(let text) = value { return try join(text, &machine) }
    return try compute(value, from: 0, &machine)
  }

  private func compute(_ start: Value, from index: Int, _ machine: inout Machine) throws(Failure) -> Value {
    var value = start
    for index in index..<rest.count {
      let operand = try rest[index].operand.evaluate(&machine)
      machine.position = place
      value = try Value.compute(rest[index].operation, value, operand, &machine)
    }
    return value
  }

  /// Puts several strings together at once.
  private func join(_ start: String, _ machine: inout Machine) throws(Failure) -> Value {
    var text = start
    for index in 0..<rest.count {
      let operand = try rest[index].operand.evaluate(&machine)
      guard case .string(let more) = operand else {
        machine.position = place
        let value = try Value.compute(.add, .string(text), operand, &machine)
        return try compute(value, from: index + 1, &machine)
      }
      text += more
    }
    machine.position = place
    try machine.build(bytes: text.utf8.count)
    return .string(text)
  }

  /// Writes a sum of strings without ever putting it together.
  func emit(_ machine: inout Machine) throws(Failure) {
    let value = try first.evaluate(&machine)
    guard isSum, case .string(let text) = value else { return try machine.write(compute(value, from: 0, &machine)) }
    // For generation blocks in macros that are called here, nothing of this counts as written yet.
    let capture = machine.beginCapture()
    defer { machine.endCapture(capture) }
    let mark = machine.output.count
    machine.output.append(text)
    for index in 0..<rest.count {
      let operand = try rest[index].operand.evaluate(&machine)
      guard case .string(let more) = operand else {
        let soFar = Value.string(machine.output.take(from: mark))
        machine.position = place
        let value = try Value.compute(.add, soFar, operand, &machine)
        return try machine.write(compute(value, from: index + 1, &machine))
      }
      machine.output.append(more)
    }
  }
}

/// `~`.
final class ConcatenationNode: ExpressionNode {
  private let parts: [any ExpressionNode]
  private let escaping: Escaping
  private let place: Int

  init(_ parts: [any ExpressionNode], escaping: Escaping, at place: Int) {
    self.parts = parts
    self.escaping = escaping
    self.place = place
  }

  var hasConstantParts: Bool { escaping == .none && parts.allSatisfy { $0 is ConstantNode } }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    if escaping != .none { return try joinAsHTML(&machine) }
    var text = ""
    for part in parts { text += try part.evaluate(&machine).string(&machine) }
    machine.position = place
    try machine.build(bytes: text.utf8.count)
    return .string(text)
  }

  /// From the first part that counts as HTML on, everything is escaped; then what stands before is, too.
  private func joinAsHTML(_ machine: inout Machine) throws(Failure) -> Value {
    var values: ContiguousArray<Value> = []
    for part in parts { values.append(try part.evaluate(&machine)) }
    let isHTML = values.contains(where: \.isMarkup)
    var text = ""
    for value in values {
      let part = try value.string(&machine)
      text += isHTML && !value.isMarkup ? HTMLText.escaped(part) : part
    }
    try machine.build(bytes: text.utf8.count)
    return isHTML ? .markup(text) : .string(text)
  }

  func emit(_ machine: inout Machine) throws(Failure) {
    guard escaping == .none else { return try machine.write(evaluate(&machine)) }
    let capture = machine.beginCapture()
    defer { machine.endCapture(capture) }
    for part in parts { try part.emit(&machine) }
  }
}

/// `and` and `or`, which give one of their operands.
final class LogicNode: ExpressionNode {
  private let parts: ContiguousArray<any ExpressionNode>
  private let stopsAtTrue: Bool

  init(_ parts: [any ExpressionNode], stopsAtTrue: Bool) {
    self.parts = ContiguousArray(parts)
    self.stopsAtTrue = stopsAtTrue
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    for index in 0..<(parts.count - 1) {
      let value = try parts[index].evaluate(&machine)
      if try value.isTrue(&machine) == stopsAtTrue { return value }
    }
    return try parts[parts.count - 1].evaluate(&machine)
  }

  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool {
    for index in 0..<parts.count where try parts[index].isTrue(&machine) == stopsAtTrue { return stopsAtTrue }
    return !stopsAtTrue
  }
}

/// `a if b else c`.
final class ConditionalNode: ExpressionNode {
  private let test: any ExpressionNode
  private let then: any ExpressionNode
  private let otherwise: (any ExpressionNode)?
  private let undefined: UndefinedValue

  init(test: any ExpressionNode, then: any ExpressionNode, otherwise: (any ExpressionNode)?, line: Int) {
    self.test = test
    self.then = then
    self.otherwise = otherwise
    undefined = UndefinedValue(
      hint: "the inline if-expression on line \(line) evaluated to false and no else section was defined.")
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    if try test.isTrue(&machine) { return try then.evaluate(&machine) }
    if let otherwise { return try otherwise.evaluate(&machine) }
    return .undefined(undefined)
  }

  func emit(_ machine: inout Machine) throws(Failure) {
    if try test.isTrue(&machine) { return try then.emit(&machine) }
    if let otherwise { try otherwise.emit(&machine) }
  }
}
