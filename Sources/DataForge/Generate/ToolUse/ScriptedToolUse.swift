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
    let lines = ToolUseLines(
      output: output, rejected: rejected, concurrency: concurrency, listener: listener, interrupt: interrupt)
    return try await lines.write(planner) { plan, _ in [try await outcome(of: plan)] }
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
            answers = ["The \(WordsOfName.phrase(link.argument)) is \(ArgumentWording.spoken(value))."]
          }
          made += 1
          calls.append(ToolCall(id: "call_\(made)", name: call.tool, arguments: call.arguments))
        }
        messages.append(Message(role: .assistant, content: nil, toolCalls: calls))
        for (call, observation) in zip(calls, try await session.execute(turn: calls)) {
          guard let observation, observation.status == .ok else { return .rejected(failed(plan, call, observation)) }
          last = observation.output
          messages.append(Message(role: .tool, content: observation.asContent, toolCallID: call.id))
          if plan.kind != .multiStep || call.id == "call_\(plan.calls.count)" {
            answers.append(AnswerWording.answer(last, to: call.arguments, numbers: &numbers))
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
    let again = plan.kind == .parallel ? sameAgain(plan.calls, &numbers) : nil
    var orders: [String] = []
    for call in again == nil ? plan.calls : Array(plan.calls.prefix(1)) {
      guard let tool = registry[call.tool] else { continue }
      var reference: [String: (String) -> String] = [:]
      if let link = call.link {
        let isFirst = link.path.contains("0")
        let end =
          numbers.pick(isFirst ? ["that you find", "on that list", "you get"] : ["that you find", "you get"]) ?? ""
        reference[link.argument] = { "the \(isFirst ? "first " : "")\($0) \(end)" }
      }
      orders.append(RequestWording(tool, arguments: call.arguments, reference: reference, numbers: &numbers).order)
    }
    guard let first = orders.first, orders.count > 1 || again != nil else {
      return RequestWording.request(orders.first ?? "", numbers: &numbers)
    }
    let rest = again.map { [$0] } ?? Array(orders.dropFirst())
    if numbers.number(in: 0...1) == 0 {
      // A sentence for each.
      let links =
        again != nil
        ? ["And ", "Then ", "Also "]
        : plan.kind == .multiStep
          ? ["Then ", "After that, ", "With that, ", "Once you have it, "]
          : ["Also, ", "Apart from that, ", "In addition, ", "And "]
      let said = rest.map { (numbers.pick(links) ?? "") + $0 + "." }.joined(separator: " ")
      return RequestWording.request(first, numbers: &numbers) + " " + said
    }
    let links =
      again != nil
      ? [", and ", "; then "]
      : plan.kind == .multiStep
        ? [", and then ", "; with that, ", ", then "] : [", and also ", "; apart from that, ", ", plus "]
    return RequestWording.request(
      first + rest.map { (numbers.pick(links) ?? " and ") + $0 }.joined(), isOne: false, numbers: &numbers)
  }

  /// “do the same for LAN-03”: the second of two calls that differ in one value only; `nil` where they are not so.
  private func sameAgain(_ calls: [ToolUsePlan.Call], _ numbers: inout SeededNumbers) -> String? {
    guard calls.count == 2, calls[0].tool == calls[1].tool, let tool = registry[calls[0].tool],
      let first = calls[0].arguments.objectValue, let second = calls[1].arguments.objectValue,
      first.count == second.count
    else { return nil }
    let changed = second.filter { first[$0.key] != $0.value }
    guard changed.count == 1, let (name, value) = changed.first.map({ ($0.key, $0.value) }), first[name] != nil,
      value.boolValue == nil
    else { return nil }
    let spoken = ArgumentWording(name, value, of: tool).spoken
    let what = value.stringValue == nil ? "the \(WordsOfName.phrase(name)) \(spoken)" : spoken
    return (numbers.pick(["do the same for ", "the same again for ", "the same for "]) ?? "") + what
  }

  private static func refusal(_ shown: [String], _ numbers: inout SeededNumbers) -> String {
    let list = ArgumentWording.joined(shown.map { "`\($0)`" })
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
    Rejection(
      stage: .generate, check: observation?.status == .emptyAnswer ? "empty-answer" : "call-failed",
      reason: "a call of \(call.name): \(observation?.failureWords ?? "was not made")",
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
