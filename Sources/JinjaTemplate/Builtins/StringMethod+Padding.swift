/// The methods of `str` that fill up, and `translate`.
extension StringMethod {
  func pad(
    _ text: String, _ isMarkup: Bool, _ arguments: ContiguousArray<Value>, _ machine: inout Machine
  ) throws(Failure) -> Value {
    if self == .expandtabs {
      let width = try arguments.first?.index() ?? 8
      return Self.wrap(try Self.expandingTabs(text, width, &machine), isMarkup)
    }
    guard let first = arguments.first, arguments.count <= (self == .zfill ? 1 : 2) else {
      throw Failure(.type, "\(rawValue) expected at least 1 argument, got \(arguments.count)")
    }
    let width = try first.index()
    if self == .zfill { return Self.wrap(try Self.zeroFilled(text, width, &machine), isMarkup) }
    var fill = " "
    if arguments.count > 1 {
      guard let text = arguments[1].text else {
        throw Failure(.type, "The fill character must be a unicode character, not \(arguments[1].typeName)")
      }
      fill = isMarkup && !arguments[1].isMarkup ? HTMLText.escaped(text) : text
    }
    guard fill.codePointCount == 1 else {
      throw Failure(.type, "The fill character must be exactly one character long")
    }
    return Self.wrap(try padded(text, width, fill, &machine), isMarkup)
  }

  private func padded(
    _ text: String, _ width: Int, _ fill: String, _ machine: inout Machine
  ) throws(Failure) -> String {
    let missing = width - text.codePointCount
    guard missing > 0 else { return text }
    try machine.build(bytes: missing)
    var left = 0
    switch self {
    case .rjust: left = missing
    // Python puts the odd one to the left where the width is odd, too.
    case .center: left = missing / 2 + (missing & width & 1)
    default: break
    }
    return String(repeating: fill, count: left) + text + String(repeating: fill, count: missing - left)
  }

  static func centered(_ text: String, _ width: Int, _ machine: inout Machine) throws(Failure) -> String {
    try center.padded(text, width, " ", &machine)
  }

  private static func zeroFilled(_ text: String, _ width: Int, _ machine: inout Machine) throws(Failure) -> String {
    let missing = width - text.codePointCount
    guard missing > 0 else { return text }
    try machine.build(bytes: missing)
    let zeros = String(repeating: "0", count: missing)
    if text.startsWith("+") || text.startsWith("-") { return text.bytes(0, 1) + zeros + text.bytes(1, text.utf8.count) }
    return zeros + text
  }

  private static func expandingTabs(
    _ text: String, _ width: Int, _ machine: inout Machine
  ) throws(Failure) -> String {
    var result = ""
    var column = 0
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        guard width > 0 else { continue }
        let count = width - column % width
        try machine.build(bytes: count)
        result += String(repeating: " ", count: count)
        column += count
      } else {
        result.unicodeScalars.append(scalar)
        column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
      }
    }
    return result
  }

  func translate(
    _ text: String, _ isMarkup: Bool, _ arguments: ContiguousArray<Value>, _ machine: inout Machine
  ) throws(Failure) -> Value {
    guard arguments.count == 1, arguments[0].isMapping else {
      throw Failure(.type, "str.translate() takes exactly one argument, a mapping")
    }
    var result = ""
    for scalar in text.unicodeScalars {
      switch arguments[0].member(.int(Int(scalar.value))) {
      case nil: result.unicodeScalars.append(scalar)
      case .some(.none): break
      case .int(let value)?:
        guard let other = UInt32(exactly: value).flatMap({ Unicode.Scalar($0) }) else {
          throw Failure(.value, "character mapping must be in range(0x110000)")
        }
        result.unicodeScalars.append(other)
      case let value?: result += try value.requiredText("character mapping")
      }
    }
    try machine.build(bytes: result.utf8.count)
    return Self.wrap(result, isMarkup)
  }
}
