import OrderedJSON

extension JSONObject {
  /// Whether a member is `null`.
  var hasNull: Bool {
    for (_, value) in self where value.isNull { return true }
    return false
  }

  /// The object without members that are `null`; what is nested stays.
  var withoutNulls: JSONObject {
    guard hasNull else { return self }
    return JSONObject(filter { !$0.value.isNull }.map { ($0.key, $0.value) })
  }

  /// The object without these members.
  func without(_ keys: Set<String>) -> JSONObject {
    JSONObject(filter { !keys.contains($0.key) }.map { ($0.key, $0.value) })
  }
}
