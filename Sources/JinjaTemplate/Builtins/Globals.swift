/// What Jinja has under names that the context leaves free.
enum Globals {
  static let all: [String: Value] = [
    "range": .object(GlobalFunction("range", range)),
    "dict": .object(TemplateDict()),
    "namespace": .object(GlobalFunction("TemplateNamespace", namespace)),
    "cycler": .object(GlobalFunction("Cycler") { (arguments, _) throws(Failure) in try Cycler.make(arguments) }),
    "joiner": .object(GlobalFunction("Joiner") { (arguments, _) throws(Failure) in try Joiner.make(arguments) }),
    "lipsum": .object(
      GlobalFunction("generate_lorem_ipsum") { (_, _) throws(Failure) in
        throw Failure(.runtime, "lipsum() is not supported: what a template makes must not depend on chance")
      }),
    "raise_exception": .object(GlobalFunction("raise_exception", raise)),
    "strftime_now": .object(GlobalFunction("strftime_now", now)),
  ]

  private static func range(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    try arguments.refuseNamed("range")
    let values = arguments.positional
    guard !values.isEmpty else { throw Failure(.type, "range expected at least 1 argument, got 0") }
    guard values.count <= 3 else {
      throw Failure(.type, "range expected at most 3 arguments, got \(values.count)")
    }
    let start = values.count > 1 ? try values[0].index() : 0
    let stop = try values[values.count > 1 ? 1 : 0].index()
    let step = values.count > 2 ? try values[2].index() : 1
    guard step != 0 else { throw Failure(.value, "range() arg 3 must not be zero") }
    let range = RangeValue(start: start, stop: stop, step: step)
    guard range.count <= RenderLimits.longestRange else {
      throw Failure(
        .overflow,
        "Range too big. The sandbox blocks ranges larger than MAX_RANGE (\(RenderLimits.longestRange)).")
    }
    return .range(range)
  }

  private static func namespace(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let namespace = NamespaceValue()
    machine.own(namespace)
    let dict = try TemplateDict.make(arguments, &machine)
    try machine.build(bytes: 64)
    for position in dict.keys.indices {
      guard let name = dict.keys[position].text else { continue }
      try namespace.set(name, dict.values[position])
    }
    return .namespace(namespace)
  }

  private static func raise(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["message"], required: 1, of: "raise_exception")
    throw Failure(.raised, try bound.value(0, .none).string(&machine))
  }

  private static func now(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["format"], required: 1, of: "strftime_now")
    guard let format = bound.value(0, .none).text else {
      throw Failure(.type, "strftime() argument 1 must be str, not \(bound.value(0, .none).typeName)")
    }
    let text = machine.clock.read().formatted(format)
    try machine.build(bytes: text.utf8.count)
    return .string(text)
  }
}

/// A function that Jinja brings along.
final class GlobalFunction: RuntimeObject {
  typealias Implementation = @Sendable (Arguments, inout Machine) throws(Failure) -> Value

  private let name: String
  private let implementation: Implementation
  var typeName: String { "function" }
  var representation: String { "<function \(name)>" }
  var isCallable: Bool { true }

  init(_ name: String, _ implementation: @escaping Implementation) {
    self.name = name
    self.implementation = implementation
  }

  func call(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    try implementation(arguments, &machine)
  }
}

/// `dict`, as `transformers` lets templates have it.
final class TemplateDict: RuntimeObject, MethodOwner {
  var typeName: String { "TemplateDict" }
  var isCallable: Bool { true }

  func call(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    .dict(try Self.make(arguments, &machine))
  }

  func attribute(_ name: String, _ machine: inout Machine) throws(Failure) -> Value? {
    name == "fromkeys" ? .method(try BoundMethod(.object(self), name)) : nil
  }

  func callMethod(_ name: String, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    try Self.fromKeys(arguments, &machine)
  }

  static func make(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> ValueDict {
    let dict = ValueDict()
    guard arguments.positional.count <= 1 else {
      throw Failure(.type, "dict expected at most 1 argument, got \(arguments.positional.count)")
    }
    if let source = arguments.positional.first {
      if source.isMapping {
        let keys = DictView(.keys, of: source)
        let values = DictView(.values, of: source)
        try machine.step(keys.count)
        for position in 0..<keys.count { try dict.set(keys[position], values[position]) }
      } else {
        for (position, pair) in try source.elements(&machine).enumerated() {
          guard pair.isIterable else {
            throw Failure(
              .type, "cannot convert dictionary update sequence element #\(position) to a sequence")
          }
          let parts = try pair.elements(&machine)
          guard parts.count == 2 else {
            throw Failure(
              .value,
              "dictionary update sequence element #\(position) has length \(parts.count); 2 is required")
          }
          try dict.set(parts[0], parts[1])
        }
      }
    }
    for (name, value) in arguments.named { try dict.set(.string(name), value) }
    try machine.build(elements: dict.keys.count * 2)
    return dict
  }

  static func fromKeys(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    try arguments.refuseNamed("dict.fromkeys")
    guard let keys = arguments.positional.first, arguments.positional.count <= 2 else {
      throw Failure(.type, "fromkeys expected at least 1 argument, got \(arguments.positional.count)")
    }
    let value = arguments.positional.count > 1 ? arguments.positional[1] : Value.none
    let dict = ValueDict()
    for key in try keys.elements(&machine) { try dict.set(key, value) }
    return .dict(dict)
  }
}

/// `cycler(…)`.
final class Cycler: RuntimeObject, MethodOwner, @unchecked Sendable {
  private let items: ContiguousArray<Value>
  private var position = 0
  var typeName: String { "Cycler" }
  var module: String { "jinja2.utils" }

  private init(_ items: ContiguousArray<Value>) { self.items = items }

  static func make(_ arguments: Arguments) throws(Failure) -> Value {
    try arguments.refuseNamed("cycler")
    guard !arguments.positional.isEmpty else { throw Failure(.runtime, "at least one item has to be provided") }
    return .object(Cycler(arguments.positional))
  }

  func attribute(_ name: String, _ machine: inout Machine) throws(Failure) -> Value? {
    switch name {
    case "current": return items[position]
    case "pos": return .int(position)
    case "items": return try .tuple(items)
    case "next", "reset": return .method(try BoundMethod(.object(self), name))
    default: return nil
    }
  }

  func callMethod(_ name: String, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    guard arguments.isEmpty else { throw Failure(.type, "Cycler.\(name)() takes 1 positional argument") }
    if name == "reset" {
      position = 0
      return .none
    }
    let item = items[position]
    position = (position + 1) % items.count
    return item
  }
}

/// `joiner(…)`: nothing at its first call, the separator from then on.
final class Joiner: RuntimeObject, @unchecked Sendable {
  private let separator: Value
  private var isUsed = false
  var typeName: String { "Joiner" }
  var module: String { "jinja2.utils" }
  var isCallable: Bool { true }

  private init(_ separator: Value) { self.separator = separator }

  static func make(_ arguments: Arguments) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["sep"], of: "joiner")
    return .object(Joiner(bound.value(0, .string(", "))))
  }

  func attribute(_ name: String, _ machine: inout Machine) throws(Failure) -> Value? {
    switch name {
    case "sep": separator
    case "used": .bool(isUsed)
    default: nil
    }
  }

  func call(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    guard arguments.isEmpty else { throw Failure(.type, "Joiner.__call__() takes 1 positional argument") }
    defer { isUsed = true }
    return isUsed ? separator : .emptyString
  }
}
