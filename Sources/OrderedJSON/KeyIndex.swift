/// Finds the members of a large object by key: a hash table with open addressing that holds positions only.
///
/// Keys are hashed with the process's random seed, so that no document can be written to make its keys collide.
struct KeyIndex: Sendable {
  /// Objects with no more members than this are searched from the front, which is faster.
  static let threshold = 16

  /// A member's position + 1, or 0 where the slot is free. The count is a power of two, at most half of it in use.
  private var slots: ContiguousArray<UInt32>
  private var used: Int

  init(_ members: ContiguousArray<JSONObject.Member>) {
    var capacity = 64
    while capacity < members.count * 2 { capacity *= 2 }
    slots = ContiguousArray(repeating: 0, count: capacity)
    used = 0
    for position in members.indices { place(members[position].key, at: position) }
  }

  func position(of key: String, _ members: ContiguousArray<JSONObject.Member>) -> Int? {
    let mask = slots.count - 1
    var slot = Self.hash(key) & mask
    while slots[slot] != 0 {
      let position = Int(slots[slot]) - 1
      if members[position].key.hasSameBytes(as: key) { return position }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Notes a new key, the last of `members`.
  mutating func insert(_ key: String, at position: Int, _ members: ContiguousArray<JSONObject.Member>) {
    if (used + 1) * 2 > slots.count { self = KeyIndex(members) } else { place(key, at: position) }
  }

  private mutating func place(_ key: String, at position: Int) {
    let mask = slots.count - 1
    var slot = Self.hash(key) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(position + 1)
    used += 1
  }

  private static func hash(_ key: String) -> Int {
    var hasher = Hasher()
    key.hashBytes(into: &hasher)
    return hasher.finalize()
  }
}
