/// A JSON value that keeps what a document said: key order, and the difference between `1`, `1.0` and an integer too
/// large for 64 bits.
///
/// Source: RFC 8259. Number forms follow Python's `json` module (`int` and `float` are different types), because that
/// is what reads our output.
public enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// An integer literal (no fraction, no exponent) that fits 64 bits.
  case integer(Int)
  /// An integer literal that does not fit 64 bits: its decimal digits, with a leading `-` where negative.
  case bigInteger(String)
  /// A literal with a fraction or an exponent. Always finite.
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// Where the elements of an array that has some are in memory: arrays of one place that both still exist are the same, and
  /// that is known at once.
  public var storage: UInt? {
    guard case .array(let elements) = self, !elements.isEmpty else { return nil }
    return elements.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
  }
}

extension JSONValue: Hashable {
  /// Whether both are the same value in the same form: `1` differs from `1.0`, and strings are compared by their code
  /// points (Swift's `==` would take `é` and `e` with a combining accent for equal).
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    // Only containers go deeper, and the less a level takes of the stack the better.
    if case .array(let left) = left {
      if case .array(let right) = right { return left == right }
      return false
    }
    if case .object(let left) = left {
      if case .object(let right) = right { return left == right }
      return false
    }
    return areSameScalars(left, right)
  }

  private static func areSameScalars(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.bigInteger(let left), .bigInteger(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .bigInteger(let digits): hasher.combine(digits)
    case .double(let value): hasher.combine(value)
    case .string(let value): value.hashBytes(into: &hasher)
    case .array(let values): hasher.combine(values)
    case .object(let object): hasher.combine(object)
    }
  }
}

extension JSONValue {
  /// Whether it is `null`.
  public var isNull: Bool { if case .null = self { true } else { false } }
  /// The truth value; `nil` where it is none.
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The integer that fits 64 bits; `nil` where it is none.
  public var intValue: Int? { if case .integer(let value) = self { value } else { nil } }
  /// The string; `nil` where it is none.
  public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  /// The elements; `nil` where it is no array.
  public var arrayValue: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  /// The members; `nil` where it is no object.
  public var objectValue: JSONObject? { if case .object(let value) = self { value } else { nil } }

  /// The number as a double, whatever its form; `nil` where the value is no number.
  public var doubleValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .bigInteger(let digits): Double(digits)
    case .double(let value): value
    default: nil
    }
  }

  /// The member of an object; `nil` where the key is missing or the value is no object.
  public subscript(key: String) -> JSONValue? { objectValue?[key] }

  /// The element of an array; `nil` where it is out of bounds or the value is no array.
  public subscript(index: Int) -> JSONValue? {
    guard let array = arrayValue, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// The JSON Schema name of the value's type: `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`.
  public var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer, .bigInteger: "integer"
    case .double: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}
