/// What stands between the parentheses of a call, evaluated.
struct Arguments {
  var positional: ContiguousArray<Value> = []
  var named: ContiguousArray<(name: String, value: Value)> = []

  static let none = Arguments()

  var isEmpty: Bool { positional.isEmpty && named.isEmpty }

  /// Takes a named argument out.
  mutating func remove(named name: String) -> Value? {
    guard let position = named.firstIndex(where: { $0.name == name }) else { return nil }
    return named.remove(at: position).value
  }

  /// Refuses named arguments, as most of Python's built-in methods do.
  func refuseNamed(_ function: String) throws(Failure) {
    guard named.isEmpty else { throw Failure(.type, "\(function)() takes no keyword arguments") }
  }
}

/// The arguments of one call, put to a function's parameters as Python does.
struct BoundArguments {
  private let values: ContiguousArray<Value?>

  /// Binds to parameters that positions and names reach alike.
  /// - Parameter required: how many of the parameters have no default.
  init(_ arguments: Arguments, to names: [String], required: Int = 0, of function: String) throws(Failure) {
    var values = ContiguousArray<Value?>(repeating: nil, count: names.count)
    guard arguments.positional.count <= names.count else {
      throw Failure(
        .type,
        "\(function)() takes at most \(names.count) arguments (\(arguments.positional.count) given)")
    }
    for (position, value) in arguments.positional.enumerated() { values[position] = value }
    for (name, value) in arguments.named {
      guard let position = names.firstIndex(of: name) else {
        throw Failure(.type, "\(function)() got an unexpected keyword argument '\(name)'")
      }
      guard values[position] == nil else {
        throw Failure(.type, "\(function)() got multiple values for argument '\(name)'")
      }
      values[position] = value
    }
    for position in 0..<required where values[position] == nil {
      throw Failure(.type, "\(function)() missing 1 required positional argument: '\(names[position])'")
    }
    self.values = values
  }

  subscript(position: Int) -> Value? { values[position] }

  /// The argument, or a default where it was left out.
  func value(_ position: Int, _ fallback: Value) -> Value { values[position] ?? fallback }

  /// The argument where it is there and not `None`.
  func some(_ position: Int) -> Value? {
    guard let value = values[position], !value.isNone else { return nil }
    return value
  }

  func isTrue(_ position: Int, _ machine: inout Machine) throws(Failure) -> Bool {
    try isTrue(position, false, &machine)
  }

  func isTrue(_ position: Int, _ fallback: Bool, _ machine: inout Machine) throws(Failure) -> Bool {
    guard let value = values[position] else { return fallback }
    return try value.isTrue(&machine)
  }

  /// An integer argument.
  func integer(_ position: Int, _ fallback: Int) throws(Failure) -> Int {
    guard let value = values[position] else { return fallback }
    return try value.index()
  }
}
