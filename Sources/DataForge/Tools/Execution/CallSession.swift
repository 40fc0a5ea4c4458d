import Synchronization

/// Makes the calls of one sample: each kind of tool through its executor, opened at its first call.
///
/// `setup` calls of the tools file run before the first call and `reset` calls after the last one; no other sample makes a
/// call between them. Answers of read-only tools are taken from the cache as long as the sample has called nothing that
/// may write.
public actor CallSession {
  private let registry: ToolRegistry
  private let executors: [ToolExecution.Kind: any ToolExecutor]
  private let cache: ObservationCache?
  /// Where the tools file sets up or resets a state that the samples share; `nil` where it does not.
  private let gate: SampleGate?
  private var sessions: [ToolExecution.Kind: any ToolSession] = [:]
  /// Kinds whose session is being opened, and who waits for it.
  private var opening: [ToolExecution.Kind: [CheckedContinuation<any ToolSession, any Error>]] = [:]
  private var beginning: Task<String?, any Error>?
  /// Whether answers may depend on what this sample did before.
  private var mayHaveWritten = false

  init(
    registry: ToolRegistry, executors: [ToolExecution.Kind: any ToolExecutor], cache: ObservationCache?,
    gate: SampleGate?
  ) {
    self.registry = registry
    self.executors = executors
    self.cache = cache
    self.gate = gate
  }

  /// Whether calls of the tool can be made.
  public nonisolated func canExecute(_ name: String) -> Bool {
    guard let execution = registry[name]?.execution else { return false }
    return executors[execution.kind] != nil
  }

  /// Whether the tool is known to answer the same call differently.
  public nonisolated func variesItsAnswers(_ name: String) -> Bool { registry[name]?.isDeterministic == false }

  /// Makes one call; `nil` where the tools file does not say how.
  /// - Throws: what stops the run.
  public func execute(_ call: ToolCall) async throws -> Observation? {
    guard let tool = registry[call.name], let kind = tool.execution?.kind, executors[kind] != nil else { return nil }
    let key = keeps(tool) ? ObservationCache.Key(call) : nil
    if let key, !mayHaveWritten, let known = cache?[key] { return known }
    if !tool.isReadOnly { mayHaveWritten = true }
    if let failure = try await begin() {
      return Observation(status: .notExecutable, message: "the tools file's setup failed: \(failure)")
    }
    let isClean = !mayHaveWritten
    var observation = try await make(call, of: tool, kind)
    // What changes something may do so without a word (HTTP status 204).
    if tool.isReadOnly, observation.status == .ok, observation.saysNothing { observation.status = .emptyAnswer }
    // Who got a cookie is from now on somebody to the server.
    if sessions[kind]?.remembers == true { mayHaveWritten = true }
    if let key, isClean, !mayHaveWritten, observation.status.isRepeatable { cache?[key] = observation }
    return observation
  }

  /// Makes the calls of one turn. Those that only read are made at the same time; one that may write is made alone, after
  /// those before it and before those behind it, so that it cannot matter which is faster.
  /// - Returns: what was seen, in the order of the calls; `nil` where the tools file does not say how.
  /// - Throws: what stops the run.
  public func execute(turn calls: [ToolCall]) async throws -> [Observation?] {
    var seen: [Observation?] = []
    var rest = calls[...]
    while let first = rest.first {
      let reading = rest.prefix { registry[$0.name]?.isReadOnly != false }
      if reading.count > 1 {
        seen += try await executeAtOnce(Array(reading))
        rest = rest.dropFirst(reading.count)
      } else {
        seen.append(try await execute(first))
        rest = rest.dropFirst()
      }
    }
    return seen
  }

  private func executeAtOnce(_ calls: [ToolCall]) async throws -> [Observation?] {
    try await withThrowingTaskGroup(of: (Int, Observation?).self) { group in
      for (place, call) in calls.enumerated() {
        group.addTask { (place, try await self.execute(call)) }
      }
      var seen = [Observation?](repeating: nil, count: calls.count)
      for try await (place, observation) in group { seen[place] = observation }
      return seen
    }
  }

  /// Whether the tool's answers may be taken from the cache.
  private func keeps(_ tool: Tool) -> Bool {
    cache != nil && tool.isReadOnly && tool.isDeterministic && registry.setup.isEmpty
  }

  /// Resets what the sample changed and ends everything that was started.
  /// - Returns: why the reset failed; `nil` where it did not.
  @discardableResult
  public func close() async -> String? {
    var failure: String?
    if beginning != nil {
      do {
        failure = try await makeHooks(registry.reset)
      } catch {
        failure = "\(error)"
      }
    }
    for session in sessions.values { await session.close() }
    sessions = [:]
    if beginning != nil { await gate?.leave() }
    return failure
  }

  /// Runs the setup once; calls that come meanwhile wait for it.
  /// - Returns: why it failed.
  private func begin() async throws -> String? {
    guard let gate else { return nil }
    if let beginning { return try await beginning.value }
    let task = Task<String?, any Error> {
      await gate.enter()
      return try await makeHooks(registry.setup)
    }
    beginning = task
    return try await task.value
  }

  /// Makes calls that belong to no sample, one after another.
  /// - Returns: why one failed.
  private func makeHooks(_ calls: [ToolCall]) async throws -> String? {
    for call in calls {
      guard let tool = registry[call.name], let kind = tool.execution?.kind else { continue }
      let observation = try await make(call, of: tool, kind)
      // A hook need not say anything.
      guard observation.status != .ok, observation.status != .emptyAnswer else { continue }
      let said = observation.message.split(whereSeparator: \.isNewline).first.map { ": \($0.prefix(200))" } ?? ""
      return "\(call.name) ended as \(observation.status.rawValue)\(said)"
    }
    return nil
  }

  private func make(_ call: ToolCall, of tool: Tool, _ kind: ToolExecution.Kind) async throws -> Observation {
    let session = try await session(of: kind)
    return try await session.execute(call, of: tool)
  }

  private func session(of kind: ToolExecution.Kind) async throws -> any ToolSession {
    if let open = sessions[kind] { return open }
    guard let executor = executors[kind] else { throw MissingExecutor(kind: kind) }
    if opening[kind] != nil { return try await withCheckedThrowingContinuation { opening[kind]?.append($0) } }
    opening[kind] = []
    do {
      let session = try await executor.open()
      sessions[kind] = session
      for waiter in opening.removeValue(forKey: kind) ?? [] { waiter.resume(returning: session) }
      return session
    } catch {
      for waiter in opening.removeValue(forKey: kind) ?? [] { waiter.resume(throwing: error) }
      throw error
    }
  }
}

/// Calls of that kind cannot be made here.
struct MissingExecutor: Error {
  var kind: ToolExecution.Kind
}
