/// The encoder that a type sees: holds what that type has written so far.
///
/// Containers write straight into it. A nested container or a super encoder is a `TreeEncoder` of its own, whose value
/// is put in its place when the tree is asked for, since a type may write to it for as long as it likes.
final class TreeEncoder: Encoder {
  private enum Content {
    case nothing
    case value(JSONValue)
    case array
    case object
  }

  private var place: CodingPlace
  private var link: CodingPlace.Link?
  private var content = Content.nothing
  private var elements: [JSONValue] = []
  private var members = JSONObject()
  /// Encoders whose values are still to come, with their positions among the elements or members.
  private var pending: [(position: Int, encoder: TreeEncoder)] = []
  /// An encoder that has done its work and can do the next one's.
  private var spare: TreeEncoder?

  init(_ place: CodingPlace) { self.place = place }

  var codingPath: [any CodingKey] { place.path }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    becomeObject()
    return KeyedEncodingContainer(TreeKeyedEncodingContainer<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    becomeArray()
    return TreeUnkeyedEncodingContainer(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { TreeSingleValueEncodingContainer(encoder: self) }

  /// A type that asks for the same kind of container again goes on where it was.
  func becomeObject() { content = .object }

  func becomeArray() {
    if case .array = content { return }
    content = .array
    elements.reserveCapacity(8)
  }

  var count: Int { elements.count }

  func become(_ value: JSONValue) { content = .value(value) }

  func append(_ value: JSONValue) { elements.append(value) }

  func set(_ key: String, _ value: JSONValue) { members[key] = value }

  /// Encodes a value that stands below this one.
  func tree(of value: some Encodable, _ step: CodingPlace.Step) throws -> JSONValue {
    var encoder = child(step)
    try value.encode(to: encoder)
    let tree = encoder.finish()
    // The type may have kept its encoder; then nobody else may have it.
    if isKnownUniquelyReferenced(&encoder) { spare = encoder }
    return tree
  }

  /// Makes an encoder whose value becomes the next element.
  func appendEncoder() -> TreeEncoder {
    let encoder = TreeEncoder(below(.index(elements.count)))
    pending.append((elements.count, encoder))
    elements.append(.null)
    return encoder
  }

  /// Makes an encoder whose value becomes a member.
  func setEncoder(_ key: any CodingKey) -> TreeEncoder {
    let encoder = TreeEncoder(below(.key(key)))
    members[key.stringValue] = .null
    pending.append((members.position(of: key.stringValue, near: members.count - 1) ?? 0, encoder))
    return encoder
  }

  /// Gives the tree away and is as new.
  func finish() -> JSONValue {
    for (position, encoder) in pending {
      let value = encoder.finish()
      if case .array = content { elements[position] = value } else { members.members[position].value = value }
    }
    if !pending.isEmpty { pending = [] }
    let result: JSONValue
    switch content {
    case .nothing: result = .object(JSONObject())
    case .value(let value): result = value
    case .array:
      result = .array(elements)
      elements = []
    case .object:
      result = .object(members)
      members = JSONObject()
    }
    content = .nothing
    return result
  }

  func invalid(_ value: Any, _ step: CodingPlace.Step, _ reason: String) -> EncodingError {
    EncodingError.invalidValue(
      value, EncodingError.Context(codingPath: below(step).path, debugDescription: reason))
  }

  private func child(_ step: CodingPlace.Step) -> TreeEncoder {
    guard let encoder = spare else { return TreeEncoder(below(step)) }
    spare = nil
    encoder.place = below(step)
    encoder.link = nil
    return encoder
  }

  private func below(_ step: CodingPlace.Step) -> CodingPlace {
    if case .none = step { return place }
    if let link { return CodingPlace(parent: link, step: step) }
    let link = CodingPlace.Link(place)
    self.link = link
    return CodingPlace(parent: link, step: step)
  }
}
