import OrderedJSON

/// Checks a row's calls by making them: those of one turn at once, turn after turn, from a clean state.
///
/// Only the tools of the tools file are executed; a row's own definitions never decide what runs.
struct ExecutionCheck: Sendable {
  /// Who executes the tools; `nil` where no call is made.
  let executors: ToolExecutors?
  /// Whether a call whose tool cannot be executed is a failure.
  let isRequired: Bool

  /// - Throws: what stops the run.
  func results(
    for row: ToolRow
  ) async throws -> (failures: [CheckResult], notes: [String], observed: [RowVerdict.ObservedCall]) {
    let session = executors?.session()
    var failures: [CheckResult] = []
    var notes: [String] = []
    var observed: [RowVerdict.ObservedCall] = []
    do {
      for turn in row.turns {
        for (call, observation) in try await Self.make(turn, in: session) {
          let name = call.name ?? ""
          guard let observation else {
            let reason = "\"\(name)\" is not executed: the tools file does not say how (\"execute\")"
            if isRequired {
              failures.append(.fails(.execution, call, of: row, at: call.path + "/name", reason))
            } else if !notes.contains(reason) {
              notes.append(reason)
            }
            continue
          }
          observed.append(.init(call: call.index, id: call.id, tool: name, observation: observation))
          if let reason = Self.problem(observation) {
            failures.append(.fails(.execution, call, of: row, at: call.path, reason))
          }
        }
      }
    } catch {
      await session?.close()
      throw error
    }
    await session?.close()
    return (failures, notes, observed)
  }

  /// Makes the calls of one turn at the same time; what was seen stands in the order of the calls.
  private static func make(
    _ turn: ArraySlice<ToolRow.Call>, in session: CallSession?
  ) async throws -> [(ToolRow.Call, Observation?)] {
    let calls = turn.filter { $0.name != nil && $0.arguments != nil }
    return try await withThrowingTaskGroup(of: (Int, Observation?).self) { group in
      for (place, call) in calls.enumerated() {
        group.addTask {
          let made = ToolCall(id: call.id, name: call.name ?? "", arguments: call.arguments ?? [:])
          return (place, try await session?.execute(made))
        }
      }
      var seen = [Observation?](repeating: nil, count: calls.count)
      for try await (place, observation) in group { seen[place] = observation }
      return zip(calls, seen).map { ($0, $1) }
    }
  }

  private static func problem(_ observation: Observation) -> String? {
    let said = observation.message.split(whereSeparator: \.isNewline).first.map { ": \($0.prefix(200))" } ?? ""
    switch observation.status {
    case .ok: return nil
    case .failed:
      if let code = observation.exitCode { return "the tool failed with exit code \(code)\(said)" }
      if let status = observation.httpStatus { return "the server answered with HTTP status \(status)\(said)" }
      return "the tool failed\(said)"
    case .errorAnswer: return "the tool claims success, but answers with an error\(said)"
    case .emptyAnswer: return "the tool answered with nothing\(said)"
    case .refused: return "the call is not allowed\(said)"
    case .unreachable: return "the server does not answer\(said)"
    case .timedOut: return "the tool was \(observation.message)"
    case .outputLimit: return "the tool was \(observation.message)"
    case .killed: return "the tool was killed by signal \((observation.exitCode ?? 128) - 128)\(said)"
    case .notJSON: return observation.message
    case .notExecutable: return "the call cannot be made\(said)"
    }
  }
}
