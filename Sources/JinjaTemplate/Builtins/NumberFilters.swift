import Glibc

/// The filters that work on numbers.
enum NumberFilters {
  static func absolute(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "abs")
    switch value {
    case .int(let number): return number == .min ? Value(BigInt(number).magnitude) : .int(Swift.abs(number))
    case .bool(let flag): return .int(flag ? 1 : 0)
    case .float(let number): return .float(number.magnitude)
    case .big(let number): return Value(number.magnitude)
    default: throw Failure(.type, "bad operand type for abs(): '\(value.typeName)'")
    }
  }

  static func float(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["default"], of: "do_float")
    return try NumberReader.float(value).map { .float($0) } ?? bound.value(0, .float(0))
  }

  static func integer(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["default", "base"], of: "do_int")
    let fallback = bound.value(0, .int(0))
    switch value {
    case .int, .big: return value
    case .bool(let flag): return .int(flag ? 1 : 0)
    case .float(let number):
      if number.isInfinite { throw Failure(.overflow, "cannot convert float infinity to integer") }
      return BigInt(number).map { Value($0) } ?? fallback
    case .undefined(let undefined): throw undefined.failure
    case .string(let text), .markup(let text):
      var base: Int? = 10
      switch bound.value(1, .int(10)) {
      case .int(let number): base = number
      case .bool(let flag): base = flag ? 1 : 0
      default: base = nil
      }
      if let base, let number = NumberReader.integer(text, base: base) { return number }
      guard let number = NumberReader.float(text), number.isFinite else { return fallback }
      return BigInt(number).map { Value($0) } ?? fallback
    default: return fallback
    }
  }

  static func round(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["precision", "method"], of: "do_round")
    let method = bound.value(1, .string("common")).text
    guard let method, ["common", "ceil", "floor"].contains(method) else {
      throw Failure(.filterArgument, "method must be common, ceil or floor")
    }
    let precision = bound.value(0, .int(0))
    if method == "common" { return try commonRound(value, precision) }
    let scale = try Value.compute(.power, .int(10), precision, &machine)
    let scaled = try Value.compute(.multiply, value, scale, &machine)
    let whole: Value
    switch scaled {
    case .float(let number):
      guard let integer = BigInt(method == "ceil" ? number.rounded(.up) : number.rounded(.down)) else {
        throw Failure(number.isNaN ? .value : .overflow, "cannot convert float to integer")
      }
      whole = Value(integer)
    case .int, .big: whole = scaled
    default: throw Failure(.type, "must be real number, not \(scaled.typeName)")
    }
    return try Value.compute(.divide, whole, scale, &machine)
  }

  private static func commonRound(_ value: Value, _ precision: Value) throws(Failure) -> Value {
    switch value {
    case .float(let number):
      if precision.isNone {
        guard let whole = BigInt(number.rounded(.toNearestOrEven)) else {
          throw Failure(number.isNaN ? .value : .overflow, "cannot convert float to integer")
        }
        return Value(whole)
      }
      return .float(NumberText.rounded(number, try precision.index()))
    case .int, .big, .bool:
      let number = value.integerOperand ?? BigInt(0)
      let digits = precision.isNone ? 0 : try precision.index()
      guard digits < 0 else { return Value(number) }
      guard digits > -RenderLimits.integerDigits else { return .int(0) }
      let scale = BigInt(10).power(-digits)
      let (quotient, remainder) = number.dividedFloor(by: scale)
      let twice = remainder + remainder
      let isOdd = (quotient.limbs.first ?? 0) & 1 == 1
      let goesUp = scale < twice || (twice == scale && isOdd)
      return Value((goesUp ? quotient + BigInt(1) : quotient) * scale)
    default: throw Failure(.type, "type \(value.typeName) doesn't define __round__ method")
    }
  }

  static func sum(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["attribute", "start"], of: "do_sum")
    let path = try bound.some(0).map { (path: Value) throws(Failure) in try AttributePath(path, &machine) }
    var total = bound.value(1, .int(0))
    guard total.text == nil else {
      throw Failure(.type, "sum() can't sum strings [use ''.join(seq) instead]")
    }
    for element in try value.elements(&machine) {
      let operand = if let path { try path.value(of: element, &machine) } else { element }
      total = try Value.compute(.add, total, operand, &machine)
    }
    return total
  }

  static func fileSize(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["binary"], of: "do_filesizeformat")
    guard let bytes = try NumberReader.float(value) else {
      throw Failure(
        value.text == nil ? .type : .value,
        "could not convert \(try value.representation(&machine)) to float")
    }
    let isBinary = try bound.isTrue(0, &machine)
    let base: Double = isBinary ? 1024 : 1000
    if bytes == 1 { return .string("1 Byte") }
    if bytes < base {
      guard let whole = BigInt(bytes) else {
        throw Failure(.overflow, "cannot convert float infinity to integer")
      }
      return .string("\(try whole.decimal()) Bytes")
    }
    let letters = ["k", "M", "G", "T", "P", "E", "Z", "Y"]
    var unit = base
    for (position, letter) in letters.enumerated() {
      unit = pow(base, Double(position + 2))
      guard bytes < unit || position == letters.count - 1 else { continue }
      let prefix = isBinary ? (letter == "k" ? "Ki" : letter + "i") : letter
      let number = base * bytes / unit
      let text = number.isFinite ? NumberText.float(number, kind: "f", precision: 1) : PythonRepr.float(number)
      return .string("\(text) \(prefix)B")
    }
    return .none
  }
}
