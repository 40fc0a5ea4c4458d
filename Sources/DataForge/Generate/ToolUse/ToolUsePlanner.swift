import OrderedJSON

/// Decides which conversations to make of a tools file, and finds out by calling which tools feed which.
struct ToolUsePlanner: Sendable {
  let registry: ToolRegistry
  let executors: ToolExecutors
  let options: ToolUseOptions

  /// How many conversations of several steps begin with the same tool at most.
  private static let mostLinks = 3

  /// - Parameters:
  ///   - isOpen: whether also conversations of several steps are planned of which only the first shown tool is known,
  ///     where no answer is found to feed another call.
  ///   - isStopped: asked before each call; once it is true, planning ends with what there is.
  /// - Returns: the plans, and why nothing is made of some tools.
  /// - Throws: what stops the run.
  func plans(
    isOpen: Bool = false, isStopped: @Sendable () -> Bool
  ) async throws -> (plans: [ToolUsePlan], rejected: [Rejection]) {
    let (callable, rejected) = CallableTool.all(of: registry, executors, options)
    var plans = callable.enumerated().flatMap { place, entry in simple(entry, at: place, of: callable) }
    if options.kinds.contains(.multiStep) {
      let linked = try await linked(callable, isStopped: isStopped)
      plans += linked
      if isOpen { plans += open(callable, linked: linked) }
    }
    if options.kinds.contains(.irrelevance) { plans += irrelevant(callable) }
    for place in plans.indices {
      plans[place].number = place
      let called = plans[place].calls.map(\.tool)
      if !called.isEmpty { plans[place].distractors = distractors(beside: called, number: place) }
    }
    return (plans, rejected)
  }

  // MARK: Kinds

  private func simple(_ entry: CallableTool, at place: Int, of callable: [CallableTool]) -> [ToolUsePlan] {
    var plans: [ToolUsePlan] = []
    func call(_ entry: CallableTool, _ arguments: JSONValue) -> ToolUsePlan.Call {
      .init(tool: entry.tool.name, arguments: arguments)
    }
    if options.kinds.contains(.single) {
      plans += entry.arguments.prefix(options.perTool).map {
        ToolUsePlan(kind: .single, calls: [call(entry, $0)], number: 0)
      }
    }
    if options.kinds.contains(.parallel) {
      if entry.arguments.count > 1 {
        let calls = entry.arguments.prefix(2).map { call(entry, $0) }
        plans.append(ToolUsePlan(kind: .parallel, calls: calls, number: 0))
      }
      let other = callable[(place + 1) % callable.count]
      if callable.count > 2 || (callable.count == 2 && place == 0), let last = other.arguments.last {
        plans.append(
          ToolUsePlan(kind: .parallel, calls: [call(entry, entry.arguments[0]), call(other, last)], number: 0))
      }
    }
    return plans
  }

  /// Conversations in which the answer of one tool gives another tool's argument.
  private func linked(_ callable: [CallableTool], isStopped: @Sendable () -> Bool) async throws -> [ToolUsePlan] {
    var takers: [String: [(place: Int, argument: String)]] = [:]
    for (place, entry) in callable.enumerated() {
      for argument in entry.tool.argumentNames {
        takers[WordsOfName.words(argument).last ?? "", default: []].append((place, argument))
      }
    }
    var plans: [ToolUsePlan] = []
    for (place, first) in callable.enumerated() where !isStopped() {
      guard let (arguments, answer) = try await answer(of: first) else { continue }
      var seconds: Set<Int> = []
      for field in ToolLink.fields(of: answer) {
        for taker in takers[WordsOfName.words(field.name).last ?? ""] ?? [] where taker.place != place {
          let second = callable[taker.place]
          guard seconds.count < Self.mostLinks, !seconds.contains(taker.place),
            ToolLink.fits(field, of: first.tool, argument: taker.argument, of: second.tool),
            // What the user says in the request needs no first call.
            !(arguments.objectValue?.values ?? []).contains(field.value)
          else { continue }
          var object = second.arguments[0].objectValue ?? [:]
          object[taker.argument] = field.value
          guard second.sampler.accepts(.object(object)) else { continue }
          seconds.insert(taker.place)
          let link = ToolLink(argument: taker.argument, path: field.path, value: field.value)
          plans.append(
            ToolUsePlan(
              kind: .multiStep,
              calls: [
                .init(tool: first.tool.name, arguments: arguments),
                .init(tool: second.tool.name, arguments: .object(object), link: link),
              ], number: 0))
        }
      }
    }
    return plans
  }

  /// Conversations of several steps that a model has to find itself, for tools that no link leads to or from.
  private func open(_ callable: [CallableTool], linked: [ToolUsePlan]) -> [ToolUsePlan] {
    guard callable.count > 1 else { return [] }
    let known = Set(linked.flatMap(\.calls).map(\.tool))
    return callable.enumerated().filter { !known.contains($0.element.tool.name) }.map { place, entry in
      // The neighbours in the file are most often of the same API, and can be called together.
      let others = (1...max(options.distractors, 1)).map { callable[(place + $0) % callable.count].tool.name }
      var plan = ToolUsePlan(kind: .multiStep, number: 0)
      plan.distractors = ([entry.tool.name] + others).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
      return plan
    }
  }

  /// What the tool answers to the first of its arguments that it answers at all.
  private func answer(of entry: CallableTool) async throws -> (arguments: JSONValue, answer: JSONValue)? {
    for arguments in entry.arguments {
      let session = executors.session()
      let observation: Observation?
      do {
        observation = try await session.execute(ToolCall(name: entry.tool.name, arguments: arguments))
      } catch {
        await session.close()
        throw error
      }
      await session.close()
      if let observation, observation.status == .ok { return (arguments, observation.output) }
    }
    return nil
  }

  private func irrelevant(_ callable: [CallableTool]) -> [ToolUsePlan] {
    let topics = registry.tools.map { UnservedRequest.topics(of: $0) }
    let taken = topics.reduce(into: Set<String>()) { $0.formUnion($1) }
    let foreign = UnservedRequest.all.filter { $0.topics.isDisjoint(with: taken) }
    var numbers = SeededNumbers(seed: options.seed, for: "irrelevance")
    return callable.enumerated().compactMap { place, entry in
      var plan = ToolUsePlan(kind: .irrelevance, number: 0)
      let own = UnservedRequest.topics(of: entry.tool)
      let strangers = registry.tools.indices.filter { topics[$0].isDisjoint(with: own) }.map { registry.tools[$0].name }
      let shown = 1 + numbers.number(in: 0...max(options.distractors, 0))
      if place % 2 == 0, !strangers.isEmpty, let arguments = entry.arguments.last {
        let order = RequestWording(entry.tool, arguments: arguments, numbers: &numbers).order
        plan.unserved = RequestWording.request(order, numbers: &numbers)
        plan.distractors = Array(strangers.shuffled(using: &numbers).prefix(shown))
      } else if !foreign.isEmpty {
        plan.unserved = foreign[place / 2 % foreign.count].request
        plan.distractors = Array(registry.tools.map(\.name).shuffled(using: &numbers).prefix(shown))
      } else {
        return nil
      }
      return plan
    }
  }

  /// Other tools to show, none of which does what a called one does.
  private func distractors(beside called: [String], number: Int) -> [String] {
    var numbers = SeededNumbers(seed: options.seed, for: "distractors", String(number))
    let said = Set(called.compactMap { registry[$0]?.description })
    let others = registry.tools.filter { tool in
      !called.contains(tool.name) && !(tool.description.map(said.contains) ?? false)
    }
    let count = numbers.number(in: 0...max(options.distractors, 0))
    return Array(others.map(\.name).shuffled(using: &numbers).prefix(count))
  }
}
