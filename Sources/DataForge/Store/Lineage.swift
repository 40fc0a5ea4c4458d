import GRDB
import OrderedJSON

/// What made a row: a stage with its parameters, and the lineage of what it read.
///
/// Two rows with the same lineage and the same input are the same work, which is how finished work is found again.
public struct Lineage: Hashable, Sendable {
  /// The row in `lineages`.
  let id: Int64
  public let stage: StageName
  /// A hash over the whole chain.
  public let hash: String
}

extension Workspace {
  /// The lineage of a stage that reads what `upstream` made.
  func lineage(of stage: StageName, parameters: JSONValue, after upstream: Lineage?) async throws(WorkspaceError)
    -> Lineage
  {
    let text = parameters.canonical()
    let hash = StableID.of(stage.rawValue, upstream?.hash ?? "", text)
    try await commits.perform { db in
      try db.execute(
        sql: "INSERT OR IGNORE INTO lineages (stage, hash, parameters) VALUES (?, ?, ?)",
        arguments: [stage.rawValue, hash, text])
    }
    let id = try await read { db in
      try Int64.fetchOne(db, sql: "SELECT id FROM lineages WHERE hash = ?", arguments: [hash]) ?? 0
    }
    return Lineage(id: id, stage: stage, hash: hash)
  }
}
