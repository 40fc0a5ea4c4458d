import OrderedJSON

/// Asks a judge what no rule can tell: whether the calls serve the request, and whether the answer follows from the
/// results.
///
/// The judge replies by a JSON Schema. It is asked up to `votes` times, and no longer than until one side has the
/// majority. The row is data to it: what stands there is shown as JSON, and the prompt says so.
public struct MeaningCheck: Sendable {
  private let backend: any Backend
  private let votes: Int

  /// - Parameter votes: how often the judge is asked at most; an odd number has always a majority.
  public init(backend: any Backend, votes: Int = 3) {
    self.backend = backend
    self.votes = max(1, votes)
  }

  /// - Throws: `BackendError` where the judge cannot be reached or the run should end.
  func results(for row: ToolRow, _ observed: [RowVerdict.ObservedCall]) async throws -> (
    failures: [CheckResult], notes: [String]
  ) {
    let question = JudgeQuestion(row, observed)
    var served = Tally(votes: votes)
    var follows = Tally(votes: votes)
    var asked = 0
    do {
      while asked < votes, !(served.isDecided && (follows.isDecided || !question.hasAnswer)) {
        let reply = try await backend.reply(to: question.request(vote: asked, of: votes))
        asked += 1
        guard let verdict = JSONReply.parse(reply.text), let serves = verdict["calls_serve_request"]?.boolValue else {
          continue
        }
        let reason = verdict["reason"]?.stringValue ?? ""
        served.add(serves, reason)
        // An answer that is not there cannot be wrong.
        follows.add(question.hasAnswer ? verdict["answer_follows_from_results"]?.boolValue ?? true : true, reason)
      }
    } catch let error as BackendError where error.consequence != .stopsRun {
      let path = row.conversation.place
      return ([.fails(.meaning, .unjudged, at: path, "the judge gave no verdict: \(error)")], [])
    }
    return (failures(row, question, served, follows, asked: asked), [])
  }

  private func failures(
    _ row: ToolRow, _ question: JudgeQuestion, _ served: Tally, _ follows: Tally, asked: Int
  ) -> [CheckResult] {
    guard let isServed = served.majority, let isFollowing = follows.majority else {
      return [
        .fails(
          .meaning, .unjudged, at: row.conversation.place,
          "the judge came to no verdict in \(asked) replies (\(served.yes) for, \(served.no) against)")
      ]
    }
    var failures: [CheckResult] = []
    if !isServed {
      let path = row.calls.first?.path ?? row.conversation.place
      let what = row.calls.isEmpty ? "a call would be right" : "the calls do not serve the request"
      failures.append(.fails(.meaning, .unserved, at: path, "\(what)\(served.said(false))"))
    }
    if !isFollowing {
      failures.append(
        .fails(
          .meaning, .unsupported, at: question.answerPath ?? row.conversation.place,
          "the answer does not follow from the results\(follows.said(false))"))
    }
    return failures
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
      return reasons[vote].map { "\(count): \($0.prefix(300))" } ?? count
    }
  }
}
