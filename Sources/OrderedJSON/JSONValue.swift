/// A JSON value that keeps what a document said: key order, and the difference between `1`, `1.0` and an integer too
/// large for 64 bits.
///
/// Source: RFC 8259. Number forms follow Python's `json` module (`int` and `float` are different types), because that
/// is what reads our output.
public enum JSONValue: Hashable, Sendable {
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
  public var isNull: Bool { self == .null }
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var intValue: Int? { if case .integer(let value) = self { value } else { nil } }
  public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  public var arrayValue: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
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
