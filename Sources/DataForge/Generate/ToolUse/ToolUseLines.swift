import OrderedJSON

/// Writes conversations in the order of their plans while several are made at once.
struct ToolUseLines: Sendable {
  var output: String
  var rejected: String?
  var concurrency: Int
  var listener: any ProgressListener
  var interrupt: Interrupt

  /// - Parameters:
  ///   - unusable: what is rejected before anything is made.
  ///   - outcomes: makes what a plan says.
  /// - Throws: `FileError`, what stops the run, or `Interrupted`; then neither file appears.
  func write<Plan: Sendable>(
    _ plans: [Plan], unusable: [Rejection],
    outcomes: @escaping @Sendable (Plan) async throws -> [Outcome<ToolUseSample>]
  ) async throws -> LinesTally {
    let lines = OrderedLines(
      kept: try JSONLinesWriter(path: output), rejected: try rejected.map { try JSONLinesWriter(path: $0) },
      window: concurrency * 4)
    listener.began(.generate, total: plans.count, alreadyDone: 0)
    try lines.skip(unusable.filter { $0.check == CallableTool.mayWrite })
    try lines.put(0, kept: [], rejected: unusable.filter { $0.check != CallableTool.mayWrite })
    var next = 0
    try await concurrently(limit: concurrency, interrupt: interrupt) { () -> (Int, Plan)? in
      guard next < plans.count else { return nil }
      defer { next += 1 }
      return (next + 1, plans[next])
    } body: { number, plan in
      await lines.waitForRoom(number)
      try await lines.orGiveUp {
        var kept: [JSONValue] = []
        var dropped: [Rejection] = []
        for outcome in try await outcomes(plan) {
          switch outcome {
          case .kept(let sample): kept.append(try JSONValueEncoder().encode(sample))
          case .rejected(let rejection): dropped.append(rejection)
          }
        }
        try lines.put(number, kept: kept, rejected: dropped)
      }
      listener.advanced(.generate)
    }
    listener.ended(.generate)
    return try lines.finish()
  }
}
