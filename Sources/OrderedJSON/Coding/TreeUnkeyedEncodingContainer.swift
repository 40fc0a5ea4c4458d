/// Writes the elements of an array.
struct TreeUnkeyedEncodingContainer: UnkeyedEncodingContainer {
  let encoder: TreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.count }

  func encodeNil() { encoder.append(.null) }
  func encode(_ value: Bool) { encoder.append(.bool(value)) }
  func encode(_ value: String) { encoder.append(.string(value)) }
  func encode(_ value: Double) throws { encoder.append(try encoder.number(value, .index(encoder.count))) }
  func encode(_ value: Float) throws { encoder.append(try encoder.number(value, .index(encoder.count))) }
  func encode<Number: FixedWidthInteger & Encodable>(_ value: Number) { encoder.append(TreeEncoder.integer(value)) }

  func encode<Value: Encodable>(_ value: Value) throws {
    encoder.append(try encoder.tree(of: value, .index(encoder.count)))
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    encoder.appendEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.appendEncoder().unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder.appendEncoder() }
}
