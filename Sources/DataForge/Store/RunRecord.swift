import Foundation
import GRDB
import OrderedJSON

/// How a run ended.
public enum RunEnd: String, Codable, Sendable {
  case done, interrupted, failed
  case budgetReached = "budget_reached"
}

/// What the workspace says of its latest run.
public struct RunRecord: Codable, Sendable {
  public var started: String
  public var ended: String?
  /// `nil` while the run works, or where it was killed.
  public var outcome: RunEnd?
  public var command: String
  public var recipe: String
}

/// The lineages of all stages of a run: what its rows are filed under.
public struct RunLineages: Sendable {
  public var extract: Lineage
  public var chunk: Lineage
  public var generate: Lineage
  public var validate: Lineage
  public var filter: Lineage

  public var all: [Lineage] { [extract, chunk, generate, validate, filter] }
}

extension Workspace {
  /// Notes that a run begins, over these inputs and with these lineages, and returns its number.
  func beginRun(
    files: [SourceFile], rejected: [Rejection], lineages: RunLineages, command: String, recipe: JSONValue
  ) async throws -> Int64 {
    let started = Date().ISO8601Format()
    let recipe = recipe.serialized()
    let numbers = JSONValue.array(lineages.all.map { .integer(Int($0.id)) }).serialized()
    let rejections = try rejected.map { try JSONValueEncoder().encode($0).serialized() }
    try await commits.perform { db in
      try db.execute(sql: "DELETE FROM inputs; DELETE FROM input_rejections")
      for (position, file) in files.enumerated() {
        try db.cachedStatement(
          sql: "INSERT INTO inputs (position, document, path, absolute_path) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [position, file.sha256, file.path, file.absolutePath])
      }
      for (position, json) in rejections.enumerated() {
        try db.cachedStatement(sql: "INSERT INTO input_rejections (position, json) VALUES (?, ?)")
          .execute(arguments: [position, json])
      }
      try db.execute(
        sql: "INSERT INTO runs (started, command, recipe, lineages) VALUES (?, ?, ?, ?)",
        arguments: [started, command, recipe, numbers])
    }
    return try await read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM runs") ?? 0 }
  }

  func endRun(_ run: Int64, _ outcome: RunEnd) async throws(WorkspaceError) {
    let ended = Date().ISO8601Format()
    try await commits.perform { db in
      try db.execute(
        sql: "UPDATE runs SET ended = ?, outcome = ? WHERE id = ?", arguments: [ended, outcome.rawValue, run])
    }
  }

  /// The latest run and its lineages; `nil` where nothing ran yet.
  func latestRun() async throws(WorkspaceError) -> (record: RunRecord, lineages: RunLineages)? {
    try await read { db in
      guard let row = try Row.fetchOne(db, sql: "SELECT * FROM runs ORDER BY id DESC LIMIT 1") else { return nil }
      let record = RunRecord(
        started: row["started"], ended: row["ended"], outcome: (row["outcome"] as String?).flatMap(RunEnd.init),
        command: row["command"], recipe: row["recipe"])
      let numbers = try JSONValue(parsing: row["lineages"] as String).arrayValue?.compactMap(\.intValue) ?? []
      let lineages = try numbers.compactMap { number -> Lineage? in
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM lineages WHERE id = ?", arguments: [number]),
          let stage = StageName(rawValue: row["stage"])
        else { return nil }
        return Lineage(id: row["id"], stage: stage, hash: row["hash"])
      }
      guard lineages.count == 5 else {
        throw WorkspaceError.damaged(path: self.folder, detail: "the latest run names no lineages")
      }
      return (
        record,
        RunLineages(
          extract: lineages[0], chunk: lineages[1], generate: lineages[2], validate: lineages[3],
          filter: lineages[4])
      )
    }
  }
}
