/// A call of whatever an expression gives.
final class CallNode: ExpressionNode {
  private let callee: any ExpressionNode
  private let arguments: ArgumentNodes
  private let place: Int

  init(_ callee: any ExpressionNode, _ arguments: ArgumentNodes, at place: Int) {
    self.callee = callee
    self.arguments = arguments
    self.place = place
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let callee = try callee.evaluate(&machine)
    let arguments = try arguments.evaluate(&machine)
    machine.position = place
    return try callee.call(arguments, &machine)
  }

  /// A macro writes straight to the output.
  func emit(_ machine: inout Machine) throws(Failure) {
    let callee = try callee.evaluate(&machine)
    let arguments = try arguments.evaluate(&machine)
    machine.position = place
    if case .macro(let macro) = callee {
      let capture = machine.beginCapture()
      try machine.run(macro, arguments)
      machine.endCapture(capture)
    } else {
      try machine.write(callee.call(arguments, &machine))
    }
  }
}

/// `owner.name(…)`.
final class MethodCallNode: ExpressionNode {
  private let owner: any ExpressionNode
  private let name: String
  private let arguments: ArgumentNodes
  private let stringMethod: StringMethod?
  private let dictView: DictView.Part?
  private let place: Int

  init(_ owner: any ExpressionNode, _ name: String, _ arguments: ArgumentNodes, at place: Int) {
    self.owner = owner
    self.name = name
    self.arguments = arguments
    self.place = place
    stringMethod = StringMethod(rawValue: name)
    dictView = arguments.isEmpty ? DictView.Part(rawValue: name) : nil
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let owner = try owner.evaluate(&machine)
    switch owner {
    case .string(let text):
      if let stringMethod {
        let arguments = try arguments.evaluate(&machine)
        machine.position = place
        return try stringMethod.call(on: text, isMarkup: false, arguments, &machine)
      }
    case .jsonObject, .dict:
      if let dictView { return .view(DictView(dictView, of: owner)) }
    default: break
    }
    machine.position = place
    let callee = try owner.attribute(name, &machine)
    let arguments = try arguments.evaluate(&machine)
    machine.position = place
    return try callee.call(arguments, &machine)
  }
}

/// `value|filter(…)`.
final class FilterNode: ExpressionNode {
  private let value: any ExpressionNode
  private let filter: FilterFunction
  private let arguments: ArgumentNodes
  private let place: Int

  init(
    _ value: any ExpressionNode, _ filter: @escaping FilterFunction, _ arguments: ArgumentNodes, at place: Int
  ) {
    self.value = value
    self.filter = filter
    self.arguments = arguments
    self.place = place
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let value = try value.evaluate(&machine)
    let arguments = try arguments.evaluate(&machine)
    machine.position = place
    if let text = value.text { try machine.step(text.utf8.count >> 6) }
    return try filter(value, arguments, &machine)
  }
}

/// `value|tojson(…)`, which writes straight to the output.
final class JSONNode: ExpressionNode {
  private let value: any ExpressionNode
  private let arguments: ArgumentNodes
  private let place: Int

  init(_ value: any ExpressionNode, _ arguments: ArgumentNodes, at place: Int) {
    self.value = value
    self.arguments = arguments
    self.place = place
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value {
    let capture = machine.beginCapture()
    try emit(&machine)
    return .string(try machine.takeCapture(capture))
  }

  func emit(_ machine: inout Machine) throws(Failure) {
    let value = try value.evaluate(&machine)
    guard !arguments.isEmpty else {
      machine.position = place
      return try JSONText.plain.write(value, &machine)
    }
    let arguments = try arguments.evaluate(&machine)
    machine.position = place
    try JSONText(arguments, &machine).write(value, &machine)
  }
}

/// `value is test(…)`.
final class TestNode: ExpressionNode {
  private let value: any ExpressionNode
  private let test: TestFunction
  private let arguments: ArgumentNodes
  private let place: Int

  init(_ value: any ExpressionNode, _ test: @escaping TestFunction, _ arguments: ArgumentNodes, at place: Int) {
    self.value = value
    self.test = test
    self.arguments = arguments
    self.place = place
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value { .bool(try isTrue(&machine)) }

  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool {
    let value = try value.evaluate(&machine)
    let arguments = try arguments.evaluate(&machine)
    machine.position = place
    if let text = value.text { try machine.step(text.utf8.count >> 6) }
    return try test(value, arguments, &machine)
  }
}

/// The tests for what kind of value it is, which templates use most.
final class TypeTestNode: ExpressionNode {
  enum Kind: String {
    case defined, undefined, none, string, mapping, iterable, sequence
    case isTrue = "true"
    case isFalse = "false"
  }

  private let value: any ExpressionNode
  private let kind: Kind

  init(_ value: any ExpressionNode, _ kind: Kind) {
    self.value = value
    self.kind = kind
  }

  func evaluate(_ machine: inout Machine) throws(Failure) -> Value { .bool(try isTrue(&machine)) }

  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool {
    let value = try value.evaluate(&machine)
    switch kind {
    case .defined: return !value.isUndefined
    case .undefined: return value.isUndefined
    case .none: return value.isNone
    case .string: return value.text != nil
    case .mapping: return value.isMapping
    case .iterable: return value.isIterable
    case .sequence: return value.isSequence
    case .isTrue: return if case .bool(true) = value { true } else { false }
    case .isFalse: return if case .bool(false) = value { true } else { false }
    }
  }
}
