import OrderedJSON

/// Checks that the turns of a conversation can follow each other: instructions first, and each tool result after the
/// call that it answers.
struct TurnOrder {
  private struct OpenCall {
    var id: String?
    var name: String
  }

  private var instructions: [MessageRole] = []
  private var hasBegun = false
  private var hasAssistant = false
  private var hasCalled = false
  /// The calls that wait for a result, in order.
  private var open: [OpenCall] = []

  mutating func add(
    _ message: JSONObject, _ role: MessageRole, at path: @autoclosure () -> String
  ) throws(RowMisfit) {
    switch role {
    case .system, .developer:
      if instructions.contains(role) {
        throw RowMisfit(path(), "there is a second \(role.rawValue) turn; join it with the first")
      }
      if hasBegun { throw RowMisfit(path(), "the \(role.rawValue) turn must come first") }
      instructions.append(role)
    case .tool: try answer(message, at: path())
    case .assistant:
      hasAssistant = true
      if let calls = message["tool_calls"]?.arrayValue { try note(calls, at: path()) }
    case .user: break
    }
    hasBegun = hasBegun || (role != .system && role != .developer)
  }

  /// To be called after the last turn.
  func finish() throws(RowMisfit) {
    if !hasAssistant { throw RowMisfit("/messages", "no turn is the assistant's, so there is nothing to train on") }
  }

  private mutating func note(_ calls: [JSONValue], at path: @autoclosure () -> String) throws(RowMisfit) {
    if calls.isEmpty { return }
    hasCalled = true
    let first = open.count
    for (index, call) in calls.enumerated() {
      let id = call["id"]?.stringValue
      if let id, open[first...].contains(where: { $0.id == id }) {
        throw RowMisfit(path() + "/tool_calls/\(index)/id", "two calls of the turn have the id \"\(id)\"")
      }
      open.append(OpenCall(id: id, name: call["function"]?["name"]?.stringValue ?? ""))
    }
  }

  private mutating func answer(_ message: JSONObject, at path: @autoclosure () -> String) throws(RowMisfit) {
    if !hasCalled { throw RowMisfit(path(), "the tool result has no call before it") }
    guard let id = message["tool_call_id"]?.stringValue else {
      if open.isEmpty { throw RowMisfit(path(), "the tool result answers no call: all have theirs already") }
      let name = message["name"]?.stringValue
      open.remove(at: open.firstIndex { $0.name == name } ?? 0)
      return
    }
    if let place = open.firstIndex(where: { $0.id == id }) {
      open.remove(at: place)
    } else if open.contains(where: { $0.id == nil }) {
      throw RowMisfit(
        path() + "/tool_call_id",
        "the result answers the call \"\(id)\", but the calls before it have no ids; "
          + "give each its id, or leave tool_call_id out")
    } else {
      throw RowMisfit(path() + "/tool_call_id", "no call that waits for a result has the id \"\(id)\"")
    }
  }
}
