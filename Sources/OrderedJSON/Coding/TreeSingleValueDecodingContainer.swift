/// Reads the one value that a type is.
struct TreeSingleValueDecodingContainer: SingleValueDecodingContainer {
  let decoder: TreeDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.value.isNull }
  func decode(_ type: Bool.Type) throws -> Bool { try decoder.bool(decoder.value, .none) }
  func decode(_ type: String.Type) throws -> String { try decoder.string(decoder.value, .none) }
  func decode(_ type: Double.Type) throws -> Double { try decoder.float(decoder.value, .none) }
  func decode(_ type: Float.Type) throws -> Float { try decoder.float(decoder.value, .none) }

  func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
    try decoder.integer(decoder.value, .none)
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try Value(from: decoder.child(decoder.value, .none))
  }
}
