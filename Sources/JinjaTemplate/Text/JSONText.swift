import OrderedJSON

/// Writes values as `transformers` lets templates write JSON: Python's `json.dumps` with its options.
struct JSONText: Sendable {
  private var ensuresASCII = false
  private var sortsKeys = false
  /// What a level is indented by, where each element has its own line.
  private var indent: String?
  private var itemSeparator = ", "
  private var keySeparator = ": "
  /// Whether both separators are the usual ones.
  private var isPlain = true

  static let plain = JSONText()

  private init() {}

  /// Reads the arguments of `tojson`.
  init(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) {
    let bound = try BoundArguments(
      arguments, to: ["ensure_ascii", "indent", "separators", "sort_keys"], of: "tojson")
    ensuresASCII = try bound.isTrue(0, &machine)
    sortsKeys = try bound.isTrue(3, &machine)
    isPlain = bound.some(1) == nil && bound.some(2) == nil
    if let indent = bound.some(1) {
      if let text = indent.text {
        self.indent = text
      } else {
        let width = max(0, try indent.index())
        try machine.build(bytes: width)
        self.indent = String(repeating: " ", count: width)
      }
      itemSeparator = ","
    }
    if let separators = bound.some(2) {
      guard separators.isIterable else {
        throw Failure(.type, "cannot unpack non-iterable \(separators.typeName) object")
      }
      let parts = try separators.elements(&machine)
      guard parts.count == 2 else { throw Failure(.value, "expected 2 separators, got \(parts.count)") }
      itemSeparator = try parts[0].requiredText("item separator")
      keySeparator = try parts[1].requiredText("key separator")
    }
  }

  /// Writes a value to the output.
  func write(_ value: Value, _ machine: inout Machine) throws(Failure) { try write(value, 0, &machine) }

  private func write(_ value: Value, _ level: Int, _ machine: inout Machine) throws(Failure) {
    switch value {
    case .string(let text), .markup(let text): write(text, &machine)
    case .none: machine.output.append("null" as StaticString)
    case .bool(true): machine.output.append("true" as StaticString)
    case .bool(false): machine.output.append("false" as StaticString)
    case .int(let number): machine.output.append(integer: number)
    case .big(let number): machine.output.append(try number.decimal())
    case .float(let number): machine.output.append(Self.text(of: number))
    case .jsonObject(let object) where !sortsKeys: try write(object, level, &machine)
    case .jsonArray(let array): try write(array, level, &machine)
    case .list(let list), .tuple(let list):
      try machine.checkStack()
      guard !list.elements.isEmpty else { return machine.output.append("[]" as StaticString) }
      machine.output.append(UInt8(ascii: "["))
      for (position, element) in list.elements.enumerated() {
        try machine.step()
        if position > 0 { separate(&machine) }
        breakLine(level + 1, &machine)
        try write(element, level + 1, &machine)
      }
      close("]", level, &machine)
    case .dict, .jsonObject: try write(mapping: value, level, &machine)
    default: throw Failure(.type, "Object of type \(value.typeName) is not JSON serializable")
    }
  }

  // MARK: what comes from the context

  private func write(json: JSONValue, _ level: Int, _ machine: inout Machine) throws(Failure) {
    switch json {
    case .string(let text): write(text, &machine)
    case .object(let object):
      if sortsKeys {
        try write(mapping: .jsonObject(object), level, &machine)
      } else {
        try write(object, level, &machine)
      }
    case .array(let array): try write(array, level, &machine)
    case .integer(let number): machine.output.append(integer: number)
    case .null, .bool, .bigInteger, .double: try write(Value(json), level, &machine)
    }
  }

  private func write(_ array: [JSONValue], _ level: Int, _ machine: inout Machine) throws(Failure) {
    try machine.checkStack()
    try machine.step(array.count)
    guard !array.isEmpty else { return machine.output.append("[]" as StaticString) }
    machine.output.append(UInt8(ascii: "["))
    for position in array.indices {
      if position > 0 { separate(&machine) }
      if indent != nil { breakLine(level + 1, &machine) }
      try write(json: array[position], level + 1, &machine)
    }
    close("]", level, &machine)
  }

  private func write(_ object: JSONObject, _ level: Int, _ machine: inout Machine) throws(Failure) {
    try machine.checkStack()
    try machine.step(object.count)
    guard !object.isEmpty else { return machine.output.append("{}" as StaticString) }
    machine.output.append(UInt8(ascii: "{"))
    var isFirst = true
    for (key, member) in object {
      if !isFirst { separate(&machine) }
      isFirst = false
      if indent != nil { breakLine(level + 1, &machine) }
      write(key, &machine)
      separateKey(&machine)
      try write(json: member, level + 1, &machine)
    }
    close("}", level, &machine)
  }

  // MARK: what the template built

  private func write(mapping: Value, _ level: Int, _ machine: inout Machine) throws(Failure) {
    try machine.checkStack()
    let keys = DictView(.keys, of: mapping).elements
    guard !keys.isEmpty else { return machine.output.append("{}" as StaticString) }
    let values = DictView(.values, of: mapping).elements
    var order = ContiguousArray(keys.indices.map { Value.int($0) })
    if sortsKeys { order = try Sorting.sorted(order, by: keys, isReversed: false, &machine) }
    machine.output.append(UInt8(ascii: "{"))
    for (position, place) in order.enumerated() {
      guard case .int(let place) = place else { continue }
      try machine.step()
      if position > 0 { separate(&machine) }
      breakLine(level + 1, &machine)
      write(try Self.key(keys[place]), &machine)
      separateKey(&machine)
      try write(values[place], level + 1, &machine)
    }
    close("}", level, &machine)
  }

  @inline(__always)
  private func separate(_ machine: inout Machine) {
    if isPlain { machine.output.append(", " as StaticString) } else { machine.output.append(itemSeparator) }
  }

  @inline(__always)
  private func separateKey(_ machine: inout Machine) {
    if isPlain { machine.output.append(": " as StaticString) } else { machine.output.append(keySeparator) }
  }

  private func close(_ bracket: StaticString, _ level: Int, _ machine: inout Machine) {
    if indent != nil { breakLine(level, &machine) }
    machine.output.append(bracket)
  }

  private func breakLine(_ level: Int, _ machine: inout Machine) {
    guard let indent else { return }
    machine.output.append(UInt8(ascii: "\n"))
    for _ in 0..<level { machine.output.append(indent) }
  }

  private static func text(of number: Double) -> String {
    if number.isFinite { return PythonRepr.float(number) }
    return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
  }

  private static func key(_ key: Value) throws(Failure) -> String {
    switch key {
    case .string(let text), .markup(let text): return text
    case .none: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .big(let number): return try number.decimal()
    case .float(let number): return text(of: number)
    default: throw Failure(.type, "keys must be str, int, float, bool or None, not \(key.typeName)")
    }
  }

  // MARK: strings

  private func write(_ text: String, _ machine: inout Machine) {
    machine.output.append(UInt8(ascii: "\""))
    text.withBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var at = 0
      while true {
        let length = plainLength(base + at, bytes.count - at)
        machine.output.append(base + at, length)
        at += length
        guard at < bytes.count else { break }
        if bytes[at] >= 0x80 {
          let (scalar, length) = Self.scalar(bytes, at)
          for unit in String(scalar).utf16 { Self.writeEscape(unit, &machine) }
          at += length
        } else {
          Self.write(special: bytes[at], &machine)
          at += 1
        }
      }
    }
    machine.output.append(UInt8(ascii: "\""))
  }

  /// How many bytes from a place on stand for themselves; looks at eight at a time.
  @inline(__always)
  private func plainLength(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let bytes = UnsafeRawPointer(start)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var at = 0
    while at + 8 <= count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      let quotes = word ^ (ones &* 0x22)
      let slashes = word ^ (ones &* 0x5C)
      // The high bit of each byte that is below a space, a quote or a backslash, or, above those, wrongly so.
      var special = (word &- ones &* 0x20) | (quotes &- ones) | (slashes &- ones)
      special &= ~word & highs
      if ensuresASCII { special |= (word | (word &+ ones)) & highs }
      if special != 0 { break }
      at += 8
    }
    while at < count {
      let byte = start[at]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || (ensuresASCII && byte >= 0x7F) { break }
      at += 1
    }
    return at
  }

  private static func write(special byte: UInt8, _ machine: inout Machine) {
    let letter: UInt8
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter = byte
    case UInt8(ascii: "\n"): letter = UInt8(ascii: "n")
    case UInt8(ascii: "\r"): letter = UInt8(ascii: "r")
    case UInt8(ascii: "\t"): letter = UInt8(ascii: "t")
    case 0x08: letter = UInt8(ascii: "b")
    case 0x0C: letter = UInt8(ascii: "f")
    default: return writeEscape(UInt16(byte), &machine)
    }
    machine.output.append(UInt8(ascii: "\\"))
    machine.output.append(letter)
  }

  private static func writeEscape(_ unit: UInt16, _ machine: inout Machine) {
    machine.output.append("\\u" as StaticString)
    machine.output.append(PythonRepr.hexadecimal(UInt32(unit), width: 4))
  }

  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Unicode.Scalar, Int) {
    let end = min(at + 4, bytes.count)
    let scalar = String(decoding: bytes[at..<end], as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    return (scalar, UTF8.width(scalar))
  }
}
