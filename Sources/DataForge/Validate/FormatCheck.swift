import OrderedJSON

/// Checks that a row is a conversation with calls as chat formats know it.
///
/// - The row is an object with `messages` (or flat `calls`); each message has a known role and content.
/// - Each call has a name that is legal, or that one of the row's own tools has, and strict JSON arguments; ids do not
///   repeat; calls in a text can be read.
/// - Each tool result answers a call that is still open, and no turn but a result follows an open call.
/// - A row without a call fails, unless it is labelled `"irrelevance": true`; then one with a call fails.
struct FormatCheck {
  private let row: ToolRow
  private var failures: [CheckResult] = []
  private var recorded: [RecordedResult] = []

  /// What is wrong with the row, in the order of the row.
  /// - Parameter isTool: whether a name is one of the row's tools.
  static func failures(in row: ToolRow, isTool: (String) -> Bool) -> [CheckResult] {
    var check = FormatCheck(row: row)
    check.checkCalls(isTool)
    check.checkTurns()
    check.checkCount()
    return check.failures
  }

  /// The results that the row has for its calls.
  static func recordedResults(in row: ToolRow) -> [RecordedResult] {
    guard row.messages?.contains(where: { MessageReading.role(of: $0) == .tool }) == true else { return [] }
    var check = FormatCheck(row: row)
    check.checkTurns()
    return check.recorded
  }

  private init(row: ToolRow) { self.row = row }

  private mutating func fail(_ kind: FailureKind, _ path: String, _ reason: String) {
    failures.append(.fails(.format, kind, at: path, reason))
  }

  private mutating func fail(_ kind: FailureKind, _ call: ToolRow.Call, _ path: String, _ reason: String) {
    failures.append(.fails(.format, kind, call, of: row, at: path, reason))
  }

  private mutating func checkCalls(_ isTool: (String) -> Bool) {
    if let path = row.malformedPath { fail(.misplacedCalls, path, "calls are an array") }
    for text in row.brokenTexts { fail(.brokenText, text.path, text.problem) }
    var ids: Set<String> = []
    for call in row.calls {
      switch call.name {
      case nil: fail(.name, call, call.path + "/name", "the call names no function")
      case let name? where !ToolName.isLegal(name) && (name.isEmpty || !isTool(name)):
        fail(.name, call, call.path + "/name", "the function's name is not legal: \(ToolName.rule)")
      default: break
      }
      if let problem = call.argumentsProblem { fail(.arguments, call, "/arguments", problem) }
      if row.calls.count > 1, let id = call.id, !ids.insert(id).inserted {
        fail(.repeatedID, call, call.path, "the id \"\(id)\" is there twice")
      }
    }
  }

  private mutating func checkCount() {
    if row.isIrrelevance {
      if let call = row.calls.first {
        fail(.unwantedCall, call, call.path, "the row is labelled as one where no call is right, and it makes one")
      }
    } else if row.calls.isEmpty, failures.isEmpty {
      fail(
        .noCall, row.flatPlace ?? row.conversation.place,
        "there is no call; label the row \"irrelevance\": true where none is right")
    }
  }

  // MARK: The order of turns

  private mutating func checkTurns() {
    guard row.json.objectValue != nil else {
      let hint = row.json.arrayValue == nil ? "" : "; a file of rows has one in each line (jq -c '.[]' makes it so)"
      fail(.notARow, "", "a row is an object, not \(row.json.typeName)\(hint)")
      return
    }
    guard let messages = row.messages else {
      if let other = row.json["messages"] {
        fail(.notARow, "/messages", "messages are an array, not \(other.typeName)")
      } else if row.flatPlace == nil {
        if let (key, other) = row.json.firstMember(of: ["conversations", "contents"]), other.arrayValue == nil {
          fail(.notARow, "/" + key, "\(key) are an array, not \(other.typeName)")
        } else {
          fail(.notARow, "/messages", "the row has no messages")
        }
      }
      return
    }
    var open: [OpenCall] = []
    var hasUser = false
    var nextCall = 0
    var lastRole: MessageRole?
    for (index, message) in messages.enumerated() {
      guard let role = MessageReading.role(of: message) else {
        fail(.role, row.conversation.role(index), roleProblem(message["role"]))
        continue
      }
      lastRole = role
      checkContent(of: message, role, at: index)
      if role == .tool {
        answer(message, &open, at: index, of: messages)
        continue
      }
      for call in open {
        fail(.unanswered, place(index), "the call of \(call.name) has no result before the next turn")
      }
      if !open.isEmpty { open = [] }
      switch role {
      case .system, .developer:
        if hasUser {
          fail(
            .order, row.conversation.role(index), "a \(role.rawValue) message stands after the conversation has begun")
        }
      case .user: hasUser = true
      case .assistant:
        if !hasUser { fail(.order, row.conversation.role(index), "the assistant speaks before any user") }
        while nextCall < row.calls.count, row.calls[nextCall].message == index {
          let call = row.calls[nextCall]
          open.append(OpenCall(index: nextCall, id: call.id, name: call.name ?? "?"))
          nextCall += 1
        }
      default: break
      }
    }
    // A row may end with its calls, but not in the midst of their results.
    guard lastRole == .tool else { return }
    for call in open {
      fail(.unanswered, row.conversation.place, "the call of \(call.name) has no result, though others have")
    }
  }

  private func place(_ index: Int) -> String { row.conversation.turn(index) }

  private struct OpenCall {
    var index: Int
    var id: String?
    var name: String
  }

  private mutating func answer(_ message: JSONValue, _ open: inout [OpenCall], at index: Int, of messages: [JSONValue])
  {
    var results = MessageReading.results(in: message)
    let isFollowed = index + 1 < messages.count && MessageReading.role(of: messages[index + 1]) == .tool
    if results.count == 1, !isFollowed, let several = together(results[0], open) { results = several }
    for result in results { answer(result, &open, at: index) }
  }

  /// Datasets that name who speaks by `from` write the results of parallel calls as one list.
  private func together(_ result: MessageReading.Result, _ open: [OpenCall]) -> [MessageReading.Result]? {
    guard row.conversation.family == .paired, open.count > 1, result.id == nil, result.name == nil,
      let list = ToolRow.unwrapped(result.content).arrayValue, list.count == open.count
    else { return nil }
    return list.map { entry in
      let name = entry["name"]?.stringValue
      return MessageReading.Result(name: open.contains { $0.name == name } ? name : nil, content: entry)
    }
  }

  private mutating func answer(_ result: MessageReading.Result, _ open: inout [OpenCall], at index: Int) {
    guard !open.isEmpty else {
      fail(.strayResult, place(index), "a tool result stands where no call waits for one")
      return
    }
    let found: Int?
    if let id = result.id {
      // Where calls carry no ids, the results come in the order of the calls.
      found = open.firstIndex { $0.id == id } ?? (open.allSatisfy { $0.id == nil } ? 0 : nil)
      if found == nil {
        let path = row.conversation.place(of: result, in: index, result.idKey)
        fail(.strayResult, path, "no call that waits for a result has the id \"\(id)\"")
      }
    } else {
      found = result.name.map { name in open.firstIndex { $0.name == name } } ?? 0
      if found == nil {
        let path = row.conversation.place(of: result, in: index, "name")
        fail(.strayResult, path, "no call that waits for a result is of that name")
      }
    }
    guard let found else { return }
    recorded.append(RecordedResult(call: open.remove(at: found).index, message: index, result: result))
  }

  private func roleProblem(_ role: JSONValue?) -> String {
    guard let name = role?.stringValue else { return "the message has no role" }
    let known =
      switch row.conversation.family {
      case .chat: ["system", "developer", "user", "assistant", "tool"]
      case .paired: ["system", "human", "gpt", "function_call", "observation"]
      case .gemini: ["user", "model", "function"]
      case .responses: ["system", "developer", "user", "assistant", "function_call", "function_call_output"]
      }
    return "there is no role \"\(name.prefix(40))\"\(Suggestion.hint(for: name, among: known)); known: "
      + known.joined(separator: ", ")
  }

  private mutating func checkContent(of message: JSONValue, _ role: MessageRole, at index: Int) {
    let calls = message["tool_calls"].flatMap { $0.isNull ? nil : $0 }
    if calls != nil, role != .assistant {
      fail(.misplacedCalls, place(index) + "/tool_calls", "only the assistant makes calls")
    }
    switch message["content"] {
    case .array?: break
    case let other? where row.conversation.family == .gemini:
      fail(.content, row.conversation.content(index), "parts are an array, not \(other.typeName)")
    case .string?: break
    case nil, .null?:
      let hasCalls = calls?.arrayValue?.isEmpty == false || message["function_call"]?.objectValue != nil
      if role != .assistant || !hasCalls {
        fail(.content, row.conversation.content(index), "the message says nothing")
      }
    case .object? where role == .tool: break
    case let other?:
      fail(.content, row.conversation.content(index), "content is a string, not \(other.typeName)")
    }
  }
}
