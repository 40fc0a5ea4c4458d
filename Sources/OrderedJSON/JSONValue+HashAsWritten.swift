extension JSONValue {
  /// Hashes the value as it is written, with the order of keys: several times faster than `hash(into:)`, for whom the
  /// order does not count. Equal values whose keys stand in another order have other hashes.
  public func hashAsWritten(into hasher: inout Hasher) {
    switch self {
    case .object(let object):
      hasher.combine(object.members.count)
      object.members.withUnsafeBufferPointer { members in
        for index in members.indices {
          members[index].key.hashBytes(into: &hasher)
          members[index].value.hashAsWritten(into: &hasher)
        }
      }
    case .array(let elements):
      hasher.combine(~elements.count)
      elements.withUnsafeBufferPointer { elements in
        for index in elements.indices { elements[index].hashAsWritten(into: &hasher) }
      }
    default: hash(into: &hasher)
    }
  }
}
