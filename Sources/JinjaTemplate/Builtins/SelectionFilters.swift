/// The filters that pick: attributes, defaults, elements that pass a test.
enum SelectionFilters {
  static func attribute(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["name"], required: 1, of: "do_attr")
    let name = bound.value(0, .none)
    guard let text = name.text else {
      throw Failure(.type, "attribute name must be string, not '\(name.typeName)'")
    }
    return try value.ownAttribute(text, &machine)
      ?? .undefined(UndefinedValue(attribute: text, of: value.typeDescription))
  }

  static func fallback(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["default_value", "boolean"], of: "do_default")
    if value.isUndefined { return bound.value(0, .emptyString) }
    if try bound.isTrue(1, &machine), try !value.isTrue(&machine) { return bound.value(0, .emptyString) }
    return value
  }

  // MARK: map

  static func map(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    var cursor: Cursor?
    var change: Change?
    return .iterator(
      try IteratorValue(
        of: value,
        stepwise: { (machine) throws(Failure) in
          if cursor == nil {
            guard try value.isTrue(&machine) else { return nil }
            change = try Change(arguments, &machine)
            cursor = try value.cursor(&machine)
          }
          guard let element = try cursor?.next(&machine) else { return nil }
          try machine.step()
          return try change?.apply(element, &machine)
        }))
  }

  /// What `map` does to each element.
  private enum Change {
    case attribute(AttributePath)
    case filter(FilterFunction, Arguments)

    init(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) {
      var rest = arguments
      if rest.positional.isEmpty, let path = rest.remove(named: "attribute") {
        let fallback = rest.remove(named: "default")
        if let extra = rest.named.first {
          throw Failure(.filterArgument, "Unexpected keyword argument \(PythonRepr.quoted(extra.name))")
        }
        self = .attribute(
          try AttributePath(path, fallback: fallback.flatMap { $0.isNone ? nil : $0 }, &machine))
        return
      }
      guard let name = rest.positional.first else {
        throw Failure(.filterArgument, "map requires a filter argument")
      }
      rest.positional.removeFirst()
      guard let filter = name.text.flatMap({ Filters.all[$0] }) else {
        throw Failure(.runtime, "No filter named \(try name.representation(&machine)).")
      }
      self = .filter(filter, rest)
    }

    func apply(_ element: Value, _ machine: inout Machine) throws(Failure) -> Value {
      switch self {
      case .attribute(let path): return try path.value(of: element, &machine)
      case .filter(let filter, let arguments):
        try machine.step(1 + (element.text?.utf8.count ?? 0) >> 6)
        return try filter(element, arguments, &machine)
      }
    }
  }

  // MARK: select, reject

  static func select(
    _ value: Value, _ arguments: Arguments, byAttribute: Bool, keeping wanted: Bool
  ) throws(Failure) -> Value {
    var cursor: Cursor?
    var condition: Condition?
    return .iterator(
      try IteratorValue(
        of: value,
        stepwise: { (machine) throws(Failure) in
          if cursor == nil {
            guard try value.isTrue(&machine) else { return nil }
            condition = try Condition(arguments, byAttribute: byAttribute, &machine)
            cursor = try value.cursor(&machine)
          }
          while let element = try cursor?.next(&machine) {
            try machine.step()
            if try condition?.holds(element, &machine) == wanted { return element }
          }
          return nil
        }))
  }

  /// What `select` asks of each element.
  private struct Condition {
    private var path: AttributePath?
    private var test: TestFunction?
    private let arguments: Arguments

    init(_ arguments: Arguments, byAttribute: Bool, _ machine: inout Machine) throws(Failure) {
      var rest = arguments
      if byAttribute {
        guard let attribute = rest.positional.first else {
          throw Failure(.filterArgument, "Missing parameter for attribute name")
        }
        rest.positional.removeFirst()
        path = try AttributePath(attribute, &machine)
      }
      if let name = rest.positional.first {
        rest.positional.removeFirst()
        guard let found = name.text.flatMap({ Tests.all[$0] }) else {
          throw Failure(.runtime, "No test named \(try name.representation(&machine)).")
        }
        test = found
      }
      self.arguments = rest
    }

    func holds(_ element: Value, _ machine: inout Machine) throws(Failure) -> Bool {
      let subject = if let path { try path.value(of: element, &machine) } else { element }
      guard let test else { return try subject.isTrue(&machine) }
      return try test(subject, arguments, &machine)
    }
  }
}
