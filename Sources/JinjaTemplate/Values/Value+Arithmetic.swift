import Glibc

/// The binary operators that compute.
enum ArithmeticOperator: String {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case power = "**"
}

/// Python's arithmetic.
extension Value {
  static func compute(
    _ operation: ArithmeticOperator, _ left: Value, _ right: Value, _ machine: inout Machine
  ) throws(Failure) -> Value {
    // The quick way for what is common.
    if case .int(let first) = left, case .int(let second) = right {
      if let result = try integers(operation, first, second) { return result }
      return try bigIntegers(operation, BigInt(first), BigInt(second), &machine)
    }
    switch operation {
    case .add: if let result = try concatenation(left, right, &machine) { return result }
    case .multiply: if let result = try repetition(left, right, &machine) { return result }
    case .remainder:
      if let format = left.text {
        let text = try PercentFormat.format(format, right, isMarkup: left.isMarkup, &machine)
        return left.isMarkup ? .markup(text) : .string(text)
      }
    default: break
    }
    if case .undefined(let undefined) = left { throw undefined.failure }
    if case .undefined(let undefined) = right { throw undefined.failure }
    if case .float(let first) = left, let second = try right.floatOperand() {
      return try floats(operation, first, second)
    }
    if case .float(let second) = right, let first = try left.floatOperand() {
      return try floats(operation, first, second)
    }
    if let first = left.integerOperand, let second = right.integerOperand {
      if let first = first.int, let second = second.int, let result = try integers(operation, first, second) {
        return result
      }
      return try bigIntegers(operation, first, second, &machine)
    }
    let sign = operation == .power ? "** or pow()" : operation.rawValue
    throw Failure(.type, "unsupported operand type(s) for \(sign): '\(left.typeName)' and '\(right.typeName)'")
  }

  /// The value as an integer of any size, where it is one.
  var integerOperand: BigInt? {
    switch self {
    case .int(let value): BigInt(value)
    case .bool(let value): BigInt(value ? 1 : 0)
    case .big(let value): value
    default: nil
    }
  }

  /// The value as a float, where it is a number.
  private func floatOperand() throws(Failure) -> Double? {
    switch self {
    case .float(let value): return value
    case .int(let value): return Double(value)
    case .bool(let value): return value ? 1 : 0
    case .big(let value):
      guard value.double.isFinite else { throw Failure(.overflow, "int too large to convert to float") }
      return value.double
    default: return nil
    }
  }

  /// Returns nothing where 64 bits do not hold the result.
  private static func integers(
    _ operation: ArithmeticOperator, _ left: Int, _ right: Int
  ) throws(Failure) -> Value? {
    switch operation {
    case .add:
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? nil : .int(sum)
    case .subtract:
      let (difference, overflow) = left.subtractingReportingOverflow(right)
      return overflow ? nil : .int(difference)
    case .multiply:
      let (product, overflow) = left.multipliedReportingOverflow(by: right)
      return overflow ? nil : .int(product)
    case .divide:
      guard right != 0 else { throw Failure(.zeroDivision, "division by zero") }
      // Beyond 53 bits the operands themselves would be rounded.
      if left.magnitude >= 1 << 53 || right.magnitude >= 1 << 53 {
        return .float(BigInt(left).divided(by: BigInt(right)))
      }
      return .float(Double(left) / Double(right))
    case .floorDivide:
      guard right != 0 else { throw Failure(.zeroDivision, "integer division or modulo by zero") }
      if right == -1 { return left == .min ? nil : .int(-left) }
      let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
      return .int(remainder != 0 && (remainder < 0) != (right < 0) ? quotient - 1 : quotient)
    case .remainder:
      guard right != 0 else { throw Failure(.zeroDivision, "integer modulo by zero") }
      if right == -1 { return .int(0) }
      let remainder = left % right
      return .int(remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder)
    case .power: return nil
    }
  }

  private static func bigIntegers(
    _ operation: ArithmeticOperator, _ left: BigInt, _ right: BigInt, _ machine: inout Machine
  ) throws(Failure) -> Value {
    switch operation {
    case .add: return Value(left + right)
    case .subtract: return Value(left - right)
    case .multiply:
      try machine.step(left.limbs.count * right.limbs.count / 8)
      try machine.build(bytes: (left.limbs.count + right.limbs.count) * 4)
      return Value(left * right)
    case .divide:
      guard !right.isZero else { throw Failure(.zeroDivision, "division by zero") }
      try machine.step((left.limbs.count + right.limbs.count) * right.limbs.count / 8)
      let quotient = left.divided(by: right)
      guard quotient.isFinite else {
        throw Failure(.overflow, "integer division result too large for a float")
      }
      return .float(quotient)
    case .floorDivide, .remainder:
      guard !right.isZero else {
        throw Failure(
          .zeroDivision,
          operation == .remainder ? "integer modulo by zero" : "integer division or modulo by zero")
      }
      try machine.step(left.limbs.count * left.limbs.count)
      let (quotient, remainder) = left.dividedFloor(by: right)
      return Value(operation == .remainder ? remainder : quotient)
    case .power:
      guard !right.isNegative else {
        guard !left.isZero else { throw Failure(.zeroDivision, "0.0 cannot be raised to a negative power") }
        return try floats(.power, left.double, right.double)
      }
      if left.isZero || left.bitCount == 1 {
        let isOdd = (right.limbs.first ?? 0) & 1 == 1
        if right.isZero { return .int(1) }
        return Value(left.isNegative && !isOdd ? left.negated : left)
      }
      guard let exponent = right.int, exponent < 1 << 20, left.bitCount * exponent < 1 << 17 else {
        throw Failure(.limit, "the template computed an integer of more than \(1 << 17) bits")
      }
      try machine.step(left.bitCount * exponent / 64)
      try machine.build(bytes: left.bitCount * exponent / 8)
      return Value(left.power(exponent))
    }
  }

  private static func floats(_ operation: ArithmeticOperator, _ left: Double, _ right: Double) throws(Failure) -> Value
  {
    switch operation {
    case .add: return .float(left + right)
    case .subtract: return .float(left - right)
    case .multiply: return .float(left * right)
    case .divide:
      guard right != 0 else { throw Failure(.zeroDivision, "float division by zero") }
      return .float(left / right)
    case .floorDivide:
      guard right != 0 else { throw Failure(.zeroDivision, "float floor division by zero") }
      let rest = remainder(left, right)
      let quotient = (left - rest) / right
      if quotient == 0 { return .float(Double(signOf: left / right, magnitudeOf: 0)) }
      let floored = quotient.rounded(.down)
      return .float(quotient - floored > 0.5 ? floored + 1 : floored)
    case .remainder:
      guard right != 0 else { throw Failure(.zeroDivision, "float modulo") }
      return .float(remainder(left, right))
    case .power:
      if left == 0, right < 0 { throw Failure(.zeroDivision, "0.0 cannot be raised to a negative power") }
      let result = pow(left, right)
      if result.isNaN, !left.isNaN, !right.isNaN {
        throw Failure(.type, "complex numbers are not supported")
      }
      if result.isInfinite, left.isFinite, right.isFinite {
        throw Failure(.overflow, "(34, 'Numerical result out of range')")
      }
      return .float(result)
    }
  }

  private static func remainder(_ left: Double, _ right: Double) -> Double {
    let rest = fmod(left, right)
    if rest == 0 { return Double(signOf: right, magnitudeOf: 0) }
    return (rest < 0) != (right < 0) ? rest + right : rest
  }

  /// `-value` and `+value`.
  func signed(negative: Bool) throws(Failure) -> Value {
    switch self {
    case .int(let value): return negative ? (value == .min ? Value(BigInt(value).negated) : .int(-value)) : self
    case .bool(let value): return .int(negative ? (value ? -1 : 0) : (value ? 1 : 0))
    case .float(let value): return .float(negative ? -value : value)
    case .big(let value): return negative ? Value(value.negated) : self
    case .undefined(let undefined): throw undefined.failure
    default: throw Failure(.type, "bad operand type for unary \(negative ? "-" : "+"): '\(typeName)'")
    }
  }
}

// MARK: sequences

extension Value {
  /// `+` of strings, lists and tuples; nothing where neither side is one.
  private static func concatenation(
    _ left: Value, _ right: Value, _ machine: inout Machine
  ) throws(Failure) -> Value? {
    if case .undefined(let undefined) = right { throw undefined.failure }
    switch left {
    case .string(let first):
      switch right {
      case .string(let second):
        try machine.build(bytes: first.utf8.count + second.utf8.count)
        return .string(first + second)
      case .markup(let second): return .markup(HTMLText.escaped(first) + second)
      default: throw Failure(.type, "can only concatenate str (not \"\(right.typeName)\") to str")
      }
    case .markup(let first):
      guard let second = right.text else {
        throw Failure(.type, "can only concatenate str (not \"\(right.typeName)\") to str")
      }
      try machine.build(bytes: first.utf8.count + second.utf8.count)
      return .markup(first + (right.isMarkup ? second : HTMLText.escaped(second)))
    case .list, .jsonArray, .tuple:
      var elements = try left.elements(&machine)
      let isTuple = if case .tuple = left { true } else { false }
      switch right {
      case .list where !isTuple, .jsonArray where !isTuple, .tuple where isTuple:
        let more = try right.elements(&machine)
        try machine.build(elements: elements.count + more.count)
        elements.append(contentsOf: more)
        return isTuple ? try .tuple(elements) : try .list(elements)
      default:
        throw Failure(
          .type, "can only concatenate \(left.typeName) (not \"\(right.typeName)\") to \(left.typeName)")
      }
    default: return nil
    }
  }

  /// `*` of a string, list or tuple and a number; nothing where neither side is a sequence.
  private static func repetition(
    _ left: Value, _ right: Value, _ machine: inout Machine
  ) throws(Failure) -> Value? {
    let isLeft = left.isRepeatable
    guard isLeft || right.isRepeatable else { return nil }
    let (sequence, times) = isLeft ? (left, right) : (right, left)
    if case .undefined(let undefined) = times { throw undefined.failure }
    let count: Int
    switch times {
    case .int(let value): count = max(0, value)
    case .bool(let value): count = value ? 1 : 0
    case .big(let value):
      guard value.isNegative else { throw Failure(.overflow, "cannot fit 'int' into an index-sized integer") }
      count = 0
    default: throw Failure(.type, "can't multiply sequence by non-int of type '\(times.typeName)'")
    }
    if let text = sequence.text {
      let (bytes, overflow) = text.utf8.count.multipliedReportingOverflow(by: count)
      try machine.build(bytes: overflow ? Int.max : bytes)
      let repeated = text.utf8.isEmpty ? "" : String(repeating: text, count: count)
      return sequence.isMarkup ? .markup(repeated) : .string(repeated)
    }
    let elements = try sequence.elements(&machine)
    let (total, overflow) = elements.count.multipliedReportingOverflow(by: count)
    try machine.build(elements: overflow ? Int.max : total)
    try machine.step(total)
    var result: ContiguousArray<Value> = []
    result.reserveCapacity(total)
    if !elements.isEmpty { for _ in 0..<count { result.append(contentsOf: elements) } }
    if case .tuple = sequence { return try .tuple(result) }
    return try .list(result)
  }

  private var isRepeatable: Bool {
    switch self {
    case .string, .markup, .list, .jsonArray, .tuple: true
    default: false
    }
  }
}
