import OrderedJSON

/// Python's `str` and `repr`.
extension Value {
  /// `str(value)`.
  func string(_ machine: inout Machine) throws(Failure) -> String {
    switch self {
    case .string(let text), .markup(let text): return text
    case .undefined: return ""
    case .int(let value): return String(value)
    default: return try representation(&machine)
    }
  }

  /// `repr(value)`.
  func representation(_ machine: inout Machine) throws(Failure) -> String {
    var text = ""
    try write(to: &text, &machine)
    try machine.build(bytes: text.utf8.count)
    return text
  }

  private func write(to text: inout String, _ machine: inout Machine) throws(Failure) {
    switch self {
    case .missing, .undefined: text += "Undefined"
    case .none: text += "None"
    case .bool(let value): text += value ? "True" : "False"
    case .int(let value): text += String(value)
    case .big(let value): text += try value.decimal()
    case .float(let value): text += PythonRepr.float(value)
    case .string(let value): PythonRepr.write(quoted: value, to: &text)
    case .markup(let value):
      text += "Markup("
      PythonRepr.write(quoted: value, to: &text)
      text += ")"
    case .list(let list): try Self.write(list.elements, "[", "]", to: &text, &machine)
    case .tuple(let list):
      try Self.write(list.elements, "(", list.elements.count == 1 ? ",)" : ")", to: &text, &machine)
    case .jsonArray(let array):
      try machine.checkStack()
      text += "["
      for (position, element) in array.enumerated() {
        if position > 0 { text += ", " }
        try Value(element).write(to: &text, &machine)
      }
      text += "]"
    case .dict(let dict):
      try machine.checkStack()
      text += "{"
      for position in dict.keys.indices {
        if position > 0 { text += ", " }
        try dict.keys[position].write(to: &text, &machine)
        text += ": "
        try dict.values[position].write(to: &text, &machine)
      }
      text += "}"
    case .jsonObject(let object):
      try machine.checkStack()
      text += "{"
      for (position, member) in object.enumerated() {
        if position > 0 { text += ", " }
        PythonRepr.write(quoted: member.key, to: &text)
        text += ": "
        try Value(member.value).write(to: &text, &machine)
      }
      text += "}"
    case .range(let range): text += range.representation
    case .iterator(let iterator): text += "<\(iterator.typeName) object>"
    case .view(let view): try Self.write(view.elements, "\(view.typeName)([", "])", to: &text, &machine)
    case .namespace(let namespace):
      try machine.checkStack()
      text += "<Namespace {"
      for (position, member) in namespace.members.enumerated() {
        if position > 0 { text += ", " }
        PythonRepr.write(quoted: member.name, to: &text)
        text += ": "
        try member.value.write(to: &text, &machine)
      }
      text += "}>"
    case .macro(let macro): text += macro.representation
    case .loop(let loop): text += "<LoopContext \(loop.index)/\(try loop.length(&machine))>"
    case .method(let method):
      text += "<built-in method \(method.name) of \(method.receiver.typeName) object>"
    case .object(let object): text += object.representation
    }
    try machine.step()
    guard text.utf8.count <= machine.limits.stringBytes else { throw machine.tooLong() }
  }

  private static func write(
    _ elements: ContiguousArray<Value>, _ open: String, _ close: String, to text: inout String,
    _ machine: inout Machine
  ) throws(Failure) {
    try machine.checkStack()
    text += open
    for (position, element) in elements.enumerated() {
      if position > 0 { text += ", " }
      try element.write(to: &text, &machine)
    }
    text += close
  }
}

extension BigInt {
  /// The decimal digits; Python refuses to write more than 4300.
  func decimal() throws(Failure) -> String {
    // A digit takes 3.32 bits.
    guard Double(bitCount) < Double(RenderLimits.integerDigits) * 3.3220 else {
      throw Failure(.value, "Exceeds the limit (4300 digits) for integer string conversion")
    }
    return (isNegative ? "-" : "") + digits(base: 10)
  }
}

extension Machine {
  func tooLong() -> Failure {
    Failure(.limit, "the template built a value of more than \(limits.stringBytes) bytes")
  }
}
