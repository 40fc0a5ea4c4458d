import OrderedJSON
import Synchronization

/// Checks a file of rows with tool calls: one verdict a row, in the order of the rows, whatever the concurrency.
public struct RowValidation: Sendable {
  public var validator: ToolCallValidator
  /// How many rows are checked at once.
  public var concurrency: Int
  public var listener: any ProgressListener
  public var interrupt: Interrupt

  public init(
    _ validator: ToolCallValidator, concurrency: Int, listener: any ProgressListener = SilentProgress(),
    interrupt: Interrupt = Interrupt()
  ) {
    self.validator = validator
    self.concurrency = concurrency
    self.listener = listener
    self.interrupt = interrupt
  }

  /// Files of rows beside the verdicts.
  public struct RowFiles: Sendable {
    /// Rows that passed, with the observed results of calls that had none.
    public var recorded: String?
    /// All rows, repaired where that is safe.
    public var fixed: String?

    public init(recorded: String? = nil, fixed: String? = nil) {
      self.recorded = recorded
      self.fixed = fixed
    }
  }

  /// Rows that one task takes where nothing is waited for: a task costs as much as a row.
  private static let rowsOnPaper = 64

  /// Writes the verdicts on `input` to `output`; `-` is stdin or stdout.
  ///
  /// A row that is no JSON fails its format check.
  /// - Returns: how many rows passed and failed, by which check and for which reasons.
  /// - Throws: `FileError`, what stops the validator, or `Interrupted`; then no file appears.
  public func run(
    from input: String, to output: String, rows files: RowFiles = RowFiles()
  ) async throws -> VerdictTally {
    let reader = try JSONLinesReader(path: input, repeatedKeys: WrittenTools.keys)
    let window = concurrency * 4
    let verdicts = OrderedLines(kept: try JSONLinesWriter(path: output), rejected: nil, window: window)
    let recorded = try files.recorded.map {
      OrderedLines(kept: try JSONLinesWriter(path: $0), rejected: nil, window: window)
    }
    let fixed = try files.fixed.map {
      OrderedLines(kept: try JSONLinesWriter(path: $0), rejected: nil, window: window)
    }
    let size = validator.isOnPaper ? Self.rowsOnPaper : 1
    listener.began(.validate, total: 0, alreadyDone: 0)
    let tally = Mutex(VerdictTally())
    var number = -1
    try await concurrently(limit: concurrency, interrupt: interrupt) { () -> (Int, [JSONLine])? in
      var lines: [JSONLine] = []
      while lines.count < size, let line = try reader.next() { lines.append(line) }
      guard !lines.isEmpty else { return nil }
      number += 1
      return (number, lines)
    } body: { number, lines in
      await verdicts.waitForRoom(number)
      try await verdicts.orGiveUp {
        var judged: [ToolCallValidator.Judged] = []
        var counts = VerdictTally()
        for line in lines {
          let one = try await self.judged(line)
          counts.add(one.verdict)
          judged.append(one)
        }
        tally.withLock { [counts] in $0.add(counts) }
        try verdicts.put(number, kept: judged.map(\.verdict.json), rejected: [])
        try recorded?.put(number, kept: judged.filter(\.verdict.passed).map(\.recorded), rejected: [])
        try fixed?.put(number, kept: judged.map(\.row).filter { !$0.isNull }, rejected: [])
      }
      for _ in lines { listener.advanced(.validate) }
    }
    listener.ended(.validate)
    _ = try verdicts.finish()
    _ = try recorded?.finish()
    _ = try fixed?.finish()
    return tally.withLock { $0 }
  }

  private func judged(_ line: JSONLine) async throws -> ToolCallValidator.Judged {
    switch line.value {
    case .success(let value):
      return validator.isOnPaper
        ? validator.judgedOnPaper(value, number: line.number)
        : try await validator.judged(value, number: line.number)
    case .failure(let error):
      let failure = CheckResult(
        name: .format, pass: false, kind: .notJSON, reason: "the \(line.place.unit) is not valid JSON: \(error)",
        path: "")
      let verdict = RowVerdict(row: line.number, id: .null, checks: [failure], observations: [])
      return ToolCallValidator.Judged(verdict: verdict, row: .null, read: nil)
    }
  }
}
