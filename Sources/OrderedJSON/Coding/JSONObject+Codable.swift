/// An object passes through `JSONValueEncoder` and `JSONValueDecoder` as it is, order included.
extension JSONObject: Codable {
  public init(from decoder: any Decoder) throws {
    let value = try JSONValue(from: decoder)
    guard case .object(let object) = value else {
      throw DecodingError.typeMismatch(
        JSONObject.self,
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "an object expected"))
    }
    self = object
  }

  public func encode(to encoder: any Encoder) throws { try JSONValue.object(self).encode(to: encoder) }
}
