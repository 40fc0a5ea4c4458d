import GRDB
import OrderedJSON

extension Workspace {
  /// Whether a stage has already dealt with this input.
  func isFinished(_ input: String, lineage: Lineage) async throws(WorkspaceError) -> Bool {
    try await read { db in
      try Bool.fetchOne(
        db, sql: "SELECT 1 FROM finished WHERE lineage = ? AND input = ?", arguments: [lineage.id, input]) ?? false
    }
  }

  /// What a stage kept of this input, in order.
  func outputs<Output: StoredValue>(
    _ type: Output.Type, of input: String, lineage: Lineage
  ) async throws(WorkspaceError) -> [Output] {
    try await read { db in
      try String.fetchAll(
        db, sql: "SELECT json FROM \(Output.table) WHERE lineage = ? AND input = ? ORDER BY position",
        arguments: [lineage.id, input]
      ).map { try Output(json: $0) }
    }
  }

  /// A document with its pages; `nil` where it was not kept.
  func document(_ id: String, lineage: Lineage) async throws(WorkspaceError) -> Document? {
    guard var document = try await outputs(Document.self, of: id, lineage: lineage).first else { return nil }
    document.pages = try await read { db in
      try String.fetchAll(
        db, sql: "SELECT json FROM pages WHERE lineage = ? AND document = ? ORDER BY number",
        arguments: [lineage.id, id]
      ).map { try JSONValueDecoder().decode(Page.self, from: JSONValue(parsing: $0)) }
    }
    return document
  }

  /// Writes all that became of one input, in one transaction.
  /// - Parameter final: `false` where the input was not really dealt with (a server failed): its rejections show in
  ///   this run's report, and the next run tries again.
  func commit<Output: StoredValue>(
    _ outcomes: [Outcome<Output>], of input: String, lineage: Lineage, final: Bool = true
  ) async throws {
    let rows = try outcomes.enumerated().flatMap { try PendingRow.rows(of: $1, position: $0) }
    try await commits.perform { db in
      for table in [Output.table, "rejections"] {
        try db.cachedStatement(sql: "DELETE FROM \(table) WHERE lineage = ? AND input = ?")
          .execute(arguments: [lineage.id, input])
      }
      for row in rows { try row.insert(db, lineage: lineage, input: input) }
      guard final else { return }
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO finished (lineage, input) VALUES (?, ?)")
        .execute(arguments: [lineage.id, input])
    }
  }

  /// Forgets what a stage that sees the whole corpus said before: what it says depends on all of it.
  func clear<Output: StoredValue>(_ type: Output.Type, lineage: Lineage) async throws(WorkspaceError) {
    try await commits.perform { db in
      for table in [Output.table, "rejections"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE lineage = ?", arguments: [lineage.id])
      }
    }
  }

  /// Adds outcomes of a stage that sees the whole corpus, each with the input and the place that it had there.
  func append<Output: StoredValue>(
    _ outcomes: [(input: String, position: Int, outcome: Outcome<Output>)], lineage: Lineage
  ) async throws {
    let rows = try outcomes.map { (input: $0.input, rows: try PendingRow.rows(of: $0.outcome, position: $0.position)) }
    try await commits.perform { db in
      for (input, rows) in rows {
        for row in rows { try row.insert(db, lineage: lineage, input: input) }
      }
    }
  }
}
