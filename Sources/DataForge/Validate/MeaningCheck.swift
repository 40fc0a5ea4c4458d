import OrderedJSON

/// Asks a judge what no rule can tell: whether the calls serve the request, and whether the answer follows from the
/// results.
///
/// The judge replies by a JSON Schema. It is asked about the calls first and, where they serve, about the answer; each time
/// up to `votes` times, and no longer than until one side has the majority. The row is data to it: what stands there is shown as JSON, and the prompt says so.
public struct MeaningCheck: Sendable {
  private let backend: any Backend
  private let votes: Int

  /// - Parameter votes: how often the judge is asked at most; an odd number has always a majority.
  public init(backend: any Backend, votes: Int = 3) {
    self.backend = backend
    self.votes = max(1, votes)
  }

  /// - Throws: `BackendError` or `BackendOutage` where the judge was never reached.
  func results(for row: ToolRow, _ observed: [RowVerdict.ObservedCall]) async throws -> (
    failures: [CheckResult], notes: [String]
  ) {
    let question = JudgeQuestion(row, observed)
    do {
      for subject in question.subjects {
        if let failure = try await failure(row, question, subject) { return ([failure], []) }
      }
      return ([], [])
    } catch {
      return ([try failure(after: error, at: row.conversation.place)], [])
    }
  }

  /// What the votes on one subject say against the row.
  private func failure(
    _ row: ToolRow, _ question: JudgeQuestion, _ subject: JudgeQuestion.Subject
  ) async throws -> CheckResult? {
    var tally = Tally(votes: votes)
    var asked = 0
    while asked < votes, !tally.isDecided {
      let reply = try await backend.reply(to: question.request(about: subject, vote: asked, of: votes))
      asked += 1
      guard let said = JSONReply.parse(reply.text), let isWrong = said[subject.verdict]?.boolValue else { continue }
      tally.add(!isWrong, (said[subject.evidence] ?? said["reason"])?.stringValue ?? "")
    }
    guard let isRight = tally.majority else {
      return .fails(
        .meaning, .unjudged, at: row.conversation.place,
        "the judge came to no verdict in \(asked) replies (\(tally.yes) for, \(tally.no) against)")
    }
    guard !isRight else { return nil }
    switch subject {
    case .calls:
      let what = row.calls.isEmpty ? "a call would be right" : "the calls do not serve the request"
      return .fails(
        .meaning, .unserved, at: row.calls.first?.path ?? row.conversation.place, "\(what)\(tally.said(false))")
    case .answer:
      return .fails(
        .meaning, .unsupported, at: question.answerPath ?? row.conversation.place,
        "the answer does not follow from the results\(tally.said(false))")
    }
  }

  /// What an error says about the row alone.
  /// - Throws: the error, where it says that the run should end.
  private func failure(after error: any Error, at path: String) throws -> CheckResult {
    switch error {
    case is BudgetReached:
      return .fails(.meaning, .unasked, at: path, "the judge was not asked: the budget is used up")
    case let outage as BackendOutage where outage.hasAnswered:
      return .fails(.meaning, .unasked, at: path, "the judge was not asked, for its server is down: \(outage)")
    case let error as BackendError where error.consequence != .stopsRun:
      return .fails(.meaning, .unjudged, at: path, "the judge gave no verdict: \(error)")
    default: throw error
    }
  }

  /// Votes on one question.
  private struct Tally {
    let votes: Int
    var yes = 0
    var no = 0
    var reasons: [Bool: String] = [:]

    init(votes: Int) { self.votes = votes }

    mutating func add(_ vote: Bool, _ reason: String) {
      if vote { yes += 1 } else { no += 1 }
      if reasons[vote] == nil, !reason.isEmpty { reasons[vote] = reason }
    }

    /// Whether no further vote can change the majority.
    var isDecided: Bool { max(yes, no) * 2 > votes }

    var majority: Bool? { yes == no ? nil : yes > no }

    func said(_ vote: Bool) -> String {
      let count = " (\(vote ? yes : no) of \(yes + no) votes)"
      return reasons[vote].map { "\(count): \($0.prefix(400))" } ?? count
    }
  }
}
