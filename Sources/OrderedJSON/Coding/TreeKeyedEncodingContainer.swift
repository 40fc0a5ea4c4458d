/// Writes the members of an object.
struct TreeKeyedEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: TreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil(forKey key: Key) { encoder.set(key.stringValue, .null) }
  func encode(_ value: Bool, forKey key: Key) { encoder.set(key.stringValue, .bool(value)) }
  func encode(_ value: String, forKey key: Key) { encoder.set(key.stringValue, .string(value)) }

  func encode(_ value: Double, forKey key: Key) throws {
    encoder.set(key.stringValue, try encoder.number(value, .key(key)))
  }

  func encode(_ value: Float, forKey key: Key) throws {
    encoder.set(key.stringValue, try encoder.number(value, .key(key)))
  }

  func encode<Number: FixedWidthInteger & Encodable>(_ value: Number, forKey key: Key) {
    encoder.set(key.stringValue, TreeEncoder.integer(value))
  }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    encoder.set(key.stringValue, try encoder.tree(of: value, .key(key)))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoder.setEncoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.setEncoder(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder.setEncoder(AnyCodingKey.super) }
  func superEncoder(forKey key: Key) -> any Encoder { encoder.setEncoder(key) }
}
