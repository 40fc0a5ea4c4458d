import OrderedJSON

/// What a model wants to do next: a thought, and calls or an answer; neither is giving up.
struct ModelDecision: Hashable, Sendable {
  var thought = ""
  var calls: [ToolCall] = []
  var answer = ""

  /// What may be decided at a place.
  enum Choice: Hashable, Sendable {
    /// Calls alone: what was asked for is not known yet.
    case calls
    /// An answer alone: the results suffice.
    case answer
    case callsOrAnswer
    /// An answer that says that no tool serves.
    case refusal
  }

  /// Reads a reply: the JSON that was asked for, calls in the server's own form or in that of a model's template, or a
  /// plain text where an answer was asked for.
  /// - Returns: `nil` where nothing of this is found.
  init?(_ reply: BackendReply, choice: Choice) {
    guard reply.finishReason != .length else { return nil }
    let json = JSONReply.parse(reply.text)
    let isAnswering = choice != .calls
    if !reply.toolCalls.isEmpty {
      calls = reply.toolCalls
      thought = json?["thought"]?.stringValue ?? reply.text
    } else if let json, let named = Self.calls(in: json) {
      calls = named
      thought = json["thought"]?.stringValue ?? ""
      answer = json["answer"]?.stringValue ?? ""
    } else if let found = CallsInText.find(in: reply.text), !found.calls.isEmpty {
      calls = found.calls.map { ToolCall(name: $0.name, arguments: $0.arguments) }
    } else if json == nil, isAnswering {
      answer = reply.text
    } else {
      return nil
    }
    if thought.allSatisfy(\.isWhitespace) { thought = reply.reasoning ?? "" }
    thought = thought.trimmed
    answer = answer.trimmed
    // The results suffice: further calls are idle. Where they do not yet, an answer beside calls is made up.
    if choice == .answer { calls = [] }
    if !calls.isEmpty { answer = "" }
  }

  /// The calls of a decision, none where it answers; `nil` where the JSON is no decision.
  private static func calls(in json: JSONValue) -> [ToolCall]? {
    if let call = call(json) { return [call] }
    let list = json.arrayValue ?? json["calls"]?.arrayValue ?? json["tool_calls"]?.arrayValue
    guard let list else { return json["answer"]?.stringValue.map { _ in [] } }
    let calls = list.compactMap(call)
    return calls.count == list.count && (json.arrayValue == nil || !calls.isEmpty) ? calls : nil
  }

  private static func call(_ entry: JSONValue) -> ToolCall? {
    let entry = entry["function"]?.objectValue.map { .object($0) } ?? entry
    guard let name = entry["name"]?.stringValue, var arguments = entry["arguments"] ?? entry["parameters"] else {
      return nil
    }
    if let text = arguments.stringValue, let inner = try? JSONValue(parsing: text) { arguments = inner }
    return arguments.objectValue == nil ? nil : ToolCall(name: name, arguments: arguments)
  }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
