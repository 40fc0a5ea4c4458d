extension TreeDecoder {
  @inline(__always)
  func bool(_ value: JSONValue, _ step: @autoclosure () -> CodingPlace.Step) throws -> Bool {
    guard case .bool(let result) = value else { throw mismatch(Bool.self, "true or false", value, step()) }
    return result
  }

  @inline(__always)
  func string(_ value: JSONValue, _ step: @autoclosure () -> CodingPlace.Step) throws -> String {
    guard case .string(let result) = value else { throw mismatch(String.self, "a string", value, step()) }
    return result
  }

  @inline(__always)
  func float<Number: BinaryFloatingPoint>(
    _ value: JSONValue, _ step: @autoclosure () -> CodingPlace.Step
  ) throws -> Number {
    if case .double(let double) = value { return Number(double) }
    if case .integer(let integer) = value { return Number(integer) }
    guard let double = value.doubleValue else { throw mismatch(Number.self, "a number", value, step()) }
    guard double.isFinite else { throw unfit(Number.self, step()) }
    return Number(double)
  }

  @inline(__always)
  func integer<Number: FixedWidthInteger>(
    _ value: JSONValue, _ step: @autoclosure () -> CodingPlace.Step
  ) throws -> Number {
    switch value {
    case .integer(let integer):
      guard let result = Number(exactly: integer) else { throw unfit(Number.self, step()) }
      return result
    case .bigInteger(let digits):
      guard let result = Number(digits) else { throw unfit(Number.self, step()) }
      return result
    default: throw mismatch(Number.self, "an integer", value, step())
    }
  }

  func mismatch(_ type: Any.Type, _ wanted: String, _ found: JSONValue, _ step: CodingPlace.Step) -> DecodingError {
    let context = DecodingError.Context(
      codingPath: below(step).path, debugDescription: "\(wanted) expected, found \(found.articledTypeName)")
    return found.isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  private func unfit(_ type: Any.Type, _ step: CodingPlace.Step) -> DecodingError {
    .dataCorrupted(
      DecodingError.Context(codingPath: below(step).path, debugDescription: "the number does not fit \(type)"))
  }
}

extension JSONValue {
  /// The type's name in a sentence.
  fileprivate var articledTypeName: String {
    switch self {
    case .null: "null"
    case .integer, .bigInteger: "an integer"
    case .array: "an array"
    case .object: "an object"
    case .bool, .double, .string: "a \(typeName)"
    }
  }
}
