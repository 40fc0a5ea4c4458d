import DataForge
import OrderedJSON

/// Where dropped rows go, counted by reason.
struct RejectedRows {
  private let stage: StageName
  private let writer: JSONLinesWriter?
  private(set) var counts: [String: Int] = [:]

  /// - Parameter path: `nil` where dropped rows are only counted.
  init(path: String?, stage: StageName) throws {
    self.stage = stage
    writer = try path.map { try JSONLinesWriter(path: $0) }
  }

  mutating func add(_ row: RowsInOut.Row, _ check: String, _ reason: String, values: JSONObject = [:]) throws {
    var members: JSONObject = [row.place.unit.rawValue: .integer(row.place.number)]
    for (key, value) in values { members[key] = value }
    try add(
      Rejection(
        stage: stage, check: check, reason: reason, values: .object(members),
        id: row.value["id"]?.stringValue ?? row.place.name, item: row.value.isNull ? nil : row.value))
  }

  mutating func add(_ rejection: Rejection) throws {
    counts[rejection.check, default: 0] += 1
    try writer?.write(JSONValueEncoder().encode(rejection))
  }

  func finish() throws { try writer?.finish() }
}
