/// The decoder that a type sees: a value of the tree, and where it stands.
final class TreeDecoder: Decoder {
  let value: JSONValue
  private let place: CodingPlace
  private var link: CodingPlace.Link?
  /// Where the next key probably stands: types mostly ask in the order in which they were encoded.
  private var hint = 0

  init(_ value: JSONValue, _ place: CodingPlace) {
    self.value = value
    self.place = place
  }

  var codingPath: [any CodingKey] { place.path }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = value else { throw mismatch(JSONObject.self, "an object", value, .none) }
    return KeyedDecodingContainer(TreeKeyedDecodingContainer<Key>(decoder: self, object: object))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else { throw mismatch([JSONValue].self, "an array", value, .none) }
    return TreeUnkeyedDecodingContainer(decoder: self, elements: elements)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { TreeSingleValueDecodingContainer(decoder: self) }

  /// Finds a member.
  func find(_ key: String, in object: JSONObject) -> JSONValue? {
    guard let position = object.position(of: key, near: hint) else { return nil }
    hint = position + 1
    return object.members[position].value
  }

  /// Goes back to a member that is about to be asked for again.
  func stepBack() { hint = max(hint - 1, 0) }

  func child(_ value: JSONValue, _ step: CodingPlace.Step) -> TreeDecoder { TreeDecoder(value, below(step)) }

  func below(_ step: CodingPlace.Step) -> CodingPlace {
    if case .none = step { return place }
    if let link { return CodingPlace(parent: link, step: step) }
    let link = CodingPlace.Link(place)
    self.link = link
    return CodingPlace(parent: link, step: step)
  }
}
