import OrderedJSON
import Synchronization

/// How many rows passed, and how many fell, by the first check that each failed.
public struct VerdictTally: Hashable, Sendable {
  public var passed = 0
  public var failed: [ToolCheckName: Int] = [:]

  public var failedTotal: Int { failed.values.reduce(0, +) }

  mutating func add(_ verdict: RowVerdict) {
    if let check = verdict.checks.first(where: { !$0.pass }) {
      failed[check.name, default: 0] += 1
    } else {
      passed += 1
    }
  }
}

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

  /// Writes the verdicts on `input` to `output`; `-` is stdin or stdout.
  ///
  /// A line that is no JSON fails its format check.
  /// - Returns: how many rows passed and failed, and by which check.
  /// - Throws: `FileError`, what stops the validator, or `Interrupted`.
  public func run(from input: String, to output: String) async throws -> VerdictTally {
    let reader = try JSONLinesReader(path: input)
    let lines = OrderedLines(kept: try JSONLinesWriter(path: output), rejected: nil, window: concurrency * 4)
    listener.began(.validate, total: 0, alreadyDone: 0)
    let tally = Mutex(VerdictTally())
    var number = -1
    try await concurrently(limit: concurrency, interrupt: interrupt) { () -> (Int, JSONLine)? in
      guard let line = try reader.next() else { return nil }
      number += 1
      await lines.waitForRoom(number)
      return (number, line)
    } body: { number, line in
      try await lines.orGiveUp {
        let verdict = try await verdict(on: line)
        tally.withLock { $0.add(verdict) }
        try await lines.put(number, kept: [verdict.json], rejected: [])
      }
      listener.advanced(.validate)
    }
    listener.ended(.validate)
    _ = try await lines.finish()
    return tally.withLock { $0 }
  }

  private func verdict(on line: JSONLine) async throws -> RowVerdict {
    switch line.value {
    case .success(let value):
      return try await validator.verdict(on: value, number: line.number)
    case .failure(let error):
      let failure = CheckResult(name: .format, pass: false, reason: "the line is not valid JSON: \(error)", path: "")
      return RowVerdict(row: line.number, id: .null, checks: [failure], observations: [])
    }
  }
}
