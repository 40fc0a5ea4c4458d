import OrderedJSON

/// Makes conversations with tools without a model: requests and answers are worded from descriptions, arguments and
/// results, and every call is made.
///
/// A conversation is kept only where each of its calls got an answer.
public struct ScriptedToolUse: Sendable {
  private let registry: ToolRegistry
  private let executors: ToolExecutors
  private let options: ToolUseOptions
  private let toolsFile: String

  /// - Parameter toolsFile: the tools file's path as it is to stand in the rows.
  public init(_ registry: ToolRegistry, _ executors: ToolExecutors, options: ToolUseOptions, toolsFile: String) {
    self.registry = registry
    self.executors = executors
    self.options = options
    self.toolsFile = toolsFile
  }

  /// Makes all conversations and writes them to `output`, what was dropped to `rejected`; `-` is stdout.
  /// - Returns: how many were kept, and dropped by which check.
  /// - Throws: `FileError`, what stops the run, or `Interrupted`; then neither file appears.
  public func run(
    to output: String, rejected: String?, concurrency: Int, listener: any ProgressListener = SilentProgress(),
    interrupt: Interrupt = Interrupt()
  ) async throws -> LinesTally {
    let planner = ToolUsePlanner(registry: registry, executors: executors, options: options)
    let (plans, unusable) = try await planner.plans { interrupt.isRequested }
    if interrupt.isRequested { throw Interrupted() }
    let lines = ToolUseLines(
      output: output, rejected: rejected, concurrency: concurrency, listener: listener, interrupt: interrupt)
    return try await lines.write(plans, unusable: unusable) { [try await outcome(of: $0)] }
  }

  /// Plays a conversation from a clean state.
  func outcome(of plan: ToolUsePlan) async throws -> Outcome<ToolUseSample> {
    let session = executors.session()
    do {
      let outcome = try await play(plan, in: session)
      await session.close()
      return outcome
    } catch {
      await session.close()
      throw error
    }
  }

  private func play(_ plan: ToolUsePlan, in session: CallSession) async throws -> Outcome<ToolUseSample> {
    var numbers = SeededNumbers(seed: options.seed, for: "words", String(plan.number))
    var messages: [Message]
    if let unserved = plan.unserved {
      messages = [
        Message(role: .user, content: unserved),
        Message(role: .assistant, content: Self.refusal(plan.distractors, &numbers)),
      ]
    } else {
      messages = [Message(role: .user, content: request(for: plan, &numbers))]
      var answers: [String] = []
      let turns = plan.kind == .multiStep ? plan.calls.map { [$0] } : [plan.calls]
      var made = 0
      var last = JSONValue.null
      for turn in turns {
        var calls: [ToolCall] = []
        for var call in turn {
          if let link = call.link {
            // The answer that counts is the one of this conversation, not of the plan.
            guard let value = Self.value(at: link.path, in: last) else { return .rejected(broken(plan, link)) }
            var arguments = call.arguments.objectValue ?? [:]
            arguments[link.argument] = value
            call.arguments = .object(arguments)
            answers = ["The \(WordsOfName.phrase(link.argument)) is \(RequestWording.spoken(value))."]
          }
          made += 1
          calls.append(ToolCall(id: "call_\(made)", name: call.tool, arguments: call.arguments))
        }
        messages.append(Message(role: .assistant, content: nil, toolCalls: calls))
        for (call, observation) in zip(calls, try await session.execute(turn: calls)) {
          guard let observation, observation.saysSomething else { return .rejected(failed(plan, call, observation)) }
          last = observation.output
          messages.append(
            Message(role: .tool, content: last.stringValue ?? last.serialized(), toolCallID: call.id))
          if plan.kind != .multiStep || call.id == "call_\(plan.calls.count)" {
            answers.append(AnswerWording.answer(last, numbers: &numbers))
          }
        }
      }
      let answer = plan.kind == .parallel ? Self.numbered(answers) : answers.joined(separator: " ")
      messages.append(Message(role: .assistant, content: answer))
    }
    let called = plan.calls.map(\.tool).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let shown = (called + plan.distractors).shuffled(using: &numbers).compactMap { registry[$0]?.shownDefinition }
    return .kept(
      ToolUseSample(
        kind: plan.kind, messages: messages, tools: shown, called: called, toolsFile: toolsFile, generator: "scripted"))
  }

  // MARK: Words

  private func request(for plan: ToolUsePlan, _ numbers: inout SeededNumbers) -> String {
    var orders: [String] = []
    for call in plan.calls {
      guard let tool = registry[call.tool] else { continue }
      var reference: [String: (String) -> String] = [:]
      if let link = call.link {
        let first = link.path.contains("0") ? "first " : ""
        reference[link.argument] = { "the \(first)\($0) that you find" }
      }
      orders.append(RequestWording(tool, arguments: call.arguments, reference: reference, numbers: &numbers).order)
    }
    let joint =
      plan.kind == .multiStep ? [", and then ", "; with that, "] : [", and also ", "; then, apart from that, "]
    return RequestWording.request(orders.joined(separator: numbers.pick(joint) ?? " and "), numbers: &numbers)
  }

  private static func refusal(_ shown: [String], _ numbers: inout SeededNumbers) -> String {
    let list = RequestWording.joined(shown.map { "`\($0)`" })
    let frames = [
      "I cannot do that: none of the tools that I have (\(list)) serves for it.",
      "I have no tool for that. What I can use is \(list).",
      "That is beyond the tools that I have. I could only use \(list), which does not help here.",
    ]
    return numbers.pick(frames) ?? frames[0]
  }

  private static func numbered(_ answers: [String]) -> String {
    answers.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined(separator: "\n")
  }

  private static func value(at path: [String], in answer: JSONValue) -> JSONValue? {
    var place = answer
    for part in path {
      let element = Int(part).flatMap { place[$0] }
      guard let next = place[part] ?? element else { return nil }
      place = next
    }
    return place
  }

  // MARK: Rejections

  private func failed(_ plan: ToolUsePlan, _ call: ToolCall, _ observation: Observation?) -> Rejection {
    let answered = observation?.status == .ok
    return Rejection(
      stage: .generate, check: answered ? "empty-answer" : "call-failed",
      reason: answered
        ? "\(call.name) answered with nothing"
        : "a call of \(call.name): \(observation?.failureWords ?? "was not made")",
      values: ["kind": .string(plan.kind.rawValue), "arguments": call.arguments], id: "\(call.name)-\(plan.number)")
  }

  private func broken(_ plan: ToolUsePlan, _ link: ToolLink) -> Rejection {
    Rejection(
      stage: .generate, check: "link-lost",
      reason: "\(plan.calls[0].tool) answered without \(link.path.joined(separator: "/")) this time",
      values: ["argument": .string(link.argument)], id: "\(plan.calls[0].tool)-\(plan.number)")
  }
}

extension Tool {
  /// The definition that a model is shown: nothing of how calls are executed.
  var shownDefinition: JSONValue {
    var function: JSONObject = ["name": .string(name)]
    if let description { function["description"] = .string(description) }
    function["parameters"] = parameters
    return ["type": "function", "function": .object(function)]
  }
}
