import OrderedJSON

/// Makes conversations with tools by a model: it writes what a user asks for, decides which calls to make, reads what
/// came of them, and answers.
///
/// A conversation is kept only where each of its calls got an answer; what was backed out of on the way is left out, or
/// kept as a recovery beside it.
public struct ModelToolUse: Sendable {
  private let registry: ToolRegistry
  private let executors: ToolExecutors
  private let options: ToolUseOptions
  private let sampling: Sampling
  private let toolsFile: String
  private let backend: any Backend

  /// - Parameter toolsFile: the tools file's path as it is to stand in the rows.
  public init(
    _ registry: ToolRegistry, _ executors: ToolExecutors, backend: any Backend, options: ToolUseOptions,
    sampling: Sampling, toolsFile: String
  ) {
    self.registry = registry
    self.executors = executors
    self.backend = backend
    self.options = options
    self.sampling = sampling
    self.toolsFile = toolsFile
  }

  /// Makes all conversations and writes them to `output`, what was dropped to `rejected`; `-` is stdout.
  /// - Returns: how many were kept, and dropped by which check.
  /// - Throws: `FileError`, `BackendError`, what stops the run, or `Interrupted`; then neither file appears.
  public func run(
    to output: String, rejected: String?, concurrency: Int, listener: any ProgressListener = SilentProgress(),
    interrupt: Interrupt = Interrupt()
  ) async throws -> LinesTally {
    let planner = ToolUsePlanner(registry: registry, executors: executors, options: options)
    let samplers = registry.tools.reduce(into: [String: ArgumentSampler]()) { samplers, tool in
      samplers[tool.name] = try? ArgumentSampler(tool)
    }
    let lines = ToolUseLines(
      output: output, rejected: rejected, concurrency: concurrency, listener: listener, interrupt: interrupt)
    return try await lines.write(planner, isOpen: true) { plan, all in
      try await outcomes(of: plan, samplers, followUps: all)
    }
  }

  private func outcomes(
    of plan: ToolUsePlan, _ samplers: [String: ArgumentSampler], followUps: [ToolUsePlan]
  ) async throws -> [Outcome<ToolUseSample>] {
    var session = executors.session()
    do {
      let outcomes = try await play(plan, samplers, followUps, &session)
      await session.close()
      return outcomes
    } catch let error as BackendError where error.consequence == .rejectsItem {
      await session.close()
      return [.rejected(rejection(plan, "no-reply", "the model did not answer: \(error)"))]
    } catch {
      await session.close()
      guard let reason = LeftUndone.reason(for: error) else { throw error }
      return [.rejected(rejection(plan, LeftUndone.check, "\(reason) The conversation was left undone."))]
    }
  }

  private func play(
    _ plan: ToolUsePlan, _ samplers: [String: ArgumentSampler], _ followUps: [ToolUsePlan],
    _ session: inout CallSession
  ) async throws -> [Outcome<ToolUseSample>] {
    var numbers = SeededNumbers(seed: options.seed, for: "model", String(plan.number))
    let called = plan.calls.map(\.tool).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let shown = (called + plan.distractors).shuffled(using: &numbers).compactMap { registry[$0] }
    let prompt = ToolUsePrompt(tools: shown)
    // A tool that the row does not show must not be called, though the file has it.
    let samplers = samplers.filter { name, _ in shown.contains { $0.name == name } }
    var turns: [ToolUseTurn] = []
    var recovery: [ToolUseTurn]?
    var callsLeft = options.callBudget
    var goals = goals(of: plan, followUps, shown: Set(shown.map(\.name)), &numbers)[...]
    while let goal = goals.popFirst() {
      // Each conversation and turn has seeds of its own.
      var sampling = sampling
      sampling.seed = options.seed + plan.number * 1_000 + turns.count * 100
      let writer = RequestWriter(prompt: prompt, backend: backend, sampling: sampling)
      let style = numbers.pick(ToolUsePrompt.styles) ?? ""
      let request: String
      switch try await writer.write(goal, style: style, after: turns) {
      case .written(let text): request = text
      case .unreadable:
        return [
          .rejected(rejection(plan, "unreadable-reply", "the model's request is not the JSON that was asked for"))
        ]
      case .unfit(let problem, let text): return [.rejected(rejection(plan, "unfit-request", problem, text))]
      }
      var search = DecisionSearch(
        prompt: prompt, backend: backend, executors: executors, samplers: samplers, sampling: sampling, turns: turns,
        wanted: wanted(for: goal, shown), session: session, callBudget: callsLeft)
      // What the search began anew is ours to end, however it went.
      defer { session = search.session }
      let end = try await search.run(request)
      callsLeft = search.callsLeft
      guard case .found(var turn) = end else {
        guard case .nothing(let reason) = end else { return [] }
        return [.rejected(rejection(plan, "no-answer", "no calls led to an answer: \(reason)", request))]
      }
      if plan.kind == .irrelevance, !turn.steps.isEmpty {
        return [.rejected(rejection(plan, "calls-anyway", "a call was made where none was to be right", request))]
      }
      if plan.kind != .irrelevance, turn.steps.isEmpty {
        return [.rejected(rejection(plan, "no-call", "the model answered without a call", request))]
      }
      if plan.kind == .parallel { turn.joinSteps(of: plan.calls.count) }
      if recovery == nil { recovery = search.failure.flatMap { turn.recovering(from: $0) }.map { turns + [$0] } }
      turns.append(turn)
    }
    let made = sample(turns, plan, shown)
    guard options.kinds.contains(made.kind) else {
      return [.rejected(rejection(plan, "other-kind", "it became \(made.kind.rawValue), which was not asked for"))]
    }
    var outcomes = [Outcome.kept(made)]
    if options.keepsRecovery, let recovery {
      var sample = sample(recovery, plan, shown)
      sample.isRecovery = true
      outcomes.append(.kept(sample))
    }
    return outcomes
  }

  /// What the user asks for, turn by turn; from the second on it is one more call of a tool that is shown.
  private func goals(
    of plan: ToolUsePlan, _ followUps: [ToolUsePlan], shown: Set<String>, _ numbers: inout SeededNumbers
  ) -> [ToolUsePrompt.Goal] {
    if let unserved = plan.unserved { return [plan.number % 4 == 3 ? .nearby : .unserved(unserved)] }
    var goals: [ToolUsePrompt.Goal] = [
      plan.calls.isEmpty
        ? (plan.distractors.first.flatMap { registry[$0] }).map { .steps($0) } ?? .nearby : .calls(plan.calls)
    ]
    var rest = followUps.filter { other in
      other.kind == .single && other.calls.allSatisfy { shown.contains($0.tool) && !plan.calls.contains($0) }
    }.shuffled(using: &numbers)
    while goals.count < options.turns, let next = rest.popLast() { goals.append(.calls(next.calls)) }
    return goals
  }

  private func wanted(for goal: ToolUsePrompt.Goal, _ shown: [Tool]) -> WantedCalls? {
    let tools = Dictionary(shown.map { ($0.name, $0) }) { first, _ in first }
    switch goal {
    case .calls(let calls): return WantedCalls(calls: calls, tools: tools)
    // Whether a tool serves what the model thought of, only its decision shows.
    case .steps, .nearby: return WantedCalls(calls: [], tools: tools)
    case .unserved: return nil
    }
  }

  private func sample(_ turns: [ToolUseTurn], _ plan: ToolUsePlan, _ shown: [Tool]) -> ToolUseSample {
    var made = 0
    let messages = turns.flatMap { $0.messages(after: &made) }
    let steps = turns.flatMap(\.steps)
    let called = steps.flatMap(\.calls).map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    // Each turn is one by itself; the richest of them names the whole.
    let kind: ToolUseSample.Kind =
      steps.isEmpty
      ? .irrelevance
      : turns.contains { $0.steps.count > 1 }
        ? .multiStep : steps.contains { $0.calls.count > 1 } ? .parallel : .single
    return ToolUseSample(
      kind: kind, messages: messages, tools: shown.map(\.shownDefinition), called: called, toolsFile: toolsFile,
      generator: backend.model)
  }

  private func rejection(_ plan: ToolUsePlan, _ check: String, _ reason: String, _ request: String? = nil) -> Rejection
  {
    Rejection(
      stage: .generate, check: check, reason: reason,
      id: "\(plan.calls.first?.tool ?? plan.kind.rawValue)-\(plan.number)",
      item: request.map { ["request": .string($0)] })
  }
}
