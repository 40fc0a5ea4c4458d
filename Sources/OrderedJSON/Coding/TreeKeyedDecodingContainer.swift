/// Reads the members of an object.
struct TreeKeyedDecodingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: TreeDecoder
  let object: JSONObject

  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool {
    guard decoder.find(key.stringValue, in: object) != nil else { return false }
    decoder.stepBack()
    return true
  }

  func decodeNil(forKey key: Key) throws -> Bool {
    let isNull = try value(key).isNull
    if !isNull { decoder.stepBack() }
    return isNull
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder.bool(value(key), .key(key)) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder.string(value(key), .key(key)) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder.float(value(key), .key(key)) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoder.float(value(key), .key(key)) }

  func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type, forKey key: Key) throws -> Number {
    try decoder.integer(value(key), .key(key))
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try Value(from: decoder.child(value(key), .key(key)))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder.child(value(key), .key(key)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder.child(value(key), .key(key)).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try decoder.child(value(AnyCodingKey.super), .key(AnyCodingKey.super)) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder.child(value(key), .key(key)) }

  private func value(_ key: some CodingKey) throws -> JSONValue {
    if let value = decoder.find(key.stringValue, in: object) { return value }
    throw DecodingError.keyNotFound(
      key, DecodingError.Context(codingPath: codingPath, debugDescription: "no member \"\(key.stringValue)\""))
  }
}
