import DataForge
import OrderedJSON

/// What all commands that write JSON Lines share: progress, signals, the summary and the exit code.
struct LinesCommand {
  let output: String
  let rejected: String?
  let display: DisplayOptions
  /// The folder that keeps the replies of a server.
  var calls: String?
  /// What is worked on: `passages`.
  let unit: String

  /// - Parameter work: writes the lines; gives what became of them, and the outage in which the rest was left.
  func run(
    _ work: (ProgressDisplay, Interrupt) async throws -> (tally: LinesTally, outage: BackendOutage?)
  ) async throws {
    let progress = display.progress(counting: unit)
    let interrupt = Interrupt()
    let signals = SignalHandling(interrupt) { progress.warned("stopping: what is under way is finished first") }
    defer { withExtendedLifetime(signals) {} }
    defer { progress.close() }
    let (tally, outage) = try await work(progress, interrupt)
    progress.close()
    let summary = LinesSummary(tally, rejectedPath: rejected)
    summary.show(display, dataOnStdout: output == "-")
    if let outage {
      let left = tally.rejected[LeftUndone.check, default: 0]
      throw Unfinished(outage: outage, left: "\(left) \(unit) were left undone", isKept: calls != nil)
    }
    try summary.beStrict(display)
  }
}

/// How many lines were kept and dropped, said at the end.
struct LinesSummary {
  let tally: LinesTally
  let rejectedPath: String?

  init(_ tally: LinesTally, rejectedPath: String?) {
    self.tally = tally
    self.rejectedPath = rejectedPath
  }

  func report(_ display: DisplayOptions, dataOnStdout: Bool) throws {
    show(display, dataOnStdout: dataOnStdout)
    try beStrict(display)
  }

  func beStrict(_ display: DisplayOptions) throws {
    if display.strict, tally.rejectedTotal > 0 { throw StrictFailure() }
  }

  func show(_ display: DisplayOptions, dataOnStdout: Bool) {
    func sorted(_ counts: [String: Int]) -> [(key: String, value: Int)] {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    }
    let reasons = sorted(tally.rejected)
    let skipped = sorted(tally.skipped)
    if display.json {
      var summary: JSONObject = [
        "kept": .integer(tally.kept),
        "rejected": .object(JSONObject(reasons.map { ($0.key, .integer($0.value)) })),
      ]
      if !skipped.isEmpty { summary["skipped"] = .object(JSONObject(skipped.map { ($0.key, .integer($0.value)) })) }
      dataOnStdout ? Console.error(JSONValue.object(summary).serialized()) : Console.out(.object(summary))
    } else if !display.quiet {
      let list = reasons.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      let hint = rejectedPath == nil && !reasons.isEmpty ? "; --rejected FILE keeps them" : ""
      let left = skipped.map { "; left out on purpose: \($0.key) \($0.value)" }.joined()
      Console.error(
        "kept \(tally.kept), rejected \(tally.rejectedTotal)\(list.isEmpty ? "" : " (\(list))")\(left)\(hint)")
    }
  }
}
