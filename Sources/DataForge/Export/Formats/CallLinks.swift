import OrderedJSON

/// The ids of calls in formats that have no place for them: `call_ids`, a list over all calls of the row in order.
///
/// They stand beside the conversation, since calls and answers there are the very text that is trained on.
enum CallLinks {
  static let member = "call_ids"

  /// The row's `call_ids`; `nil` where no call has one.
  static func written(_ turns: [ChatTurn], _ losses: LossRule) throws(RowMisfit) -> JSONValue? {
    var ids: [JSONValue] = []
    var missing: String?
    for turn in turns {
      for (index, call) in turn.calls.enumerated() {
        if let id = call.id { ids.append(.string(id)) } else { missing = "\(turn.path)/tool_calls/\(index)" }
      }
    }
    if ids.isEmpty { return nil }
    guard let missing else { return .array(ids) }
    try losses.lose(missing, "ids that some calls have and others have not", "give every call its id")
    return nil
  }

  /// The ids of a row that has `count` calls; empty where it names none.
  static func read(_ row: JSONObject, count: Int) throws(RowMisfit) -> [String] {
    guard let value = row[member], !value.isNull else { return [] }
    guard let ids = value.arrayValue?.compactMap(\.stringValue), ids.count == count, value[count] == nil else {
      throw RowMisfit("/" + member, "call_ids lists the id of each of the row's \(count) calls, in order")
    }
    return ids
  }
}
