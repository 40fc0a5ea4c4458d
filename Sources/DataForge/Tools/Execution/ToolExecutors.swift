/// Who executes which kind of tool, for all samples of a run.
public struct ToolExecutors: Sendable {
  private let registry: ToolRegistry
  private let executors: [ToolExecution.Kind: any ToolExecutor]
  private let cache: ObservationCache?
  private let gate: SampleGate?

  /// Takes executors that are ready.
  /// - Parameter cache: where answers of read-only tools are kept; `nil` to make every call.
  public init(
    _ registry: ToolRegistry, _ executors: [ToolExecution.Kind: any ToolExecutor], cache: ObservationCache? = nil
  ) {
    self.registry = registry
    self.executors = executors
    self.cache = cache
    gate = registry.setup.isEmpty && registry.reset.isEmpty ? nil : SampleGate()
  }

  /// Makes the executors that the registry's tools need.
  /// - Parameters:
  ///   - toolsFolder: where a tool's `directory` is relative to: the folder of the tools file.
  ///   - network: which addresses calls may go to.
  ///   - onlyReads: whether samples call none but read-only tools: then they can share servers that have others, too.
  /// - Throws: `SandboxUnavailable` where the machine cannot lock a command in.
  public static func ready(
    for registry: ToolRegistry, toolsFolder: String, network: NetworkRules, onlyReads: Bool = false,
    cache: ObservationCache? = nil
  ) async throws -> ToolExecutors {
    var executors: [ToolExecution.Kind: any ToolExecutor] = [:]
    for kind in Set(registry.tools.compactMap { $0.execution?.kind }) {
      switch kind {
      case .command: executors[kind] = try await CommandExecutor(toolsFolder: toolsFolder)
      case .http: executors[kind] = HTTPExecutor(rules: network)
      case .mcp:
        executors[kind] = try await MCPExecutor(
          registry, toolsFolder: toolsFolder, rules: network, onlyReads: onlyReads)
      }
    }
    return ToolExecutors(registry, executors, cache: cache)
  }

  /// Ends what the samples shared, such as servers. No call can be made after that.
  public func close() async {
    for executor in executors.values { await executor.close() }
  }

  /// A clean state for the calls of one sample. Where the tools file has `setup` or `reset` calls, others wait from its
  /// first call until it is closed.
  public func session() -> CallSession {
    CallSession(registry: registry, executors: executors, cache: cache, gate: gate)
  }
}
