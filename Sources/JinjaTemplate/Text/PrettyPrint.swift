/// Values laid out over lines of 80 columns: Python's `pprint.pformat`.
struct PrettyPrint {
  private var text = ""
  private static let width = 80

  static func text(of value: Value, _ machine: inout Machine) throws(Failure) -> String {
    var printer = PrettyPrint()
    try printer.write(value, indent: 0, allowance: 0, level: 0, &machine)
    try machine.build(bytes: printer.text.utf8.count)
    return printer.text
  }

  private mutating func write(
    _ value: Value, indent: Int, allowance: Int, level: Int, _ machine: inout Machine
  ) throws(Failure) {
    try machine.checkStack()
    let flat = try Self.flat(value, &machine)
    guard flat.codePointCount > Self.width - indent - allowance else {
      text += flat
      return
    }
    switch value {
    case .dict, .jsonObject:
      text += "{"
      let items = try Self.sortedItems(value, &machine)
      for (position, item) in items.enumerated() {
        if position > 0 { breakLine(indent + 1) }
        let key = try Self.flat(item.key, &machine)
        text += key + ": "
        try write(
          item.value, indent: indent + 1 + key.codePointCount + 2,
          allowance: position == items.count - 1 ? allowance + 1 : 1, level: level + 1, &machine)
      }
      text += "}"
    case .list, .jsonArray: try write(elements: value, "[", "]", indent, allowance, level, &machine)
    case .tuple(let list):
      try write(elements: value, "(", list.elements.count == 1 ? ",)" : ")", indent, allowance, level, &machine)
    case .string(let string): write(string: string, indent, allowance, level)
    default: text += flat
    }
  }

  private mutating func breakLine(_ indent: Int) { text += ",\n" + String(repeating: " ", count: indent) }

  private mutating func write(
    elements value: Value, _ open: String, _ close: String, _ indent: Int, _ allowance: Int, _ level: Int,
    _ machine: inout Machine
  ) throws(Failure) {
    text += open
    let elements = try value.elements(&machine)
    for (position, element) in elements.enumerated() {
      if position > 0 { breakLine(indent + 1) }
      let isLast = position == elements.count - 1
      try write(
        element, indent: indent + 1, allowance: isLast ? allowance + close.utf8.count : 1, level: level + 1, &machine)
    }
    text += close
  }

  /// Long strings become several literals, one below the other.
  private mutating func write(string: String, _ indent: Int, _ allowance: Int, _ level: Int) {
    let isOutermost = level == 0
    let indent = isOutermost ? indent + 1 : indent
    let allowance = isOutermost ? allowance + 1 : allowance
    let lines = PythonText.lines(string, keepingEnds: true)
    var chunks: [String] = []
    for (number, line) in lines.enumerated() {
      let isLastLine = number == lines.count - 1
      let quoted = PythonRepr.quoted(line)
      if quoted.codePointCount <= Self.width - indent - (isLastLine ? allowance : 0) {
        chunks.append(quoted)
        continue
      }
      let parts = Self.parts(of: line)
      var current = ""
      for (position, part) in parts.enumerated() {
        let candidate = current + part
        let isLast = position == parts.count - 1 && isLastLine
        if PythonRepr.quoted(candidate).codePointCount > Self.width - indent - (isLast ? allowance : 0) {
          if !current.utf8.isEmpty { chunks.append(PythonRepr.quoted(current)) }
          current = part
        } else {
          current = candidate
        }
      }
      if !current.utf8.isEmpty { chunks.append(PythonRepr.quoted(current)) }
    }
    if chunks.count == 1 {
      text += chunks[0]
      return
    }
    let joined = chunks.joined(separator: "\n" + String(repeating: " ", count: indent))
    text += isOutermost ? "(" + joined + ")" : joined
  }

  /// Words, each with the white space behind it.
  private static func parts(of line: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var isSpace = false
    for scalar in line.unicodeScalars {
      if isSpace, !scalar.isPythonSpace {
        parts.append(part)
        part = ""
      }
      part.unicodeScalars.append(scalar)
      isSpace = scalar.isPythonSpace
    }
    if !part.utf8.isEmpty { parts.append(part) }
    return parts
  }

  /// `repr` with the keys of dicts sorted.
  private static func flat(_ value: Value, _ machine: inout Machine) throws(Failure) -> String {
    try machine.checkStack()
    try machine.step()
    switch value {
    case .dict, .jsonObject:
      var parts: [String] = []
      for (key, member) in try sortedItems(value, &machine) {
        parts.append(try flat(key, &machine) + ": " + flat(member, &machine))
      }
      let text = parts.joined(separator: ", ")
      guard text.utf8.count <= machine.limits.stringBytes else { throw machine.tooLong() }
      return "{" + text + "}"
    case .list, .tuple, .jsonArray:
      var parts: [String] = []
      for element in try value.elements(&machine) { parts.append(try flat(element, &machine)) }
      let isTuple = if case .tuple = value { true } else { false }
      let text = parts.joined(separator: ", ")
      guard text.utf8.count <= machine.limits.stringBytes else { throw machine.tooLong() }
      return isTuple ? "(" + text + (parts.count == 1 ? ",)" : ")") : "[" + text + "]"
    default: return try value.representation(&machine)
    }
  }

  private static func sortedItems(
    _ value: Value, _ machine: inout Machine
  ) throws(Failure) -> [(key: Value, value: Value)] {
    let keys = DictView(.keys, of: value).elements
    let positions = ContiguousArray(keys.indices.map { Value.int($0) })
    // Keys that cannot be compared stand by the names of their types.
    var sortKeys = keys
    if !keys.allSatisfy({ $0.text != nil }), !keys.allSatisfy({ $0.numericOrder(to: .int(0)) != nil }) {
      sortKeys = ContiguousArray(keys.map { .string($0.typeName) })
    }
    let values = DictView(.values, of: value).elements
    return try Sorting.sorted(positions, by: sortKeys, isReversed: false, &machine).compactMap { position in
      if case .int(let position) = position { (keys[position], values[position]) } else { nil }
    }
  }
}
