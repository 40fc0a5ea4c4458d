import OrderedJSON

/// Checks a row's calls by making them: turn after turn, from a clean state.
///
/// Only the tools of the tools file are executed; a row's own definitions never decide what runs. Where the row records
/// what a call answered, that is compared with what it answers now.
struct ExecutionCheck: Sendable {
  /// Who executes the tools; `nil` where no call is made.
  let executors: ToolExecutors?
  /// Whether a call whose tool cannot be executed is a failure.
  let isRequired: Bool
  let comparison: ResultComparison

  /// - Throws: what stops the run.
  func results(
    for row: ToolRow
  ) async throws -> (failures: [CheckResult], notes: [String], observed: [RowVerdict.ObservedCall]) {
    let session = executors?.session()
    var failures: [CheckResult] = []
    var notes: [String] = []
    var observed: [RowVerdict.ObservedCall] = []
    let results = FormatCheck.recordedResults(in: row)
    let recorded = comparison.mode == .none ? [:] : Dictionary(results.map { ($0.call, $0) }) { first, _ in first }
    // In a recovery, what failed is part of the lesson.
    let errors = Set(results.filter { $0.content.stringValue?.hasPrefix("Error") == true }.map(\.call))
    do {
      for turn in row.turns {
        for (call, observation) in try await Self.make(turn, in: session) {
          let name = call.name ?? ""
          guard let observation else {
            notExecuted(call, of: row, &failures, &notes)
            continue
          }
          observed.append(.init(call: call.index, id: call.id, tool: name, observation: observation))
          if Self.problem(observation) != nil, row.isRecovery, turn.endIndex < row.calls.endIndex,
            errors.contains(call.index)
          {
            let note = "a call of \"\(name)\" fails, as the row records (\"recovery\")"
            if !notes.contains(note) { notes.append(note) }
          } else if let reason = Self.problem(observation), let kind = FailureKind(observation.status) {
            failures.append(.fails(.execution, kind, call, of: row, at: call.path, reason))
          } else if session?.variesItsAnswers(name) == true {
            let note = "results of \"\(name)\" are not compared: it answers the same call differently (\"probe\")"
            if recorded[call.index] != nil, !notes.contains(note) { notes.append(note) }
          } else if let result = recorded[call.index],
            let difference = comparison.difference(recorded: result.content, observed: observation.output)
          {
            let place = difference.path.isEmpty ? "" : " at \(difference.path)"
            failures.append(
              .fails(
                .execution, .otherResult, call, of: row, at: result.path(in: row.conversation),
                "the recorded result differs from the observed one\(place): \(difference.reason)"))
          }
        }
      }
    } catch {
      await session?.close()
      throw error
    }
    if let failure = await session?.close() { notes.append("the tools file's reset failed: \(failure)") }
    return (failures, notes, observed)
  }

  /// What is said of calls where nothing is executed.
  func resultsWithoutExecutors(for row: ToolRow) -> (failures: [CheckResult], notes: [String]) {
    var failures: [CheckResult] = []
    var notes: [String] = []
    for call in row.calls where call.name != nil && call.arguments != nil {
      notExecuted(call, of: row, &failures, &notes)
    }
    return (failures, notes)
  }

  private func notExecuted(
    _ call: ToolRow.Call, of row: ToolRow, _ failures: inout [CheckResult], _ notes: inout [String]
  ) {
    let reason = "\"\(call.name ?? "")\" is not executed: the tools file does not say how (\"execute\")"
    if isRequired {
      failures.append(.fails(.execution, .notExecutable, call, of: row, at: call.path + "/name", reason))
    } else if !notes.contains(reason) {
      notes.append(reason)
    }
  }

  /// Makes the calls of one turn; what was seen stands in the order of the calls.
  private static func make(
    _ turn: ArraySlice<ToolRow.Call>, in session: CallSession?
  ) async throws -> [(ToolRow.Call, Observation?)] {
    let calls = turn.filter { $0.name != nil && $0.arguments != nil }
    let made = calls.map { ToolCall(id: $0.id, name: $0.name ?? "", arguments: $0.arguments ?? [:]) }
    let seen = try await session?.execute(turn: made) ?? made.map { _ in nil }
    return zip(calls, seen).map { ($0, $1) }
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
