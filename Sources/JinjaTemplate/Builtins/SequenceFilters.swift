import OrderedJSON

/// The filters that work on whatever has elements.
enum SequenceFilters {
  static func length(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "len")
    return .int(try value.length(&machine))
  }

  static func list(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_list")
    return try .list(value.elements(&machine))
  }

  static func first(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_first")
    switch value {
    case .string(let text), .markup(let text):
      if !text.utf8.isEmpty { return .string(text.codePoints(0, 1)) }
    default:
      var cursor = try value.cursor(&machine)
      if let element = try cursor.next(&machine) { return element }
    }
    return .undefined(UndefinedValue(hint: "No first item, sequence was empty."))
  }

  static func last(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_last")
    if let text = value.text, !text.utf8.isEmpty {
      let count = text.codePointCount
      return StringMethod.wrap(text.codePoints(count - 1, count), value.isMarkup)
    }
    let elements = try reversible(value, &machine)
    return elements.last ?? .undefined(UndefinedValue(hint: "No last item, sequence was empty."))
  }

  /// The elements of what Python's `reversed` takes.
  private static func reversible(_ value: Value, _ machine: inout Machine) throws(Failure) -> ContiguousArray<Value> {
    switch value {
    case .string, .markup, .list, .tuple, .dict, .jsonArray, .jsonObject, .range, .view, .undefined:
      return try value.elements(&machine)
    default: throw Failure(.type, "'\(value.typeName)' object is not reversible")
    }
  }

  static func reverse(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_reverse")
    if let text = value.text {
      var scalars = String.UnicodeScalarView()
      for scalar in text.unicodeScalars.reversed() { scalars.append(scalar) }
      return StringMethod.wrap(String(scalars), value.isMarkup)
    }
    switch value {
    case .iterator, .loop: return try .list(ContiguousArray(value.elements(&machine).reversed()))
    default:
      guard value.isIterable else { throw Failure(.filterArgument, "argument must be iterable") }
      return .iterator(
        IteratorValue(ContiguousArray(try value.elements(&machine).reversed()), typeName: "list_reverseiterator"))
    }
  }

  static func items(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_items")
    return .iterator(
      try IteratorValue(of: value) { (machine) throws(Failure) in
        if value.isUndefined { return [] }
        guard value.isMapping else { throw Failure(.type, "Can only get item pairs from a mapping.") }
        try machine.step(DictView(.items, of: value).count)
        return DictView(.items, of: value).elements
      })
  }

  static func join(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["d", "attribute"], of: "do_join")
    let separator = bound.value(0, .emptyString)
    var elements = try value.elements(&machine)
    if let path = try bound.some(1).map({ (path: Value) throws(Failure) in try AttributePath(path, &machine) }) {
      for position in elements.indices { elements[position] = try path.value(of: elements[position], &machine) }
    }
    let isHTML = machine.autoescape && (separator.isMarkup || elements.contains(where: \.isMarkup))
    var between = try separator.string(&machine)
    if isHTML, !separator.isMarkup { between = HTMLText.escaped(between) }
    var result = ""
    for (position, element) in elements.enumerated() {
      if position > 0 { result += between }
      let part = try element.string(&machine)
      result += isHTML && !element.isMarkup ? HTMLText.escaped(part) : part
      if result.utf8.count > machine.limits.stringBytes { throw machine.tooLong() }
    }
    try machine.build(bytes: result.utf8.count)
    return StringMethod.wrap(result, isHTML)
  }

  static func batch(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["linecount", "fill_with"], required: 1, of: "do_batch")
    let size = bound.value(0, .none)
    let fill = bound.some(1)
    return .iterator(
      try IteratorValue(of: value) { (machine) throws(Failure) in
        var rows: ContiguousArray<Value> = []
        var row: ContiguousArray<Value> = []
        for element in try value.elements(&machine) {
          if Value.int(row.count).equals(size) {
            rows.append(try .list(row))
            row = []
          }
          row.append(element)
        }
        if row.isEmpty { return rows }
        if let fill {
          let missing = try Value.int(row.count).order(to: size) == .before ? try size.index() - row.count : 0
          try machine.build(elements: missing)
          try machine.step(missing)
          for _ in 0..<missing { row.append(fill) }
        }
        rows.append(try .list(row))
        return rows
      })
  }

  static func slice(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["slices", "fill_with"], required: 1, of: "do_slice")
    let wanted = bound.value(0, .none)
    let fill = bound.some(1)
    return .iterator(
      try IteratorValue(of: value) { (machine) throws(Failure) in
        let elements = try value.elements(&machine)
        let slices = try wanted.index()
        guard slices != 0 else { throw Failure(.zeroDivision, "integer division or modulo by zero") }
        guard slices > 0 else { return [] }
        try machine.step(slices)
        try machine.build(elements: slices)
        let (size, extra) = elements.count.quotientAndRemainder(dividingBy: slices)
        var rows: ContiguousArray<Value> = []
        var start = 0
        for number in 0..<slices {
          let end = start + size + (number < extra ? 1 : 0)
          var row = ContiguousArray(elements[start..<end])
          if let fill, number >= extra { row.append(fill) }
          rows.append(try .list(row))
          start = end
        }
        return rows
      })
  }

  /// What a template makes must not depend on chance: only what leaves no choice is given.
  static func random(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_random")
    let elements = try reversible(value, &machine)
    guard let first = elements.first else {
      return .undefined(UndefinedValue(hint: "No random item, sequence was empty."))
    }
    guard elements.allSatisfy({ $0.equals(first) }) else {
      throw Failure(.runtime, "random is not supported: what a template makes must not depend on chance")
    }
    return first
  }
}
