import OrderedJSON

/// One decision of a model that was carried out: calls, with what came of them.
struct ToolUseStep: Sendable {
  var thought: String
  var calls: [ToolCall]
  var observations: [Observation]

  /// Why the step failed; `nil` where every call got an answer.
  var problem: String? {
    zip(calls, observations).lazy
      .compactMap { call, seen in seen.status == .ok ? nil : "\(call.name): \(seen.failureWords)" }.first
  }
}

/// What a user asked for, and all that led to the answer.
struct ToolUseTurn: Sendable {
  var request: String
  var steps: [ToolUseStep] = []
  /// The thought before the answer, and the answer.
  var thought = ""
  var answer = ""

  /// Makes one step of several that make so many calls: none of them needed another's result, though they were made one
  /// after the other.
  mutating func joinSteps(of count: Int) {
    guard steps.count > 1, steps.flatMap(\.calls).count == count else { return }
    steps = [
      ToolUseStep(
        thought: steps[0].thought, calls: steps.flatMap(\.calls), observations: steps.flatMap(\.observations))
    ]
  }

  /// The turn with a step that failed on its way; `nil` where the way to the answer leads elsewhere.
  func recovering(from failure: (path: [ToolUseStep], step: ToolUseStep)) -> ToolUseTurn? {
    let known = failure.path.count
    guard steps.count > known, failure.path.map(\.calls) == steps.prefix(known).map(\.calls) else { return nil }
    var whole = self
    whole.steps = failure.path + [failure.step] + steps.dropFirst(known)
    return whole
  }

  /// The turn as messages; ids of calls count on from `made`.
  func messages(after made: inout Int) -> [Message] {
    var messages = [Message(role: .user, content: request)]
    for step in steps {
      var calls = step.calls
      for place in calls.indices {
        made += 1
        calls[place].id = "call_\(made)"
      }
      messages.append(
        Message(role: .assistant, content: nil, reasoningContent: Self.said(step.thought), toolCalls: calls))
      for (call, seen) in zip(calls, step.observations) {
        messages.append(Message(role: .tool, content: seen.asContent, toolCallID: call.id))
      }
    }
    messages.append(Message(role: .assistant, content: answer, reasoningContent: Self.said(thought)))
    return messages
  }

  private static func said(_ thought: String) -> String? { thought.isEmpty ? nil : thought }
}

extension Observation {
  /// What stands in the message of a tool.
  var asContent: String {
    guard status == .ok else { return "Error: \(failureWords)" }
    return saysNothing ? "" : output.stringValue ?? output.serialized()
  }
}
