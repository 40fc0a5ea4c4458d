/// What stands behind the colon in `"{:…}"`: Python's format specification mini-language.
struct FormatSpecification {
  private var fill: Unicode.Scalar = " "
  private var align: Unicode.Scalar?
  private var sign: Unicode.Scalar = "-"
  private var isAlternate = false
  private var hasZero = false
  private var width = 0
  private var grouping: Unicode.Scalar?
  private var precision: Int?
  private var type: Unicode.Scalar?

  init(_ text: String, of typeName: String) throws(Failure) {
    let scalars = Array(text.unicodeScalars)
    var at = 0
    func peek(_ offset: Int = 0) -> Unicode.Scalar? { at + offset < scalars.count ? scalars[at + offset] : nil }
    let aligns: Set<Unicode.Scalar> = ["<", ">", "=", "^"]
    if let next = peek(1), aligns.contains(next) {
      fill = scalars[at]
      align = next
      at += 2
    } else if let next = peek(), aligns.contains(next) {
      align = next
      at += 1
    }
    if let next = peek(), next == "+" || next == "-" || next == " " {
      sign = next
      at += 1
    }
    if peek() == "z" { at += 1 }
    if peek() == "#" {
      isAlternate = true
      at += 1
    }
    if peek() == "0" {
      hasZero = true
      if align == nil {
        fill = "0"
        align = "="
      }
      at += 1
    }
    func number() throws(Failure) -> Int? {
      var value: Int?
      while let digit = peek()?.decimalValue {
        value = (value ?? 0) * 10 + digit
        at += 1
        if let value, value > 1 << 31 { throw Failure(.value, "Too many decimal digits in format string") }
      }
      return value
    }
    width = try number() ?? 0
    if let next = peek(), next == "," || next == "_" {
      grouping = next
      at += 1
    }
    if peek() == "." {
      at += 1
      guard let value = try number() else { throw Failure(.value, "Format specifier missing precision") }
      precision = value
    }
    if let next = peek() {
      type = next
      at += 1
    }
    guard at == scalars.count else {
      throw Failure(.value, "Invalid format specifier '\(text)' for object of type '\(typeName)'")
    }
  }

  private func unknown(_ typeName: String) -> Failure {
    Failure(.value, "Unknown format code '\(type.map(String.init) ?? "")' for object of type '\(typeName)'")
  }

  private func padded(
    _ sign: String, _ body: String, _ standard: Unicode.Scalar, _ machine: inout Machine
  ) throws(Failure) -> String {
    let missing = width - sign.codePointCount - body.codePointCount
    guard missing > 0 else { return sign + body }
    try machine.build(bytes: missing)
    let fill = String(fill)
    switch align ?? standard {
    case "<": return sign + body + String(repeating: fill, count: missing)
    case ">": return String(repeating: fill, count: missing) + sign + body
    case "=": return sign + String(repeating: fill, count: missing) + body
    default:
      return String(repeating: fill, count: missing / 2) + sign + body
        + String(repeating: fill, count: missing - missing / 2)
    }
  }

  // MARK: strings

  func format(text: String, _ machine: inout Machine) throws(Failure) -> String {
    guard type == nil || type == "s" else { throw unknown("str") }
    guard sign == "-" else { throw Failure(.value, "Sign not allowed in string format specifier") }
    guard !isAlternate else { throw Failure(.value, "Alternate form (#) not allowed in string format specifier") }
    guard grouping == nil else { throw Failure(.value, "Cannot specify '\(grouping ?? ",")' with 's'.") }
    guard align != "=" || hasZero else {
      throw Failure(.value, "'=' alignment not allowed in string format specifier")
    }
    let cut = precision.map { text.codePoints(0, min($0, text.codePointCount)) } ?? text
    var copy = self
    if copy.align == "=" { copy.align = "<" }
    return try copy.padded("", cut, "<", &machine)
  }

  // MARK: numbers

  private func signText(isNegative: Bool) -> String { isNegative ? "-" : sign == "-" ? "" : String(sign) }

  func format(integer value: BigInt, _ machine: inout Machine) throws(Failure) -> String {
    switch type {
    case "e", "E", "f", "F", "g", "G", "%": return try format(float: value.double, typeName: "int", &machine)
    case "c":
      guard let scalar = value.int.flatMap({ UInt32(exactly: $0) }).flatMap({ Unicode.Scalar($0) }) else {
        throw Failure(.overflow, "%c arg not in range(0x110000)")
      }
      return try padded("", String(scalar), "<", &machine)
    default: break
    }
    guard precision == nil else { throw Failure(.value, "Precision not allowed in integer format specifier") }
    var digits: String
    var prefix = ""
    var group = 3
    switch type {
    case nil, "d", "n": digits = try value.magnitude.decimal()
    case "b":
      (digits, prefix, group) = (value.digits(base: 2), "0b", 4)
    case "o": (digits, prefix, group) = (value.digits(base: 8), "0o", 4)
    case "x": (digits, prefix, group) = (value.digits(base: 16), "0x", 4)
    case "X": (digits, prefix, group) = (LetterCase.upper(value.digits(base: 16)), "0X", 4)
    default: throw unknown("int")
    }
    if let grouping {
      guard grouping == "_" || group == 3 else {
        throw Failure(.value, "Cannot specify ',' with '\(type.map(String.init) ?? "")'.")
      }
      digits = zeroGrouped(digits, String(grouping), group, sign: signText(isNegative: value.isNegative))
    }
    return try padded(
      signText(isNegative: value.isNegative) + (isAlternate ? prefix : ""), digits, ">", &machine)
  }

  /// With zeros to fill up, separators stand between those, too.
  private func zeroGrouped(_ digits: String, _ separator: String, _ size: Int, sign: String, rest: Int = 0) -> String {
    var digits = digits
    var grouped = NumberText.grouped(digits, by: separator, size: size)
    while hasZero, fill == "0", grouped.utf8.count + sign.utf8.count + rest < min(width, 4096) {
      digits = "0" + digits
      grouped = NumberText.grouped(digits, by: separator, size: size)
    }
    return grouped
  }

  func format(float value: Double, typeName: String = "float", _ machine: inout Machine) throws(Failure) -> String {
    let sign = signText(isNegative: value.sign == .minus && !value.isNaN)
    let magnitude = value.magnitude
    let isUpper = type == "E" || type == "F" || type == "G"
    guard let kind = type ?? "r" as Unicode.Scalar?, "eEfFgGn%r".unicodeScalars.contains(kind) else {
      throw unknown(typeName)
    }
    var body: String
    if !value.isFinite {
      body = (value.isNaN ? "nan" : "inf") + (kind == "%" ? "%" : "")
    } else {
      switch kind {
      case "e", "E":
        body = NumberText.float(magnitude, kind: "e", precision: precision ?? 6, alternate: isAlternate)
      case "f", "F":
        body = NumberText.float(magnitude, kind: "f", precision: precision ?? 6, alternate: isAlternate)
      case "%":
        body =
          NumberText.float(magnitude * 100, kind: "f", precision: precision ?? 6, alternate: isAlternate) + "%"
      case "g", "G", "n":
        body = NumberText.float(magnitude, kind: "g", precision: max(precision ?? 6, 1), alternate: isAlternate)
      default: body = Self.plain(magnitude, precision)
      }
    }
    if isUpper { body = LetterCase.upper(body) }
    if let grouping {
      let whole = body.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      let rest = body.bytes(whole, body.utf8.count)
      body =
        zeroGrouped(
          body.bytes(0, whole), String(grouping), 3, sign: sign, rest: rest.utf8.count) + rest
    }
    return try padded(sign, body, ">", &machine)
  }

  /// Without a type: `repr`, or so many digits with at least one behind the point.
  private static func plain(_ value: Double, _ precision: Int?) -> String {
    guard let precision else { return PythonRepr.float(value) }
    let digits = max(precision, 1)
    let scientific = NumberText.float(value, kind: "e", precision: digits - 1)
    let exponent = scientific.offset(of: "e").flatMap { Int(scientific.bytes($0 + 1, scientific.utf8.count)) } ?? 0
    // Unlike `g`, the point itself takes one of the digits away from numbers without a fraction.
    let text = NumberText.float(value, kind: "g", precision: digits)
    if text.utf8.contains(UInt8(ascii: "e")) || text.utf8.contains(UInt8(ascii: ".")) { return text }
    if exponent >= digits - 1 {
      let short = NumberText.float(value, kind: "e", precision: digits - 1)
      guard let mark = short.offset(of: "e") else { return short }
      var mantissa = short.bytes(0, mark)
      while mantissa.contains("."), mantissa.hasSuffix("0") || mantissa.hasSuffix(".") {
        let isPoint = mantissa.hasSuffix(".")
        mantissa.removeLast()
        if isPoint { break }
      }
      return mantissa + short.bytes(mark, short.utf8.count)
    }
    return text + ".0"
  }
}

extension Value {
  /// `format(value, specification)`.
  func formatted(_ specification: String, _ machine: inout Machine) throws(Failure) -> String {
    switch self {
    case .string(let text), .markup(let text):
      if specification.utf8.isEmpty { return text }
      return try FormatSpecification(specification, of: typeName).format(text: text, &machine)
    case .int, .big, .bool:
      if specification.utf8.isEmpty { return try string(&machine) }
      let format = try FormatSpecification(specification, of: typeName)
      return try format.format(integer: integerOperand ?? BigInt(0), &machine)
    case .float(let value):
      if specification.utf8.isEmpty { return PythonRepr.float(value) }
      return try FormatSpecification(specification, of: typeName).format(float: value, &machine)
    default:
      guard specification.utf8.isEmpty else {
        throw Failure(.type, "unsupported format string passed to \(typeName).__format__")
      }
      return try string(&machine)
    }
  }
}
