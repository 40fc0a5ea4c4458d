/// The methods of Python's types.
enum Methods {
  static let changingDictNames: Set<String> = ["clear", "pop", "popitem", "setdefault", "update"]
  static let dictNames: Set<String> = changingDictNames.union(["copy", "fromkeys", "get", "items", "keys", "values"])
  static let changingListNames: Set<String> = [
    "append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove",
  ]
  static let listNames: Set<String> = ["copy", "count", "index"]
  static let markupNames: Set<String> = ["unescape", "striptags", "escape"]

  /// What every Python object has and no template may see.
  static let internalNames: Set<String> = [
    "__class__", "__doc__", "__dict__", "__module__", "__init__", "__new__", "__repr__", "__str__", "__hash__",
    "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__getattribute__", "__setattr__", "__delattr__",
    "__dir__", "__format__", "__reduce__", "__reduce_ex__", "__sizeof__", "__subclasshook__", "__init_subclass__",
    "__call__", "__globals__", "__code__", "__func__", "__self__", "__mro__", "__bases__", "__base__",
    "__subclasses__", "__builtins__", "__len__", "__iter__", "__getitem__", "__contains__", "__add__", "__mul__",
  ]

  /// Those of them that only functions and types have.
  static let typeNames: Set<String> = [
    "__dict__", "__globals__", "__code__", "__func__", "__self__", "__mro__", "__bases__", "__base__",
    "__subclasses__", "__builtins__", "__contains__",
  ]

  static func call(
    _ name: String, on receiver: Value, _ arguments: Arguments, _ machine: inout Machine
  ) throws(Failure) -> Value {
    switch receiver {
    case .string(let text), .markup(let text):
      if let method = StringMethod(rawValue: name) {
        return try method.call(on: text, isMarkup: receiver.isMarkup, arguments, &machine)
      }
      switch name {
      case "unescape": return .string(HTMLText.unescaped(text))
      case "striptags": return .string(HTMLText.strippedOfTags(text))
      default:
        let argument = arguments.positional.first ?? .emptyString
        return .markup(argument.isMarkup ? text : HTMLText.escaped(try argument.string(&machine)))
      }
    case .dict, .jsonObject: return try dict(name, receiver, arguments, &machine)
    case .list, .jsonArray, .tuple, .range: return try sequence(name, receiver, arguments, &machine)
    case .int, .big, .bool, .float: return try number(name, receiver, arguments)
    case .loop(let loop): return try name == "cycle" ? loop.cycle(arguments) : loop.changed(arguments)
    case .object(let object):
      guard let method = object as? any MethodOwner else { break }
      return try method.callMethod(name, arguments, &machine)
    default: break
    }
    throw Failure(.attribute, "'\(receiver.typeName)' object has no attribute '\(name)'")
  }

  private static func dict(
    _ name: String, _ receiver: Value, _ arguments: Arguments, _ machine: inout Machine
  ) throws(Failure) -> Value {
    try arguments.refuseNamed("dict.\(name)")
    let count = arguments.positional.count
    if let part = DictView.Part(rawValue: name) {
      guard count == 0 else { throw Failure(.type, "dict.\(name)() takes no arguments (\(count) given)") }
      return .view(DictView(part, of: receiver))
    }
    switch name {
    case "get":
      guard count >= 1 else { throw Failure(.type, "get expected at least 1 argument, got 0") }
      guard count <= 2 else { throw Failure(.type, "get expected at most 2 arguments, got \(count)") }
      try arguments.positional[0].checkHashable()
      return receiver.member(arguments.positional[0]) ?? (count == 2 ? arguments.positional[1] : .none)
    case "copy": return receiver
    case "fromkeys": return try TemplateDict.fromKeys(arguments, &machine)
    default: throw Failure(.attribute, "'dict' object has no attribute '\(name)'")
    }
  }

  private static func sequence(
    _ name: String, _ receiver: Value, _ arguments: Arguments, _ machine: inout Machine
  ) throws(Failure) -> Value {
    try arguments.refuseNamed("\(receiver.typeName).\(name)")
    if name == "copy" { return receiver }
    guard let sought = arguments.positional.first else {
      throw Failure(.type, "\(name) expected at least 1 argument, got 0")
    }
    let elements = try receiver.elements(&machine)
    try machine.step(min(receiver.weight, elements.count &* (sought.weight &+ 1)))
    if name == "count" {
      var count = 0
      for element in elements where element.equals(sought) { count += 1 }
      return .int(count)
    }
    var start = 0
    var stop = elements.count
    if arguments.positional.count > 1 { start = try clamp(arguments.positional[1], elements.count) }
    if arguments.positional.count > 2 { stop = try clamp(arguments.positional[2], elements.count) }
    for position in start..<max(start, stop) where elements[position].equals(sought) { return .int(position) }
    let text = try sought.representation(&machine)
    if case .tuple = receiver { throw Failure(.value, "tuple.index(x): x not in tuple") }
    throw Failure(.value, "\(text) is not in \(receiver.typeName)")
  }

  /// A bound as Python's methods take it: from the end where negative, and never out of bounds.
  static func clamp(_ value: Value, _ count: Int) throws(Failure) -> Int {
    let index = try value.index()
    return index < 0 ? max(0, index + count) : min(index, count)
  }

  // MARK: numbers

  private static let numberNames: Set<String> = [
    "bit_length", "conjugate", "is_integer", "as_integer_ratio", "bit_count", "hex",
  ]

  static func numberAttribute(_ name: String, of value: Value) throws(Failure) -> Value? {
    let isFloat = if case .float = value { true } else { false }
    switch name {
    case "real": return try value.signed(negative: false)
    case "imag": return isFloat ? .float(0) : .int(0)
    case "numerator": return isFloat ? nil : try value.signed(negative: false)
    case "denominator": return isFloat ? nil : .int(1)
    case "is_integer", "hex": return isFloat ? .method(try BoundMethod(value, name)) : nil
    case "bit_length", "bit_count": return isFloat ? nil : .method(try BoundMethod(value, name))
    default: return numberNames.contains(name) ? .method(try BoundMethod(value, name)) : nil
    }
  }

  private static func number(_ name: String, _ receiver: Value, _ arguments: Arguments) throws(Failure) -> Value {
    guard arguments.isEmpty else { throw Failure(.type, "\(receiver.typeName).\(name)() takes no arguments") }
    switch name {
    case "conjugate": return try receiver.signed(negative: false)
    case "bit_length": return .int(receiver.integerOperand?.bitCount ?? 0)
    case "bit_count":
      return .int(receiver.integerOperand?.limbs.reduce(0) { $0 + $1.nonzeroBitCount } ?? 0)
    case "is_integer":
      if case .float(let value) = receiver { return .bool(value.isFinite && value.rounded() == value) }
      return .bool(true)
    default: throw Failure(.attribute, "'\(name)' is not supported on \(receiver.typeName)")
    }
  }
}

/// An object whose attributes are methods.
protocol MethodOwner {
  func callMethod(_ name: String, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value
}
