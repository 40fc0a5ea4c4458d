import OrderedJSON

/// `owner.name`.
final class AttributeNode: ExpressionNode {
  private let owner: any ExpressionNode
  private let name: String
  /// Whether a dict has something of its own under the name, so that its members come second.
  private let isDictAttribute: Bool
  private let loopAttribute: LoopContext.Attribute?
  private let undefined: UndefinedValue
  private let place: Int

  init(_ owner: any ExpressionNode, _ name: String, at place: Int) {
    self.owner = owner
    self.name = name
    self.place = place
    loopAttribute = LoopContext.Attribute(rawValue: name)
    isDictAttribute = name.hasPrefix("__") || Methods.dictNames.contains(name)
    undefined = UndefinedValue(attribute: name, of: "dict object")
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = try owner.evaluate(&machine)
    switch value {
    case .jsonObject(let object) where !isDictAttribute:
      if let member = object[name] { return Value(member) }
      return .undefined(undefined)
    case .loop(let loop):
      machine.position = place
      if let attribute = loopAttribute { return try loop.value(of: attribute, &machine) }
    case .namespace(let namespace):
      if let attribute = namespace.value(named: name) { return attribute }
    default: break
    }
    machine.position = place
    return try value.attribute(name, &machine)
  }
}

/// `owner['name']`.
final class KeyNode: ExpressionNode {
  private let owner: any ExpressionNode
  private let name: String
  private let isDictAttribute: Bool
  private let undefined: UndefinedValue
  private let place: Int

  init(_ owner: any ExpressionNode, _ name: String, at place: Int) {
    self.owner = owner
    self.name = name
    self.place = place
    isDictAttribute = name.hasPrefix("__") || Methods.dictNames.contains(name)
    undefined = UndefinedValue(attribute: name, of: "dict object")
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = try owner.evaluate(&machine)
    if case .jsonObject(let object) = value {
      if let member = object[name] { return Value(member) }
      if !isDictAttribute { return .undefined(undefined) }
    }
    machine.position = place
    return try value.item(.string(name), &machine)
  }
}

/// `owner[key]`.
final class ItemNode: ExpressionNode {
  private let owner: any ExpressionNode
  private let key: any ExpressionNode
  private let place: Int

  init(_ owner: any ExpressionNode, _ key: any ExpressionNode, at place: Int) {
    self.owner = owner
    self.key = key
    self.place = place
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = try owner.evaluate(&machine)
    let key = try key.evaluate(&machine)
    machine.position = place
    return try value.item(key, &machine)
  }
}

/// `owner[start:stop:step]`.
final class SliceNode: ExpressionNode {
  private let owner: any ExpressionNode
  private let start: (any ExpressionNode)?
  private let stop: (any ExpressionNode)?
  private let step: (any ExpressionNode)?
  /// Whether all is known before. Jinja computes that early, where what does not fit gives an undefined value.
  private let isConstant: Bool
  private let place: Int

  init(
    _ owner: any ExpressionNode, start: (any ExpressionNode)?, stop: (any ExpressionNode)?,
    step: (any ExpressionNode)?, at place: Int
  ) {
    self.owner = owner
    self.start = start
    self.stop = stop
    self.step = step
    self.place = place
    isConstant = [owner, start, stop, step].allSatisfy { $0 == nil || $0 is ConstantNode }
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = try owner.evaluate(&machine)
    let start = try start?.evaluate(&machine)
    let stop = try stop?.evaluate(&machine)
    let step = try step?.evaluate(&machine)
    machine.position = place
    do throws(Failure) {
      return try Slicing.slice(value, start, stop, step, &machine)
    } catch {
      guard isConstant, error.kind == .type else { throw error }
      return .undefined(UndefinedValue(hint: error.message))
    }
  }
}
