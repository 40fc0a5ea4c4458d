import OrderedJSON

/// Joins the two rows of each distilled sample, which may stand in any order, by their ids.
///
/// It holds rows only until their other half comes, so that a file in which the halves stand side by side costs nothing.
public struct DistillJoiner: Sendable {
  private struct Key: Hashable {
    var id: JSONValue
    var task: DistillFormat.Task
  }

  private var waiting: [Key: (row: JSONObject, place: Int)] = [:]
  private var rows = 0

  public init() {}

  /// The canonical sample, once both of its rows are there.
  /// - Throws: `RowMisfit` where the row is no half of a sample, or is there twice.
  public mutating func add(_ row: JSONObject) throws(RowMisfit) -> JSONObject? {
    let task = try DistillFormat.task(of: row)
    guard let id = row["id"], !id.isNull else {
      throw RowMisfit("/id", "the row has no id, by which label and rationale find each other")
    }
    rows += 1
    if let other = waiting.removeValue(forKey: Key(id: id, task: task.other))?.row {
      return task == .label
        ? try DistillFormat.read(label: row, rationale: other) : try DistillFormat.read(label: other, rationale: row)
    }
    let key = Key(id: id, task: task)
    if waiting[key] != nil { throw RowMisfit("/id", "the \(task.rawValue) of this id is there twice") }
    waiting[key] = (row, rows)
    return nil
  }

  /// The rows whose other half has not come, in the order in which they were added, each with what is missing.
  public var halves: [(row: JSONObject, misfit: RowMisfit)] {
    waiting.sorted { $0.value.place < $1.value.place }.map { key, half in
      (half.row, RowMisfit("/id", "the \(key.task.other.rawValue) of this id is missing"))
    }
  }
}
