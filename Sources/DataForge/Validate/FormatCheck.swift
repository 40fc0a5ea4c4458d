import OrderedJSON

/// Checks that a row is a conversation with calls as chat formats know it.
///
/// - The row is an object with `messages` (or flat `calls`); each message has a known role and content.
/// - Each call has a legal name and strict JSON arguments; ids do not repeat.
/// - Each tool result answers a call that is still open, and no turn but a result follows an open call.
/// - A row without a call fails, unless it is labelled `"irrelevance": true`; then one with a call fails.
struct FormatCheck {
  private let row: ToolRow
  private var failures: [CheckResult] = []

  /// What is wrong with the row, in the order of the row.
  static func failures(in row: ToolRow) -> [CheckResult] {
    var check = FormatCheck(row: row)
    check.checkCalls()
    check.checkTurns()
    check.checkCount()
    return check.failures
  }

  private init(row: ToolRow) { self.row = row }

  private mutating func fail(_ path: String, _ reason: String) {
    failures.append(.fails(.format, at: path, reason))
  }

  private mutating func fail(_ call: ToolRow.Call, _ path: String, _ reason: String) {
    failures.append(.fails(.format, call, of: row, at: path, reason))
  }

  private mutating func checkCalls() {
    if let path = row.malformedPath { fail(path, "calls are an array") }
    var ids: Set<String> = []
    for call in row.calls {
      switch call.name {
      case nil: fail(call, call.path + "/name", "the call names no function")
      case let name? where !ToolName.isLegal(name):
        fail(call, call.path + "/name", "the function's name is not legal: \(ToolName.rule)")
      default: break
      }
      if let problem = call.argumentsProblem { fail(call, "/arguments", problem) }
      if let id = call.id, !ids.insert(id).inserted { fail(call, call.path, "the id \"\(id)\" is there twice") }
    }
  }

  private mutating func checkCount() {
    if row.isIrrelevance {
      if let call = row.calls.first {
        fail(call, call.path, "the row is labelled as one where no call is right, and it makes one")
      }
    } else if row.calls.isEmpty, failures.isEmpty {
      fail("/messages", "there is no call; label the row \"irrelevance\": true where none is right")
    }
  }

  // MARK: The order of turns

  private mutating func checkTurns() {
    guard row.json.objectValue != nil else {
      fail("", "a row is an object, not \(row.json.typeName)")
      return
    }
    guard let messages = row.messages else {
      if let other = row.json["messages"] { fail("/messages", "messages are an array, not \(other.typeName)") }
      if row.json["messages"] == nil, row.calls.isEmpty { fail("/messages", "the row has no messages") }
      return
    }
    var open: [OpenCall] = []
    var hasUser = false
    var nextCall = 0
    for (index, message) in messages.enumerated() {
      let path = "/messages/\(index)"
      guard let name = message["role"]?.stringValue, let role = MessageRole(rawValue: name) else {
        fail(path + "/role", roleProblem(message["role"]))
        continue
      }
      checkContent(of: message, role, at: path)
      if role == .tool {
        answer(message, &open, at: path)
        continue
      }
      for call in open { fail(path, "the call of \(call.name) has no result before the next turn") }
      open = []
      switch role {
      case .system, .developer:
        if hasUser { fail(path + "/role", "a \(name) message stands after the conversation has begun") }
      case .user: hasUser = true
      case .assistant:
        if !hasUser { fail(path + "/role", "the assistant speaks before any user") }
        let count = message["tool_calls"]?.arrayValue?.count ?? 0
        open = row.calls[min(nextCall, row.calls.count)..<min(nextCall + count, row.calls.count)].map {
          OpenCall(id: $0.id, name: $0.name ?? "?")
        }
        nextCall += count
      default: break
      }
    }
    // A row may end with its calls, but not in the midst of their results.
    if messages.last?["role"]?.stringValue == "tool" {
      for call in open { fail("/messages", "the call of \(call.name) has no result, though others have") }
    }
  }

  private struct OpenCall {
    var id: String?
    var name: String
  }

  private mutating func answer(_ message: JSONValue, _ open: inout [OpenCall], at path: String) {
    guard !open.isEmpty else {
      fail(path, "a tool result stands where no call waits for one")
      return
    }
    let place: Int?
    if let id = message["tool_call_id"]?.stringValue {
      // Where calls carry no ids, the results come in the order of the calls.
      place = open.firstIndex { $0.id == id } ?? (open.allSatisfy { $0.id == nil } ? 0 : nil)
      if place == nil { fail(path + "/tool_call_id", "no call that waits for a result has the id \"\(id)\"") }
    } else {
      let name = message["name"]?.stringValue
      place = name.map { name in open.firstIndex { $0.name == name } } ?? 0
      if place == nil { fail(path + "/name", "no call that waits for a result is of that name") }
    }
    if let place { open.remove(at: place) }
  }

  private func roleProblem(_ role: JSONValue?) -> String {
    guard let name = role?.stringValue else { return "the message has no role" }
    let known = ["system", "developer", "user", "assistant", "tool"]
    return "there is no role \"\(name.prefix(40))\"\(Suggestion.hint(for: name, among: known)); known: "
      + known.joined(separator: ", ")
  }

  private mutating func checkContent(of message: JSONValue, _ role: MessageRole, at path: String) {
    let calls = message["tool_calls"].flatMap { $0.isNull ? nil : $0 }
    if calls != nil, role != .assistant { fail(path + "/tool_calls", "only the assistant makes calls") }
    switch message["content"] {
    case .string?, .array?: break
    case nil, .null?:
      if role != .assistant || (calls?.arrayValue ?? []).isEmpty { fail(path + "/content", "the message says nothing") }
    case .object? where role == .tool: break
    case let other?: fail(path + "/content", "content is a string, not \(other.typeName)")
    }
  }
}
