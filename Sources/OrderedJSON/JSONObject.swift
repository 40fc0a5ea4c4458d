/// The members of a JSON object in the order in which they were written.
///
/// Equality is that of JSON: order does not count. A key that is set twice keeps its first place and its last value,
/// as in Python. Keys are the same where their bytes are: `é` and `e` with a combining accent are two keys, as in
/// every other reader. Looking a key up costs the same in an object of a million members as in one of twenty.
public struct JSONObject: Sendable {
  /// A key with its value.
  public typealias Member = (key: String, value: JSONValue)

  var members: ContiguousArray<Member>
  /// Where each key stands; only in objects of more than `KeyIndex.threshold` members.
  var index: KeyIndex?

  /// An object without members.
  public init() { members = [] }

  /// Takes members in order; a repeated key keeps its first place and its last value.
  public init(_ pairs: some Sequence<(String, JSONValue)>) {
    members = []
    members.reserveCapacity(pairs.underestimatedCount)
    for (key, value) in pairs { self[key] = value }
  }

  /// Takes members whose keys are known to differ.
  init(unique members: ContiguousArray<Member>) {
    self.members = members
    if members.count > KeyIndex.threshold { index = KeyIndex(members) }
  }

  /// How many members it has.
  public var count: Int { members.count }
  /// Whether it has no member.
  public var isEmpty: Bool { members.isEmpty }
  /// The keys, in order.
  public var keys: [String] { members.map(\.key) }
  /// The values, in order.
  public var values: [JSONValue] { members.map(\.value) }

  /// Reads, sets (a new key goes to the end) or, with `nil`, removes a member.
  public subscript(key: String) -> JSONValue? {
    get { position(of: key, near: 0).map { members[$0].value } }
    set {
      switch (position(of: key, near: 0), newValue) {
      case (let position?, let value?): members[position].value = value
      case (let position?, nil):
        members.remove(at: position)
        index = members.count > KeyIndex.threshold ? KeyIndex(members) : nil
      case (nil, let value?): append(newKey: key, value)
      case (nil, nil): break
      }
    }
  }

  /// Adds a member whose key is known to be new.
  mutating func append(newKey key: String, _ value: JSONValue) {
    members.append((key, value))
    if index != nil {
      index?.insert(key, at: members.count - 1, members)
    } else if members.count > KeyIndex.threshold {
      index = KeyIndex(members)
    }
  }

  /// Where a key stands. Looks at `hint` first: readers mostly ask for keys in the order in which they stand.
  func position(of key: String, near hint: Int) -> Int? {
    if hint < members.count, members[hint].key.hasSameBytes(as: key) { return hint }
    if let index { return index.position(of: key, members) }
    for position in members.indices where members[position].key.hasSameBytes(as: key) { return position }
    return nil
  }
}

extension JSONObject: RandomAccessCollection {
  public var startIndex: Int { members.startIndex }
  public var endIndex: Int { members.endIndex }
  public subscript(position: Int) -> Member { members[position] }
}

extension JSONObject: Hashable {
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    for position in left.members.indices {
      guard let other = right.position(of: left.members[position].key, near: position),
        right.members[other].value == left.members[position].value
      else { return false }
    }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    // Order must not count, so the members' hashes are combined by a sum.
    var sum = 0
    for (key, value) in members {
      var inner = Hasher()
      key.hashBytes(into: &inner)
      inner.combine(value)
      sum &+= inner.finalize()
    }
    hasher.combine(sum)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
