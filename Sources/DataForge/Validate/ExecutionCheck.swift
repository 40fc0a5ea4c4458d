import OrderedJSON

/// Checks a row's calls by making them, one after the other.
///
/// Only the tools of the tools file are executed; a row's own definitions never decide what runs.
struct ExecutionCheck: Sendable {
  let registry: ToolRegistry?
  /// Who executes which kind of tool.
  let executors: [ToolExecution.Kind: any ToolExecutor]
  /// Whether a call whose tool cannot be executed is a failure.
  let isRequired: Bool

  /// - Throws: what stops the run.
  func results(
    for row: ToolRow
  ) async throws -> (failures: [CheckResult], notes: [String], observed: [RowVerdict.ObservedCall]) {
    var failures: [CheckResult] = []
    var notes: [String] = []
    var observed: [RowVerdict.ObservedCall] = []
    for call in row.calls {
      guard let name = call.name, let arguments = call.arguments else { continue }
      guard let tool = registry?[name], let execution = tool.execution, let executor = executors[execution.kind] else {
        let reason = "\"\(name)\" is not executed: the tools file does not say how (\"execute\")"
        if isRequired {
          failures.append(.fails(.execution, call, of: row, at: call.path + "/name", reason))
        } else if !notes.contains(reason) {
          notes.append(reason)
        }
        continue
      }
      let observation = try await executor.execute(
        ToolCall(id: call.id, name: name, arguments: arguments), of: tool)
      observed.append(.init(call: call.index, id: call.id, tool: name, observation: observation))
      if let reason = Self.problem(observation) {
        failures.append(.fails(.execution, call, of: row, at: call.path, reason))
      }
    }
    return (failures, notes, observed)
  }

  private static func problem(_ observation: Observation) -> String? {
    let said = observation.message.split(whereSeparator: \.isNewline).first.map { ": \($0.prefix(200))" } ?? ""
    switch observation.status {
    case .ok: return nil
    case .failed: return "the tool failed with exit code \(observation.exitCode ?? -1)\(said)"
    case .timedOut: return "the tool was \(observation.message)"
    case .outputLimit: return "the tool was \(observation.message)"
    case .killed: return "the tool was killed by signal \((observation.exitCode ?? 128) - 128)\(said)"
    case .notJSON: return observation.message
    case .notExecutable: return "the call cannot be made\(said)"
    }
  }
}
