import DataForge
import OrderedJSON

/// What all commands that run one stage over JSON Lines share: progress, signals, the summary and the exit code.
struct LinesCommand {
  let input: String
  let output: String
  let rejected: String?
  let display: DisplayOptions

  func run<S: Stage>(
    _ stage: S, concurrency: Int, prepare: (S, ProgressDisplay) async throws -> S = { stage, _ in stage }
  ) async throws where S.Input: Decodable, S.Output: Encodable {
    let progress = display.progress()
    let interrupt = Interrupt()
    let signals = SignalHandling(interrupt) { progress.warned("stopping: what is under way is finished first") }
    defer { withExtendedLifetime(signals) {} }
    let lines = StageOverLines(
      try await prepare(stage, progress), concurrency: concurrency, listener: progress, interrupt: interrupt)
    defer { progress.close() }
    let tally = try await lines.run(from: input, to: output, rejected: rejected)
    progress.close()
    try LinesSummary(tally, rejectedPath: rejected).report(display, dataOnStdout: output == "-")
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
    let reasons = tally.rejected.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if display.json {
      let summary: JSONValue = [
        "kept": .integer(tally.kept),
        "rejected": .object(JSONObject(reasons.map { ($0.key, .integer($0.value)) })),
      ]
      dataOnStdout ? Console.error(summary.serialized()) : Console.out(summary)
    } else if !display.quiet {
      let list = reasons.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      let hint = rejectedPath == nil && !reasons.isEmpty ? "; --rejected FILE keeps them" : ""
      Console.error("kept \(tally.kept), rejected \(tally.rejectedTotal)\(list.isEmpty ? "" : " (\(list))")\(hint)")
    }
    if display.strict, tally.rejectedTotal > 0 { throw StrictFailure() }
  }
}
