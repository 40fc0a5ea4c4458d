/// The members of a dict that a template built, in order. Never changes once it is built.
final class ValueDict: @unchecked Sendable {
  private(set) var keys: ContiguousArray<Value> = []
  private(set) var values: ContiguousArray<Value> = []
  private(set) var depth = 1
  private(set) var weight = 1
  /// Where each key stands; only in larger dicts.
  private var index: [DictKey: Int] = [:]

  private static let indexed = 8

  init() {}

  /// Sets a member while the dict is being built.
  func set(_ key: Value, _ value: Value) throws(Failure) {
    if let position = try position(of: key) {
      values[position] = value
    } else {
      keys.append(key)
      values.append(value)
      if keys.count > Self.indexed {
        if index.isEmpty {
          for (position, key) in keys.enumerated() { index[DictKey(value: key)] = position }
        } else {
          index[DictKey(value: key)] = keys.count - 1
        }
      }
    }
    let (sum, overflow) = weight.addingReportingOverflow(Value.weight(of: [key, value]))
    weight = overflow ? Int.max : sum
    depth = max(depth, max(key.depth, value.depth) + 1)
    guard depth <= ValueList.deepest else { throw Failure(.recursion, "values are nested too deeply") }
  }

  func value(of key: Value) throws(Failure) -> Value? { try position(of: key).map { values[$0] } }

  func position(of key: Value) throws(Failure) -> Int? {
    try key.checkHashable()
    if !index.isEmpty { return index[DictKey(value: key)] }
    if let text = key.text {
      for position in keys.indices {
        if let other = keys[position].text, other.hasSameBytes(as: text) { return position }
      }
      return nil
    }
    for position in keys.indices where keys[position].equals(key) { return position }
    return nil
  }

  /// The value under a string.
  func value(named name: String) -> Value? {
    if !index.isEmpty { return index[DictKey(value: .string(name))].map { values[$0] } }
    for position in keys.indices {
      if let key = keys[position].text, key.hasSameBytes(as: name) { return values[position] }
    }
    return nil
  }

  /// Forgets everything, so that no ring of references outlives a rendering.
  func clear() {
    keys = []
    values = []
    index = [:]
  }
}

/// A value as the key of a dict: `1`, `1.0` and `True` are one key, as in Python.
struct DictKey: Hashable {
  let value: Value

  static func == (left: DictKey, right: DictKey) -> Bool { left.value.equals(right.value) }

  func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}
