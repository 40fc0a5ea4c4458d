/// `text % values`: Python's printf-style formatting.
enum PercentFormat {
  private struct Specifier {
    var isLeft = false
    var hasPlus = false
    var hasSpace = false
    var isAlternate = false
    var hasZero = false
    var width = 0
    var precision: Int?
  }

  static func format(
    _ format: String, _ values: Value, isMarkup: Bool, _ machine: inout Machine
  ) throws(Failure) -> String {
    var rest: ArraySlice<Value>
    let isTuple = if case .tuple = values { true } else { false }
    if case .tuple(let list) = values { rest = Array(list.elements)[...] } else { rest = [values] }
    let scalars = Array(format.unicodeScalars)
    var result = ""
    var at = 0
    var usedMapping = false
    while at < scalars.count {
      guard scalars[at] == "%" else {
        result.unicodeScalars.append(scalars[at])
        at += 1
        continue
      }
      at += 1
      var keyed: Value?
      if at < scalars.count, scalars[at] == "(" {
        keyed = try member(scalars, &at, values)
        usedMapping = true
      }
      func next() throws(Failure) -> Value {
        if let keyed { return keyed }
        guard let value = rest.popFirst() else { throw Failure(.type, "not enough arguments for format string") }
        return value
      }
      let specifier = try specifier(scalars, &at, next)
      while at < scalars.count, scalars[at] == "h" || scalars[at] == "l" || scalars[at] == "L" { at += 1 }
      guard at < scalars.count else { throw Failure(.value, "incomplete format") }
      let kind = scalars[at]
      at += 1
      if kind == "%", scalars[at - 2] == "%" {
        result += "%"
        continue
      }
      let value = try next()
      guard "diouxXeEfFgGcrsa".unicodeScalars.contains(kind) else {
        throw Failure(
          .value,
          "unsupported format character '\(kind)' (0x\(String(kind.value, radix: 16))) at index \(at - 1)")
      }
      result += try text(of: value, kind, specifier, isMarkup: isMarkup, &machine)
      guard result.utf8.count <= machine.limits.stringBytes else { throw machine.tooLong() }
    }
    if !rest.isEmpty, !usedMapping, isTuple || !values.hasElements {
      throw Failure(.type, "not all arguments converted during string formatting")
    }
    try machine.build(bytes: result.utf8.count)
    return result
  }

  private static func member(
    _ scalars: [Unicode.Scalar], _ at: inout Int, _ values: Value
  ) throws(Failure) -> Value {
    guard values.isMapping else { throw Failure(.type, "format requires a mapping") }
    var depth = 1
    let start = at + 1
    at = start
    while at < scalars.count {
      if scalars[at] == "(" { depth += 1 }
      if scalars[at] == ")" { depth -= 1 }
      if depth == 0 { break }
      at += 1
    }
    guard at < scalars.count else { throw Failure(.value, "incomplete format key") }
    let key = String(String.UnicodeScalarView(scalars[start..<at]))
    at += 1
    guard let value = values.member(.string(key)) else { throw Failure(.key, PythonRepr.quoted(key)) }
    return value
  }

  private static func specifier(
    _ scalars: [Unicode.Scalar], _ at: inout Int, _ next: () throws(Failure) -> Value
  ) throws(Failure) -> Specifier {
    var specifier = Specifier()
    flags: while at < scalars.count {
      switch scalars[at] {
      case "-": specifier.isLeft = true
      case "+": specifier.hasPlus = true
      case " ": specifier.hasSpace = true
      case "#": specifier.isAlternate = true
      case "0": specifier.hasZero = true
      default: break flags
      }
      at += 1
    }
    func number() throws(Failure) -> Int {
      if at < scalars.count, scalars[at] == "*" {
        at += 1
        guard case .int(let value) = try next() else { throw Failure(.type, "* wants int") }
        return value
      }
      var value = 0
      while at < scalars.count, let digit = scalars[at].decimalValue, scalars[at].isASCII {
        value = value * 10 + digit
        at += 1
        guard value < 1 << 31 else { throw Failure(.value, "width too big") }
      }
      return value
    }
    specifier.width = try number()
    if specifier.width < 0 {
      specifier.isLeft = true
      specifier.width = -specifier.width
    }
    if at < scalars.count, scalars[at] == "." {
      at += 1
      specifier.precision = max(0, try number())
    }
    return specifier
  }

  private static func text(
    of value: Value, _ kind: Unicode.Scalar, _ specifier: Specifier, isMarkup: Bool, _ machine: inout Machine
  ) throws(Failure) -> String {
    var sign = ""
    var body: String
    var isNumber = true
    switch kind {
    case "s", "r", "a":
      isNumber = false
      body = kind == "s" ? try value.string(&machine) : try value.representation(&machine)
      if kind == "a" { body = PythonRepr.ascii(body) }
      if isMarkup, !value.isMarkup || kind != "s" { body = HTMLText.escaped(body) }
      if let precision = specifier.precision { body = body.codePoints(0, min(precision, body.codePointCount)) }
    case "c":
      isNumber = false
      body = try character(value)
    case "d", "i", "u", "o", "x", "X": (sign, body) = try integer(value, kind, specifier)
    default: (sign, body) = try float(value, kind, specifier)
    }
    let missing = specifier.width - sign.utf8.count - body.codePointCount
    guard missing > 0 else { return sign + body }
    try machine.build(bytes: missing)
    if specifier.isLeft { return sign + body + String(repeating: " ", count: missing) }
    if isNumber, specifier.hasZero {
      // The prefix of the alternate form stands before the zeros.
      if body.startsWith("0x") || body.startsWith("0X") || body.startsWith("0o"), specifier.isAlternate {
        return sign + body.bytes(0, 2) + String(repeating: "0", count: missing) + body.bytes(2, body.utf8.count)
      }
      return sign + String(repeating: "0", count: missing) + body
    }
    return String(repeating: " ", count: missing) + sign + body
  }

  private static func character(_ value: Value) throws(Failure) -> String {
    if let text = value.text {
      guard text.codePointCount == 1 else { throw Failure(.type, "%c requires int or char") }
      return text
    }
    guard let number = value.integerOperand?.int else { throw Failure(.type, "%c requires int or char") }
    guard let scalar = UInt32(exactly: number).flatMap({ Unicode.Scalar($0) }) else {
      throw Failure(.overflow, "%c arg not in range(0x110000)")
    }
    return String(scalar)
  }

  private static func signText(_ isNegative: Bool, _ specifier: Specifier) -> String {
    isNegative ? "-" : specifier.hasPlus ? "+" : specifier.hasSpace ? " " : ""
  }

  private static func integer(
    _ value: Value, _ kind: Unicode.Scalar, _ specifier: Specifier
  ) throws(Failure) -> (String, String) {
    let isDecimal = kind == "d" || kind == "i" || kind == "u"
    let number: BigInt
    if let integer = value.integerOperand {
      number = integer
    } else if case .float(let double) = value, isDecimal {
      guard let whole = BigInt(double) else {
        throw Failure(
          double.isNaN ? .value : .overflow,
          double.isNaN ? "cannot convert float NaN to integer" : "cannot convert float infinity to integer")
      }
      number = whole
    } else if case .undefined(let undefined) = value {
      throw undefined.failure
    } else {
      throw Failure(
        .type,
        isDecimal
          ? "%\(kind) format: a real number is required, not \(value.typeName)"
          : "%\(kind) format: an integer is required, not \(value.typeName)")
    }
    var digits: String
    switch kind {
    case "o": digits = number.digits(base: 8)
    case "x": digits = number.digits(base: 16)
    case "X": digits = LetterCase.upper(number.digits(base: 16))
    default: digits = try number.magnitude.decimal()
    }
    if let precision = specifier.precision, digits.utf8.count < precision {
      digits = String(repeating: "0", count: min(precision, NumberText.longestPrecision) - digits.utf8.count) + digits
    }
    if specifier.isAlternate, !isDecimal { digits = "0\(kind)" + digits }
    return (signText(number.isNegative, specifier), digits)
  }

  private static func float(
    _ value: Value, _ kind: Unicode.Scalar, _ specifier: Specifier
  ) throws(Failure) -> (String, String) {
    let number: Double
    switch value {
    case .float(let double): number = double
    case .undefined(let undefined): throw undefined.failure
    default:
      guard let integer = value.integerOperand else {
        throw Failure(.type, "must be real number, not \(value.typeName)")
      }
      number = integer.double
    }
    let sign = signText(number.sign == .minus && !number.isNaN, specifier)
    let isUpper = kind == "E" || kind == "F" || kind == "G"
    var body: String
    if number.isFinite {
      let lower: Character = kind == "e" || kind == "E" ? "e" : kind == "f" || kind == "F" ? "f" : "g"
      body = NumberText.float(
        number.magnitude, kind: lower, precision: specifier.precision ?? 6, alternate: specifier.isAlternate)
    } else {
      body = number.isNaN ? "nan" : "inf"
    }
    if isUpper { body = LetterCase.upper(body) }
    return (sign, body)
  }
}

extension Value {
  /// Whether elements can be asked for, so that it may be left unused.
  fileprivate var hasElements: Bool {
    switch self {
    case .list, .jsonArray, .dict, .jsonObject, .range, .undefined: true
    default: false
    }
  }
}
