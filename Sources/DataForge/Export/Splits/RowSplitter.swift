import OrderedJSON

/// Decides for one row after the other which part of the dataset it goes to.
///
/// Rows of a group go to the same part. A group is a document (`source.sha256`, else `source.document`), or what a field
/// says; a row that names no document is a group by itself, together with the rows whose messages are the same.
///
/// Without a stratum the group's hash decides, so that neither order nor other rows count. With one, the groups of each
/// stratum are dealt in the order in which they come: rows that are added at the end move no earlier one.
public struct RowSplitter: Sendable {
  public let rule: SplitRule
  public let group: RowField?
  public let stratum: RowField?
  private var dealer: SplitDealer

  /// Takes the shares and, where wanted, the field that names a row's group and the one that names its stratum.
  public init(rule: SplitRule, group: RowField? = nil, stratum: RowField? = nil) {
    self.rule = rule
    self.group = group
    self.stratum = stratum
    dealer = SplitDealer(rule: rule)
  }

  /// - Throws: `RowMisfit` where the row lacks a field that was named.
  public mutating func split(of row: JSONObject) throws(RowMisfit) -> Split {
    let name = try groupName(of: row)
    guard let stratum else { return rule.split(of: name) }
    return dealer.split(of: name, in: try stratum.text(in: row, for: "stratified"))
  }

  private func groupName(of row: JSONObject) throws(RowMisfit) -> String {
    if let group { return try group.text(in: row, for: "kept together with others") }
    let source = row["source"]
    for key in ["sha256", "document"] {
      if let name = source?[key]?.stringValue, !name.isEmpty { return name }
    }
    return (row["messages"] ?? .object(row)).canonical()
  }
}
