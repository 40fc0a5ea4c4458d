/// Turns `Encodable` values into `JSONValue` without a detour through text. Members stand in the order in which the type
/// encodes them.
public struct JSONValueEncoder: Sendable {
  /// An encoder; it holds nothing and can be used any number of times.
  public init() {}

  /// Encodes a value.
  /// - Throws: `EncodingError` for a number that is not finite, and what the type's own `encode(to:)` throws.
  public func encode(_ value: some Encodable) throws -> JSONValue {
    let encoder = TreeEncoder(CodingPlace(parent: nil, step: .none))
    try value.encode(to: encoder)
    return encoder.finish()
  }
}
