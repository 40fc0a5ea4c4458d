/// Writes the one value that a type is.
struct TreeSingleValueEncodingContainer: SingleValueEncodingContainer {
  let encoder: TreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil() { encoder.become(.null) }
  func encode(_ value: Bool) { encoder.become(.bool(value)) }
  func encode(_ value: String) { encoder.become(.string(value)) }
  func encode(_ value: Double) throws { encoder.become(try encoder.number(value, .none)) }
  func encode(_ value: Float) throws { encoder.become(try encoder.number(value, .none)) }
  func encode<Number: FixedWidthInteger & Encodable>(_ value: Number) { encoder.become(TreeEncoder.integer(value)) }
  func encode<Value: Encodable>(_ value: Value) throws { encoder.become(try encoder.tree(of: value, .none)) }
}
