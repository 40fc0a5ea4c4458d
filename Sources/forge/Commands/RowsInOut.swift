import DataForge
import OrderedJSON

/// Rows in, kept rows out, dropped rows beside them: what the commands that look at one row after the other share.
struct RowsInOut {
  struct Row {
    let place: RowPlace
    let value: JSONValue
  }

  private let reader: JSONLinesReader
  private let kept: JSONLinesWriter
  private var rejected: RejectedRows
  private var count = 0
  private let signals = StopOnSignal()

  init(input: String, output: String, rejected: String?, stage: StageName) throws {
    reader = try JSONLinesReader(path: input)
    kept = try JSONLinesWriter(path: output)
    self.rejected = try RejectedRows(path: rejected, stage: stage)
  }

  /// The next row that is JSON; what is not is rejected on the way.
  mutating func next() throws -> Row? {
    while let line = try reader.next() {
      try signals.check()
      switch line.value {
      case .success(let value):
        return Row(place: line.place, value: value)
      case .failure(let error):
        try reject(
          Row(place: line.place, value: .null), "not-json", "\(line.place) is not valid JSON: \(error)")
      }
    }
    return nil
  }

  mutating func keep(_ value: JSONValue) throws {
    try kept.write(value)
    count += 1
  }

  mutating func reject(_ row: Row, _ check: String, _ reason: String) throws {
    try rejected.add(row, check, reason)
  }

  mutating func reject(_ rejection: Rejection) throws { try rejected.add(rejection) }

  mutating func finish() throws -> LinesTally {
    try kept.finish()
    try rejected.finish()
    return LinesTally(kept: count, rejected: rejected.counts)
  }
}
