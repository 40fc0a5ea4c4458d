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
  /// What the request was written for; `nil` where no tool serves it.
  let wanted: WantedCalls?
  private(set) var session: CallSession
  /// How many calls and decisions are left.
  private(set) var callsLeft: Int
  private(set) var decisionsLeft: Int
  private var decisionsMade = 0
  /// What was wrong the last time.
  private var lastProblem = ""
  /// The first step that failed though its calls were made, and the path to it.
  private(set) var failure: (path: [ToolUseStep], step: ToolUseStep)?

  /// How many decisions are tried at one place, and how many steps follow each other.
  private static let mostBranches = 3
  private static let deepest = 8

  init(
    prompt: ToolUsePrompt, backend: any Backend, executors: ToolExecutors, samplers: [String: ArgumentSampler],
    sampling: Sampling, turns: [ToolUseTurn], wanted: WantedCalls?, session: CallSession, callBudget: Int
  ) {
    self.prompt = prompt
    self.backend = backend
    self.executors = executors
    self.samplers = samplers
    self.sampling = sampling
    self.turns = turns
    self.wanted = wanted
    self.session = session
    callsLeft = callBudget
    decisionsLeft = callBudget + Self.mostBranches
  }

  /// - Throws: `BackendError`, or what stops the run.
  mutating func run(_ request: String) async throws -> End {
    var turn = ToolUseTurn(request: request)
    if try await descend(&turn) { return .found(turn) }
    let reason = callsLeft <= 0 || decisionsLeft <= 0 ? "the budget is used up" : "every branch led nowhere"
    return .nothing(lastProblem.isEmpty ? reason : "\(reason); the last: \(lastProblem)")
  }

  /// What may be decided after the turn's steps.
  private func choice(after turn: ToolUseTurn) -> ModelDecision.Choice {
    guard let wanted else { return .refusal }
    guard !wanted.isOpen else { return .callsOrAnswer }
    return wanted.missing(after: turn.steps.flatMap(\.calls)).isEmpty ? .answer : .calls
  }

  /// Decides at the end of the turn's steps, and goes on from there.
  /// - Returns: whether the turn has its answer.
  private mutating func descend(_ turn: inout ToolUseTurn) async throws -> Bool {
    guard turn.steps.count < Self.deepest else { return false }
    let choice = choice(after: turn)
    var failed: [String] = []
    while failed.count < Self.mostBranches, decisionsLeft > 0 {
      guard var decision = try await decide(choice, turn, failed) else {
        fail(&failed, "the reply was not the JSON that was asked for")
        continue
      }
      if decision.calls.isEmpty {
        if decision.answer.isEmpty, choice == .callsOrAnswer { return false }
        if let problem = problem(with: decision.answer, choice, after: turn) {
          fail(&failed, "“\(decision.answer.prefix(300))”: \(problem)")
          continue
        }
        turn.thought = decision.thought
        turn.answer = decision.answer
        return true
      }
      let (good, problem) = sorted(decision.calls, after: turn)
      // What is wrong with the others may come right once these have their results.
      decision.calls = good
      if let problem, good.isEmpty {
        fail(&failed, problem)
        continue
      }
      let tried = good.map(Self.words).joined(separator: ", ")
      guard decision.calls.count <= callsLeft else {
        callsLeft = 0
        return false
      }
      callsLeft -= decision.calls.count
      let observations = try await session.execute(turn: decision.calls).map {
        $0 ?? Observation(status: .notExecutable, message: "the tools file does not say how")
      }
      let step = ToolUseStep(thought: decision.thought, calls: decision.calls, observations: observations)
      if let problem = step.problem {
        if failure == nil { failure = (turn.steps, step) }
        fail(&failed, "\(tried): \(problem)")
      } else {
        turn.steps.append(step)
        if try await descend(&turn) { return true }
        turn.steps.removeLast()
        failed.append("\(tried): nothing came of it later")
      }
      try await backOut(of: step, to: turn)
    }
    // What was asked for is known: other calls would not help the words.
    if choice == .answer { decisionsLeft = 0 }
    return false
  }

  private mutating func fail(_ failed: inout [String], _ problem: String) {
    failed.append(problem)
    lastProblem = problem
  }

  /// What is wrong with an answer.
  private func problem(
    with answer: String, _ choice: ModelDecision.Choice, after turn: ToolUseTurn
  ) -> String? {
    if choice == .calls { return "calls come first: nothing is known yet" }
    let check = AnswerCheck(tools: prompt.tools, before: turns.flatMap(\.said))
    return turn.steps.isEmpty
      ? check.problem(withRefusal: answer, of: turn.request) : check.problem(with: answer, after: turn)
  }

  /// The calls that can be made, and what is wrong with the last of the others.
  private func sorted(_ calls: [ToolCall], after turn: ToolUseTurn) -> (good: [ToolCall], problem: String?) {
    let said = SaidSoFar(turns.flatMap(\.said) + turn.said)
    let made = turn.steps.flatMap(\.calls)
    return calls.reduce(into: (good: [], problem: nil)) { sorted, call in
      if let problem = problem(with: call, made + sorted.good, said) {
        sorted.problem = "\(Self.words(call)): \(problem)"
      } else {
        sorted.good.append(call)
      }
    }
  }

  private static func words(_ call: ToolCall) -> String { "\(call.name)(\(call.arguments.serialized()))" }

  /// What is wrong with a call before it is made.
  private func problem(with call: ToolCall, _ made: [ToolCall], _ said: SaidSoFar) -> String? {
    guard let sampler = samplers[call.name], let tool = prompt.tools.first(where: { $0.name == call.name }) else {
      return "there is no tool \(call.name)"
    }
    if !sampler.accepts(call.arguments) { return "the arguments do not follow the schema" }
    if made.contains(where: { $0.name == call.name && $0.arguments == call.arguments }) {
      return "it was called with these arguments already"
    }
    let properties = ParameterSchema.plain(tool.parameters).schema["properties"]
    let madeUp = call.arguments.objectValue?.first { name, value in
      // What the schema lists or assumes may be chosen freely.
      let property = properties?[name]
      return property?["enum"] == nil && property?["const"] == nil && property?["default"] != value
        && !said.hintsAt(value)
    }
    return madeUp.map { name, value in
      "nobody said \(value.serialized().prefix(80)), the value of \"\(name)\": take it from the request or a result"
    }
  }

  /// Brings the tools to where they were before the step: what it may have written is undone by beginning anew.
  private mutating func backOut(of step: ToolUseStep, to turn: ToolUseTurn) async throws {
    let wrote = step.calls.contains { call in prompt.tools.contains { $0.name == call.name && !$0.isReadOnly } }
    guard wrote else { return }
    await session.close()
    session = executors.session()
    for step in (turns.flatMap(\.steps) + turn.steps) { _ = try await session.execute(turn: step.calls) }
  }

  /// What the model wants to do; `nil` where its reply cannot be read.
  private mutating func decide(
    _ choice: ModelDecision.Choice, _ turn: ToolUseTurn, _ failed: [String]
  ) async throws -> ModelDecision? {
    decisionsLeft -= 1
    decisionsMade += 1
    let request = BackendRequest(
      messages: prompt.decision(choice, turn, after: turns, failed: failed), schema: prompt.decisionSchema(choice),
      schemaName: "decision", sampling: sampling.attempt(failed.count, of: decisionsMade))
    return ModelDecision(try await backend.reply(to: request), choice: choice)
  }
}

extension Sampling {
  /// The sampling of an attempt, counted from 0: warmer after each, so that the same is not said again.
  func attempt(_ attempt: Int, of number: Int) -> Sampling {
    var sampling = self
    sampling.seed = (seed ?? 0) + number
    if attempt > 0 { sampling.temperature = max(temperature, min(1, 0.4 + 0.2 * Double(attempt))) }
    return sampling
  }
}

extension ToolUseTurn {
  /// All that was said and returned in it.
  var said: [String] {
    [request, answer]
      + steps.flatMap { step in step.observations.map(\.asContent) + step.calls.map { $0.arguments.serialized() } }
  }
}
