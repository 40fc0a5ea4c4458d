/// Makes `Decodable` values from `JSONValue` without a detour through text.
///
/// A double decodes from an integer; nothing else changes its form: `1.0` is no `Int`, `"1"` is no number.
public struct JSONValueDecoder: Sendable {
  /// A decoder; it holds nothing and can be used any number of times.
  public init() {}

  /// Decodes a value.
  /// - Throws: `DecodingError` with the path to what does not fit; its description holds none of the document's text.
  public func decode<Value: Decodable>(_ type: Value.Type, from value: JSONValue) throws -> Value {
    try Value(from: TreeDecoder(value, CodingPlace(parent: nil, step: .none)))
  }
}
