import DataForge
import OrderedJSON

/// Rows in, kept rows out, dropped rows beside them: what the commands that look at one row after the other share.
struct RowsInOut {
  struct Row {
    let number: Int
    let value: JSONValue
  }

  private let stage: StageName
  private let reader: JSONLinesReader
  private let kept: JSONLinesWriter
  private let rejected: JSONLinesWriter?
  private var tally = LinesTally()

  init(input: String, output: String, rejected: String?, stage: StageName) throws {
    self.stage = stage
    reader = try JSONLinesReader(path: input)
    kept = try JSONLinesWriter(path: output)
    self.rejected = try rejected.map { try JSONLinesWriter(path: $0) }
  }

  /// The next row that is JSON; what is not is rejected on the way.
  mutating func next() throws -> Row? {
    while let line = try reader.next() {
      switch line.value {
      case .success(let value):
        return Row(number: line.number, value: value)
      case .failure(let error):
        try reject(
          Row(number: line.number, value: .null), "not-json", "line \(line.number) is not valid JSON: \(error)")
      }
    }
    return nil
  }

  mutating func keep(_ value: JSONValue) throws {
    try kept.write(value)
    tally.kept += 1
  }

  mutating func reject(_ row: Row, _ check: String, _ reason: String) throws {
    try reject(
      Rejection(
        stage: stage, check: check, reason: reason, values: ["line": .integer(row.number)],
        id: row.value["id"]?.stringValue ?? "line-\(row.number)", item: row.value.isNull ? nil : row.value))
  }

  mutating func reject(_ rejection: Rejection) throws {
    tally.rejected[rejection.check, default: 0] += 1
    try rejected?.write(JSONValueEncoder().encode(rejection))
  }

  mutating func finish() throws -> LinesTally {
    try kept.finish()
    try rejected?.finish()
    return tally
  }
}
