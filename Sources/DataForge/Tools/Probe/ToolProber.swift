import Foundation
import OrderedJSON

/// Tries tools: calls each a few times with arguments that its schema allows, each call from a clean state, and repeats
/// one of them.
///
/// Tools that nobody has seen working spoil what is made with them: of RapidAPI's, ToolBench left out most after such
/// calls (Qin and others, 2023, arXiv:2307.16789).
public struct ToolProber: Sendable {
  /// How tools are tried.
  public struct Options: Hashable, Sendable {
    /// How many calls to make of each tool; one of them is a repetition, where that is possible.
    public var calls: Int
    /// What decides the arguments.
    public var seed: Int
    /// Whether tools are called that may change something.
    public var allowsWrites: Bool

    /// Takes the settings.
    public init(calls: Int = 3, seed: Int = 0, allowsWrites: Bool = false) {
      self.calls = calls
      self.seed = seed
      self.allowsWrites = allowsWrites
    }
  }

  private let registry: ToolRegistry
  private let executors: ToolExecutors
  private let options: Options

  /// - Parameter executors: must have no cache, or else a repeated call shows nothing.
  public init(_ registry: ToolRegistry, _ executors: ToolExecutors, options: Options = Options()) {
    self.registry = registry
    self.executors = executors
    self.options = options
  }

  /// Tries all tools, some at a time.
  /// - Parameters:
  ///   - concurrency: how many at once.
  ///   - isStopped: asked before each tool; once it is true, no other is begun.
  ///   - found: is told what was found, in the order of the file.
  /// - Returns: what was found, in the order of the file; fewer than there are tools where it was stopped.
  /// - Throws: what stops the run.
  public func run(
    concurrency: Int, isStopped: @Sendable () -> Bool = { false },
    found: @escaping @Sendable (ToolProbe) async -> Void = { _ in }
  ) async throws -> [ToolProbe] {
    let order = ProbesInOrder(found)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, tool) in registry.tools.enumerated() where !isStopped() {
        if index >= max(concurrency, 1) { try await group.next() }
        group.addTask { await order.put(index, try await probe(tool)) }
      }
      try await group.waitForAll()
    }
    return await order.probes
  }

  /// Tries one tool.
  /// - Throws: what stops the run.
  public func probe(_ tool: Tool) async throws -> ToolProbe {
    guard executors.session().canExecute(tool.name) else {
      return ToolProbe(tool: tool.name, standing: .fails("the tools file does not say how it is executed"))
    }
    guard tool.isReadOnly || options.allowsWrites else {
      return ToolProbe(tool: tool.name, standing: .untried("it may change something; --allow-writes tries it"))
    }
    let wanted = max(options.calls, 1)
    let choices: [JSONValue]
    do throws(JSONSchemaError) {
      choices = try ArgumentSampler(tool, paths: registry.knownPaths(of: tool)).arguments(
        count: wanted, seed: options.seed)
    } catch {
      return ToolProbe(tool: tool.name, standing: .fails("its parameters are no schema: \(error)"))
    }
    guard !choices.isEmpty else {
      return ToolProbe(
        tool: tool.name, standing: .fails("no arguments for it were found; give it some under \"examples\""))
    }
    return try await probe(tool, with: choices, calls: wanted)
  }

  private func probe(_ tool: Tool, with choices: [JSONValue], calls: Int) async throws -> ToolProbe {
    var probe = ToolProbe(tool: tool.name, standing: .works)
    var times: [Duration] = []
    var answers: [(arguments: JSONValue, output: JSONValue)] = []
    for number in 0..<calls {
      // The last call repeats the first that went well; before that, all choices have their turn.
      let isRepetition = number >= choices.count || (number == calls - 1 && number > 0)
      let repeated = isRepetition ? answers.first : nil
      let arguments = repeated?.arguments ?? choices[number % choices.count]
      // A clock that tells seconds answers the same to two calls in a row.
      if let repeated, repeated.output.tellsTime { try await Task.sleep(for: .milliseconds(1_100)) }
      let began = ContinuousClock.now
      let session = executors.session()
      let observation: Observation?
      do {
        observation = try await session.execute(ToolCall(name: tool.name, arguments: arguments))
      } catch {
        await session.close()
        throw error
      }
      await session.close()
      guard let observation else { continue }
      probe.calls += 1
      guard observation.status == .ok else {
        probe.failed += 1
        if repeated != nil { probe.isFlaky = true }
        if !probe.failing.contains(arguments) { probe.failing.append(arguments) }
        probe.firstFailure = probe.firstFailure ?? observation.failureWords
        continue
      }
      times.append(observation.duration ?? (.now - began))
      if probe.failing.contains(arguments) { probe.isFlaky = true }
      if let repeated {
        probe.isDeterministic = probe.isDeterministic != false && repeated.output == observation.output
      }
      if observation.output.tellsWhatTimeItIs(askedWith: arguments) { probe.isDeterministic = false }
      answers.append((arguments, observation.output))
      if !probe.working.contains(arguments) { probe.working.append(arguments) }
    }
    probe.failing.removeAll { probe.working.contains($0) }
    probe.median = times.isEmpty ? nil : times.sorted()[(times.count - 1) / 2]
    if answers.isEmpty {
      let first = probe.firstFailure ?? "no call could be made"
      probe.standing = .fails(
        probe.calls > 1 ? "none of \(probe.calls) calls got an answer; the first: \(first)" : first)
    }
    return probe
  }
}

extension JSONValue {
  /// Whether a time of day stands in it, or a number that can count the seconds since 1970.
  fileprivate var tellsTime: Bool {
    let text = serialized()
    return text.contains(#/\d:[0-5]\d/#) || text.contains(#/\b[12]\d{9}/#)
  }

  /// Whether the date and the minute that it is now stand in it, in some time zone, and nobody asked with them: a clock
  /// that tells minutes answers the same to two calls in a row, and others an hour later.
  fileprivate func tellsWhatTimeItIs(askedWith arguments: JSONValue) -> Bool {
    let text = serialized()
    let asked = arguments.serialized()
    let now = Date.now
    let days = [-86_400.0, 0, 86_400].map { String(now.addingTimeInterval($0).ISO8601Format().prefix(10)) }
    guard days.contains(where: { text.contains($0) && !asked.contains($0) }) else { return false }
    let times = text.matches(of: #/[0-2]?\d:([0-5]\d)/#)
    // A clock tells one time, a forecast many. Almost all zones differ by whole or half hours.
    guard (1...2).contains(times.count) else { return false }
    let minute = Int(now.timeIntervalSince1970) / 60 % 30
    return times.contains { time in Int(time.1).map { [minute, (minute + 29) % 30].contains($0 % 30) } == true }
  }
}

/// Tells what was found in the order of the tools, whichever is ready first.
private actor ProbesInOrder {
  private let found: @Sendable (ToolProbe) async -> Void
  private var waiting: [Int: ToolProbe] = [:]
  private(set) var probes: [ToolProbe] = []

  init(_ found: @escaping @Sendable (ToolProbe) async -> Void) { self.found = found }

  func put(_ index: Int, _ probe: ToolProbe) async {
    waiting[index] = probe
    while let probe = waiting.removeValue(forKey: probes.count) {
      probes.append(probe)
      await found(probe)
    }
  }
}
