import OrderedJSON

/// Which columns a dataset's rows have, and whether all have them.
///
/// `datasets` takes the columns of the first file for those of all, so where a column is missing in some rows, the card must
/// name them all.
public struct RowColumns: Sendable {
  /// In the order in which they were first seen.
  private var names: [String] = []
  private var kinds: [String: (kind: String, rows: Int)] = [:]
  private var rows = 0

  mutating func add(_ row: JSONObject) {
    rows += 1
    for (name, value) in row {
      if kinds[name] == nil {
        names.append(name)
        kinds[name] = (Self.kind(of: value), 0)
      }
      kinds[name]?.rows += 1
    }
  }

  /// Whether every row has every column.
  public var areInAllRows: Bool { kinds.values.allSatisfy { $0.rows == rows } }

  /// The columns as the features of a dataset card, in YAML.
  var features: String {
    names.map { "  - {name: \($0), \(kinds[$0]?.kind ?? "dtype: json")}" }.joined(separator: "\n")
  }

  /// Source: the types of `datasets.Features`; `json` is what has no one form.
  private static func kind(of value: JSONValue) -> String {
    switch value {
    case .string: "dtype: string"
    case .bool: "dtype: bool"
    case .integer: "dtype: int64"
    case .double: "dtype: float64"
    case .array(let list): list.first?.intValue == nil ? "list: json" : "list: int64"
    default: "dtype: json"
    }
  }
}
