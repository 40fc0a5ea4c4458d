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

  /// What a conversation is about.
  private struct Plan: Sendable {
    var number: Int
    /// The tool that is to be needed; `nil` where none may serve.
    var focus: CallableTool?
    /// The tools that the model sees.
    var shown: [Tool]
  }

  /// Makes all conversations and writes them to `output`, what was dropped to `rejected`; `-` is stdout.
  /// - Returns: how many were kept, and dropped by which check.
  /// - Throws: `FileError`, `BackendError`, what stops the run, or `Interrupted`; then neither file appears.
  public func run(
    to output: String, rejected: String?, concurrency: Int, listener: any ProgressListener = SilentProgress(),
    interrupt: Interrupt = Interrupt()
  ) async throws -> LinesTally {
    let (callable, unusable) = CallableTool.all(of: registry, executors, options)
    let samplers = Dictionary(callable.map { ($0.tool.name, $0.sampler) }) { first, _ in first }
    let lines = ToolUseLines(
      output: output, rejected: rejected, concurrency: concurrency, listener: listener, interrupt: interrupt)
    return try await lines.write(plans(callable), unusable: unusable) { try await outcomes(of: $0, samplers) }
  }

  /// Each tool has its conversations; every fourth one is about what no tool serves.
  private func plans(_ callable: [CallableTool]) -> [Plan] {
    var plans: [Plan] = []
    for round in 0..<options.perTool {
      for (place, entry) in callable.enumerated() {
        var numbers = SeededNumbers(seed: options.seed, for: entry.tool.name, String(round))
        let count = numbers.number(in: min(1, options.distractors)...max(options.distractors, 0))
        // The neighbours in the file are most often of the same API, and can be called together.
        let others = (1..<max(callable.count, 1)).map { callable[(place + $0) % callable.count].tool }
        let shown = ([entry.tool] + others.prefix(count)).shuffled(using: &numbers)
        let isCalled = !options.kinds.isSubset(of: [.irrelevance])
        let isIdle = options.kinds.contains(.irrelevance) && (plans.count % 4 == 3 || !isCalled)
        plans.append(Plan(number: plans.count, focus: isIdle ? nil : entry, shown: shown))
      }
    }
    return plans
  }

  private func outcomes(
    of plan: Plan, _ samplers: [String: ArgumentSampler]
  ) async throws -> [Outcome<ToolUseSample>] {
    var session = executors.session()
    do {
      let outcomes = try await play(plan, samplers, &session)
      await session.close()
      return outcomes
    } catch let error as BackendError where error.consequence == .rejectsItem {
      await session.close()
      return [.rejected(rejection(plan, "no-reply", "the model did not answer: \(error)"))]
    } catch {
      await session.close()
      throw error
    }
  }

  private func play(
    _ plan: Plan, _ samplers: [String: ArgumentSampler], _ session: inout CallSession
  ) async throws -> [Outcome<ToolUseSample>] {
    let prompt = ToolUsePrompt(tools: plan.shown)
    // A tool that the row does not show must not be called, though the file has it.
    let samplers = samplers.filter { name, _ in plan.shown.contains { $0.name == name } }
    var turns: [ToolUseTurn] = []
    var recovery: [ToolUseTurn]?
    var callsLeft = options.callBudget
    for number in 0..<max(plan.focus == nil ? 1 : options.turns, 1) {
      // Each conversation and turn has seeds of its own.
      var sampling = sampling
      sampling.seed = options.seed + plan.number * 1_000 + number * 100
      let asked = BackendRequest(
        messages: prompt.request(
          focus: plan.focus?.tool, example: plan.focus.flatMap { $0.arguments[plan.number % $0.arguments.count] },
          after: turns), schema: ToolUsePrompt.requestSchema, schemaName: "request", sampling: sampling)
      let reply = try await backend.reply(to: asked)
      guard let request = JSONReply.parse(reply.text)?["request"]?.stringValue, !request.isEmpty else {
        return [
          .rejected(rejection(plan, "unreadable-reply", "the model's request is not the JSON that was asked for"))
        ]
      }
      var search = DecisionSearch(
        prompt: prompt, backend: backend, executors: executors, samplers: samplers, sampling: sampling, turns: turns,
        session: session, callBudget: callsLeft)
      // What the search began anew is ours to end, however it went.
      defer { session = search.session }
      let end = try await search.run(request)
      callsLeft = search.callsLeft
      switch end {
      case .nothing(let reason):
        return [.rejected(rejection(plan, "no-answer", "no calls led to an answer: \(reason)", request))]
      case .found(let turn):
        if plan.focus == nil, !turn.steps.isEmpty {
          return [.rejected(rejection(plan, "calls-anyway", "a call was made where none was to be right", request))]
        }
        if plan.focus != nil, turn.steps.isEmpty {
          return [.rejected(rejection(plan, "no-call", "the model answered without a call", request))]
        }
        if recovery == nil, let failure = search.failure, turn.steps.count > failure.path.count {
          var whole = turn
          // Up to where it failed the way is that of the failure; from there on, that of the answer.
          whole.steps = failure.path + [failure.step] + turn.steps.dropFirst(failure.path.count)
          if failure.path.map(\.calls) == turn.steps.prefix(failure.path.count).map(\.calls) {
            recovery = turns + [whole]
          }
        }
        turns.append(turn)
      }
    }
    let made = sample(turns, plan)
    guard options.kinds.contains(made.kind) else {
      return [.rejected(rejection(plan, "other-kind", "it became \(made.kind.rawValue), which was not asked for"))]
    }
    var outcomes = [Outcome.kept(made)]
    if options.keepsRecovery, let recovery {
      var sample = sample(recovery, plan)
      sample.isRecovery = true
      outcomes.append(.kept(sample))
    }
    return outcomes
  }

  private func sample(_ turns: [ToolUseTurn], _ plan: Plan) -> ToolUseSample {
    var made = 0
    let messages = turns.flatMap { $0.messages(after: &made) }
    let steps = turns.flatMap(\.steps)
    let called = steps.flatMap(\.calls).map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let kind: ToolUseSample.Kind =
      steps.isEmpty ? .irrelevance : steps.count > 1 ? .multiStep : steps[0].calls.count > 1 ? .parallel : .single
    return ToolUseSample(
      kind: kind, messages: messages, tools: plan.shown.map(\.shownDefinition), called: called, toolsFile: toolsFile,
      generator: backend.model)
  }

  private func rejection(_ plan: Plan, _ check: String, _ reason: String, _ request: String? = nil) -> Rejection {
    Rejection(
      stage: .generate, check: check, reason: reason, id: "\(plan.focus?.tool.name ?? "irrelevance")-\(plan.number)",
      item: request.map { ["request": .string($0)] })
  }
}
