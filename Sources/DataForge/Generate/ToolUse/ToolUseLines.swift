import OrderedJSON

/// Plans conversations, makes several at once, and writes them in the order of their plans.
struct ToolUseLines: Sendable {
  var output: String
  var rejected: String?
  var concurrency: Int
  var listener: any ProgressListener
  var interrupt: Interrupt

  /// - Parameters:
  ///   - isOpen: whether there are also plans whose steps a model has to find.
  ///   - outcomes: makes what a plan says; it is given all plans, too.
  /// - Throws: `FileError`, what stops the run, or `Interrupted`; then neither file appears.
  func write(
    _ planner: ToolUsePlanner, isOpen: Bool = false,
    outcomes: @escaping @Sendable (ToolUsePlan, [ToolUsePlan]) async throws -> [Outcome<ToolUseSample>]
  ) async throws -> LinesTally {
    let (plans, unusable) = try await planner.plans(isOpen: isOpen) { interrupt.isRequested }
    if interrupt.isRequested { throw Interrupted() }
    let lines = OrderedLines(
      kept: try JSONLinesWriter(path: output), rejected: try rejected.map { try JSONLinesWriter(path: $0) },
      window: concurrency * 4)
    listener.began(.generate, total: plans.count, alreadyDone: 0)
    try lines.skip(unusable.filter { $0.check == CallableTool.mayWrite })
    try lines.put(0, kept: [], rejected: unusable.filter { $0.check != CallableTool.mayWrite })
    var next = 0
    try await concurrently(limit: concurrency, interrupt: interrupt) { () -> (Int, ToolUsePlan)? in
      guard next < plans.count else { return nil }
      defer { next += 1 }
      return (next + 1, plans[next])
    } body: { number, plan in
      await lines.waitForRoom(number)
      try await lines.orGiveUp {
        var kept: [JSONValue] = []
        var dropped: [Rejection] = []
        for outcome in try await outcomes(plan, plans) {
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
