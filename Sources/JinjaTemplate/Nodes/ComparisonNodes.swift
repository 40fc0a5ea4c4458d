/// `==` or `!=` with a string that is known before.
final class TextEqualityNode: ExpressionNode {
  private let operand: any ExpressionNode
  private let text: String
  private let isNegated: Bool

  init(_ operand: any ExpressionNode, _ text: String, isNegated: Bool) {
    self.operand = operand
    self.text = text
    self.isNegated = isNegated
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value { .bool(try isTrue(&machine)) }

  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool {
    switch try operand.evaluate(&machine) {
    case .string(let other), .markup(let other): return other.hasSameBytes(as: text) != isNegated
    default: return isNegated
    }
  }
}

/// One comparison.
final class ComparisonNode: ExpressionNode {
  private let left: any ExpressionNode
  private let operation: ComparisonOperator
  private let right: any ExpressionNode
  private let place: Int

  init(_ left: any ExpressionNode, _ operation: ComparisonOperator, _ right: any ExpressionNode, at place: Int) {
    self.left = left
    self.operation = operation
    self.right = right
    self.place = place
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value { .bool(try isTrue(&machine)) }

  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool {
    let left = try left.evaluate(&machine)
    let right = try right.evaluate(&machine)
    machine.position = place
    return try left.compares(operation, right, &machine)
  }
}

/// `a < b < c`: every operand is evaluated once, and only as far as needed.
final class ComparisonChainNode: ExpressionNode {
  private let first: any ExpressionNode
  private let rest: [(ComparisonOperator, any ExpressionNode)]
  private let place: Int

  init(_ first: any ExpressionNode, _ rest: [(ComparisonOperator, any ExpressionNode)], at place: Int) {
    self.first = first
    self.rest = rest
    self.place = place
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    var left = try first.evaluate(&machine)
    for (operation, operand) in rest {
      let right = try operand.evaluate(&machine)
      machine.position = place
      guard try left.compares(operation, right, &machine) else { return .bool(false) }
      left = right
    }
    return .bool(true)
  }
}

extension Value {
  func compares(
    _ operation: ComparisonOperator, _ other: Value, _ machine: inout Machine
  ) throws(Failure) -> Bool {
    let work = min(weight, other.weight)
    if work > 0 { try machine.step(work) }
    switch operation {
    case .equal: return equals(other)
    case .notEqual: return !equals(other)
    case .less: return try order(to: other, "<") == .before
    case .greater: return try order(to: other, ">") == .after
    case .lessOrEqual:
      let order = try order(to: other, "<=")
      return order == .before || order == .same
    case .greaterOrEqual:
      let order = try order(to: other, ">=")
      return order == .after || order == .same
    case .isIn: return try other.contains(self, &machine)
    case .isNotIn: return try !other.contains(self, &machine)
    }
  }

  /// `element in self`.
  func contains(_ element: Value, _ machine: inout Machine) throws(Failure) -> Bool {
    switch self {
    case .string(let text), .markup(let text):
      guard let part = element.text else {
        throw Failure(.type, "'in <string>' requires string as left operand, not \(element.typeName)")
      }
      try machine.step(text.utf8.count >> 6)
      return text.offset(of: part) != nil
    case .jsonObject(let object):
      if case .string(let key) = element { return object[key] != nil }
      try element.checkHashable()
      return element.text.map { object[$0] != nil } ?? false
    case .dict(let dict): return try dict.position(of: element) != nil
    case .jsonArray(let array):
      try machine.step(array.count / 8)
      for other in array where Value(other).equals(element) { return true }
      return false
    case .list(let list), .tuple(let list):
      try machine.step(min(list.weight, list.elements.count &* (element.weight &+ 1)) >> 3)
      for other in list.elements where other.equals(element) { return true }
      return false
    case .range(let range):
      switch element {
      case .int(let number): return range.position(of: number) != nil
      case .bool(let value): return range.position(of: value ? 1 : 0) != nil
      case .float(let value): return Int(exactly: value).map { range.position(of: $0) != nil } ?? false
      default: return false
      }
    case .view(let view) where view.part == .keys: return try view.owner.contains(element, &machine)
    case .undefined, .view, .iterator, .loop:
      var cursor = try cursor(&machine)
      while let other = try cursor.next(&machine) {
        try machine.step()
        if other.equals(element) { return true }
      }
      return false
    default: throw Failure(.type, "argument of type '\(typeName)' is not iterable")
    }
  }
}
