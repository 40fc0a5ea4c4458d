/// Reads the elements of an array. What fails to decode stays the next element.
struct TreeUnkeyedDecodingContainer: UnkeyedDecodingContainer {
  let decoder: TreeDecoder
  let elements: [JSONValue]
  private(set) var currentIndex = 0

  init(decoder: TreeDecoder, elements: [JSONValue]) {
    self.decoder = decoder
    self.elements = elements
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try next().isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool {
    let value = try decoder.bool(next(), .index(currentIndex))
    currentIndex += 1
    return value
  }

  mutating func decode(_ type: String.Type) throws -> String {
    let value = try decoder.string(next(), .index(currentIndex))
    currentIndex += 1
    return value
  }

  mutating func decode(_ type: Double.Type) throws -> Double {
    let value: Double = try decoder.float(next(), .index(currentIndex))
    currentIndex += 1
    return value
  }

  mutating func decode(_ type: Float.Type) throws -> Float {
    let value: Float = try decoder.float(next(), .index(currentIndex))
    currentIndex += 1
    return value
  }

  mutating func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
    let value: Number = try decoder.integer(next(), .index(currentIndex))
    currentIndex += 1
    return value
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value = try Value(from: decoder.child(next(), .index(currentIndex)))
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    let container = try decoder.child(next(), .index(currentIndex)).container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try decoder.child(next(), .index(currentIndex)).unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let child = try decoder.child(next(), .index(currentIndex))
    currentIndex += 1
    return child
  }

  @inline(__always)
  private func next() throws -> JSONValue {
    guard currentIndex < elements.count else {
      throw DecodingError.valueNotFound(
        JSONValue.self,
        DecodingError.Context(
          codingPath: decoder.below(.index(currentIndex)).path,
          debugDescription: "the array ends after \(elements.count) elements"))
    }
    return elements[currentIndex]
  }
}
