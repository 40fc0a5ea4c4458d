import OrderedJSON

/// Looks for calls that lead to an answer, by depth-first search over a model's decisions (DFSDT: Qin and others, 2023,
/// "ToolLLM", arXiv:2307.16789).
///
/// A decision whose call fails, or after which the model gives up, is backed out of: the model is asked again at the
/// same place and told what led nowhere. Calls and decisions are bounded.
struct DecisionSearch {
  /// How a search ended.
  enum End: Sendable {
    /// With an answer; every call on the way got one, too.
    case found(ToolUseTurn)
    /// Without one; with the reason.
    case nothing(String)
  }

  let prompt: ToolUsePrompt
  let backend: any Backend
  let executors: ToolExecutors
  let samplers: [String: ArgumentSampler]
  let sampling: Sampling
  /// What was said before.
  let turns: [ToolUseTurn]
  private(set) var session: CallSession
  /// How many calls and decisions are left.
  private(set) var callsLeft: Int
  private(set) var decisionsLeft: Int
  private var decisionsMade = 0
  /// The first step that failed though its calls were made, and the path to it.
  private(set) var failure: (path: [ToolUseStep], step: ToolUseStep)?

  /// How many decisions are tried at one place, and how many steps follow each other.
  private static let mostBranches = 3
  private static let deepest = 8

  init(
    prompt: ToolUsePrompt, backend: any Backend, executors: ToolExecutors, samplers: [String: ArgumentSampler],
    sampling: Sampling, turns: [ToolUseTurn], session: CallSession, callBudget: Int
  ) {
    self.prompt = prompt
    self.backend = backend
    self.executors = executors
    self.samplers = samplers
    self.sampling = sampling
    self.turns = turns
    self.session = session
    callsLeft = callBudget
    decisionsLeft = callBudget * 2 + 2
  }

  /// - Throws: `BackendError`, or what stops the run.
  mutating func run(_ request: String) async throws -> End {
    var turn = ToolUseTurn(request: request)
    if try await descend(&turn) { return .found(turn) }
    let reason = callsLeft <= 0 || decisionsLeft <= 0 ? "the budget is used up" : "every branch led nowhere"
    return .nothing(reason)
  }

  /// Decides at the end of the turn's steps, and goes on from there.
  /// - Returns: whether the turn has its answer.
  private mutating func descend(_ turn: inout ToolUseTurn) async throws -> Bool {
    guard turn.steps.count < Self.deepest else { return false }
    var failed: [String] = []
    for _ in 0..<Self.mostBranches where decisionsLeft > 0 {
      guard let decision = try await decide(turn, failed) else {
        failed.append("the reply was not the JSON that was asked for")
        continue
      }
      if decision.calls.isEmpty {
        guard !decision.answer.isEmpty else { return false }
        turn.thought = decision.thought
        turn.answer = decision.answer
        return true
      }
      let tried = decision.calls.map { "\($0.name)(\($0.arguments.serialized()))" }.joined(separator: ", ")
      if let problem = problem(with: decision.calls) {
        failed.append("\(tried): \(problem)")
        continue
      }
      guard decision.calls.count <= callsLeft else { return false }
      callsLeft -= decision.calls.count
      let observations = try await session.execute(turn: decision.calls).map {
        $0 ?? Observation(status: .notExecutable, message: "the tools file does not say how")
      }
      let step = ToolUseStep(thought: decision.thought, calls: decision.calls, observations: observations)
      if let problem = step.problem {
        if failure == nil { failure = (turn.steps, step) }
        failed.append("\(tried): \(problem)")
      } else {
        turn.steps.append(step)
        if try await descend(&turn) { return true }
        turn.steps.removeLast()
        failed.append("\(tried): nothing came of it later")
      }
      try await backOut(of: step, to: turn)
    }
    return false
  }

  /// What is wrong with calls before they are made.
  private func problem(with calls: [ToolCall]) -> String? {
    for call in calls {
      guard let sampler = samplers[call.name] else { return "there is no tool \(call.name)" }
      if !sampler.accepts(call.arguments) { return "the arguments do not follow the schema" }
    }
    return nil
  }

  /// Brings the tools to where they were before the step: what it may have written is undone by beginning anew.
  private mutating func backOut(of step: ToolUseStep, to turn: ToolUseTurn) async throws {
    let wrote = step.calls.contains { call in prompt.tools.contains { $0.name == call.name && !$0.isReadOnly } }
    guard wrote else { return }
    await session.close()
    session = executors.session()
    for step in (turns.flatMap(\.steps) + turn.steps) { _ = try await session.execute(turn: step.calls) }
  }

  private struct Decision {
    var thought: String
    var calls: [ToolCall]
    var answer: String
  }

  /// What the model wants to do; `nil` where its reply cannot be read.
  private mutating func decide(_ turn: ToolUseTurn, _ failed: [String]) async throws -> Decision? {
    decisionsLeft -= 1
    decisionsMade += 1
    var sampling = sampling
    sampling.seed = (sampling.seed ?? 0) + decisionsMade
    let request = BackendRequest(
      messages: prompt.decision(turn, after: turns, failed: failed), schema: prompt.decisionSchema,
      schemaName: "decision", sampling: sampling)
    let reply = try await backend.reply(to: request)
    guard reply.finishReason != .length, let json = JSONReply.parse(reply.text) else { return nil }
    var calls: [ToolCall] = []
    for entry in json["calls"]?.arrayValue ?? [] {
      guard let name = entry["name"]?.stringValue, let arguments = entry["arguments"], arguments.objectValue != nil
      else { return nil }
      calls.append(ToolCall(name: name, arguments: arguments))
    }
    return Decision(
      thought: json["thought"]?.stringValue ?? "", calls: calls, answer: json["answer"]?.stringValue ?? "")
  }
}
