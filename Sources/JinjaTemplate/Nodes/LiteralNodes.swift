/// `[…]` and `(…)`.
final class SequenceNode: ExpressionNode {
  private let parts: [any ExpressionNode]
  private let isTuple: Bool
  private let place: Int

  init(_ parts: [any ExpressionNode], isTuple: Bool, at place: Int) {
    self.parts = parts
    self.isTuple = isTuple
    self.place = place
  }

  var hasConstantParts: Bool { parts.allSatisfy { $0 is ConstantNode } }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    var elements: ContiguousArray<Value> = []
    elements.reserveCapacity(parts.count)
    for part in parts { elements.append(try part.evaluate(&machine)) }
    machine.position = place
    try machine.build(elements: elements.count)
    return isTuple ? try .tuple(elements) : try .list(elements)
  }
}

/// `{…}`.
final class DictNode: ExpressionNode {
  private let members: [(any ExpressionNode, any ExpressionNode)]
  private let place: Int

  init(_ members: [(any ExpressionNode, any ExpressionNode)], at place: Int) {
    self.members = members
    self.place = place
  }

  var hasConstantParts: Bool { members.allSatisfy { $0.0 is ConstantNode && $0.1 is ConstantNode } }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let dict = ValueDict()
    for (key, value) in members {
      let key = try key.evaluate(&machine)
      let value = try value.evaluate(&machine)
      machine.position = place
      try dict.set(key, value)
    }
    try machine.build(elements: members.count * 2)
    return .dict(dict)
  }
}
