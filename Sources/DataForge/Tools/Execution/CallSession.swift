import Synchronization

/// Makes the calls of one sample: each kind of tool through its executor, opened at its first call.
///
/// `setup` calls of the tools file run before the first call and `reset` calls after the last one. Answers of read-only
/// tools are taken from the cache as long as the sample has called nothing that may write.
public actor CallSession {
  private let registry: ToolRegistry
  private let executors: [ToolExecution.Kind: any ToolExecutor]
  private let cache: ObservationCache?
  private var sessions: [ToolExecution.Kind: any ToolSession] = [:]
  private var opening: [ToolExecution.Kind: Task<any ToolSession, any Error>] = [:]
  private var beginning: Task<String?, any Error>?
  private var mayHaveWritten = false

  init(
    registry: ToolRegistry, executors: [ToolExecution.Kind: any ToolExecutor], cache: ObservationCache?
  ) {
    self.registry = registry
    self.executors = executors
    self.cache = cache
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
    if keeps(tool), !mayHaveWritten, let known = cache?[call] { return known }
    if !tool.isReadOnly { mayHaveWritten = true }
    if let failure = try await begin() {
      return Observation(status: .notExecutable, message: "the tools file's setup failed: \(failure)")
    }
    let isClean = !mayHaveWritten
    let observation = try await make(call, of: tool, kind)
    if keeps(tool), isClean, !mayHaveWritten, observation.status.isRepeatable {
      cache?[call] = observation
    }
    return observation
  }

  /// Whether the tool's answers may be taken from the cache.
  private func keeps(_ tool: Tool) -> Bool { tool.isReadOnly && tool.isDeterministic && registry.setup.isEmpty }

  /// Resets what the sample changed and ends everything that was started.
  public func close() async {
    if beginning != nil {
      for call in registry.reset {
        guard let tool = registry[call.name], let kind = tool.execution?.kind else { continue }
        _ = try? await make(call, of: tool, kind)
      }
    }
    for session in sessions.values { await session.close() }
    sessions = [:]
  }

  /// Runs the setup once; calls that come meanwhile wait for it.
  /// - Returns: why it failed.
  private func begin() async throws -> String? {
    if let beginning { return try await beginning.value }
    let task = Task<String?, any Error> {
      for call in registry.setup {
        guard let tool = registry[call.name], let kind = tool.execution?.kind else { continue }
        let observation = try await make(call, of: tool, kind)
        if observation.status != .ok { return "\(call.name) ended as \(observation.status.rawValue)" }
      }
      return nil
    }
    beginning = task
    return try await task.value
  }

  private func make(_ call: ToolCall, of tool: Tool, _ kind: ToolExecution.Kind) async throws -> Observation {
    let session = try await session(of: kind)
    return try await session.execute(call, of: tool)
  }

  private func session(of kind: ToolExecution.Kind) async throws -> any ToolSession {
    if let open = sessions[kind] { return open }
    if let task = opening[kind] { return try await task.value }
    guard let executor = executors[kind] else { throw MissingExecutor(kind: kind) }
    let task = Task { try await executor.open() }
    opening[kind] = task
    let session = try await task.value
    sessions[kind] = session
    opening[kind] = nil
    return session
  }
}

/// Calls of that kind cannot be made here.
struct MissingExecutor: Error {
  var kind: ToolExecution.Kind
}
