/// A test: what stands before `is`, the arguments, and the rendering.
typealias TestFunction = @Sendable (Value, Arguments, inout Machine) throws(Failure) -> Bool

/// Jinja's tests by name.
enum Tests {
  static let all: [String: TestFunction] = {
    var tests = kinds
    tests.merge(numbers) { $1 }
    for (names, operation) in comparisons {
      for name in names { tests[name] = comparison(operation, name) }
    }
    return tests
  }()

  private static func comparison(_ operation: ComparisonOperator, _ name: String) -> TestFunction {
    { (value: Value, arguments: Arguments, machine: inout Machine) throws(Failure) -> Bool in
      let other = try BoundArguments(arguments, to: ["other"], required: 1, of: name).value(0, .none)
      return try value.compares(operation, other, &machine)
    }
  }

  private static let comparisons: [([String], ComparisonOperator)] = [
    (["==", "eq", "equalto"], .equal), (["!=", "ne"], .notEqual), ([">", "gt", "greaterthan"], .greater),
    ([">=", "ge"], .greaterOrEqual), (["<", "lt", "lessthan"], .less), (["<=", "le"], .lessOrEqual), (["in"], .isIn),
  ]

  /// A test without arguments.
  private static func plain(
    _ test: @escaping @Sendable (Value, inout Machine) throws(Failure) -> Bool
  ) -> TestFunction {
    { (value, arguments, machine) throws(Failure) in
      _ = try BoundArguments(arguments, to: [], of: "test")
      return try test(value, &machine)
    }
  }

  private static let kinds: [String: TestFunction] = [
    "defined": plain { (value, _) throws(Failure) in !value.isUndefined },
    "undefined": plain { (value, _) throws(Failure) in value.isUndefined },
    "none": plain { (value, _) throws(Failure) in value.isNone },
    "boolean": plain { (value, _) throws(Failure) in if case .bool = value { true } else { false } },
    "true": plain { (value, _) throws(Failure) in if case .bool(true) = value { true } else { false } },
    "false": plain { (value, _) throws(Failure) in if case .bool(false) = value { true } else { false } },
    "integer": plain { (value, _) throws(Failure) in
      switch value {
      case .int, .big: true
      default: false
      }
    },
    "float": plain { (value, _) throws(Failure) in if case .float = value { true } else { false } },
    "number": plain { (value, _) throws(Failure) in
      switch value {
      case .int, .big, .float, .bool: true
      default: false
      }
    },
    "string": plain { (value, _) throws(Failure) in value.text != nil },
    "mapping": plain { (value, _) throws(Failure) in value.isMapping },
    "sequence": plain { (value, _) throws(Failure) in value.isSequence },
    "iterable": plain { (value, _) throws(Failure) in value.isIterable },
    "callable": plain { (value, _) throws(Failure) in value.isCallable },
    "escaped": plain { (value, _) throws(Failure) in value.isMarkup },
    "lower": plain { (value, machine) throws(Failure) in LetterCase.isLower(try value.string(&machine)) },
    "upper": plain { (value, machine) throws(Failure) in LetterCase.isUpper(try value.string(&machine)) },
    "filter": plain { (value, _) throws(Failure) in try isKnown(value) { Filters.all[$0] != nil } },
    "test": plain { (value, _) throws(Failure) in try isKnown(value) { Tests.all[$0] != nil } },
    "sameas": { (value, arguments, _) throws(Failure) in
      let other = try BoundArguments(arguments, to: ["other"], required: 1, of: "sameas").value(0, .none)
      return value.isSame(as: other)
    },
  ]

  private static func isKnown(_ value: Value, _ isKnown: (String) -> Bool) throws(Failure) -> Bool {
    try value.checkHashable()
    return value.text.map(isKnown) ?? false
  }

  private static let numbers: [String: TestFunction] = [
    "odd": plain { (value, machine) throws(Failure) in
      try Value.compute(.remainder, value, .int(2), &machine).equals(.int(1))
    },
    "even": plain { (value, machine) throws(Failure) in
      try Value.compute(.remainder, value, .int(2), &machine).equals(.int(0))
    },
    "divisibleby": { (value, arguments, machine) throws(Failure) in
      let divisor = try BoundArguments(arguments, to: ["num"], required: 1, of: "divisibleby").value(0, .none)
      return try Value.compute(.remainder, value, divisor, &machine).equals(.int(0))
    },
  ]
}
