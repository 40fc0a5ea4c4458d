import GRDB
import OrderedJSON

/// A stage's output that the workspace keeps: which table, and under which id.
protocol StoredValue: Codable, Sendable {
  static var table: String { get }
  var id: String { get }
}

extension Chunk: StoredValue { static let table = "chunks" }
extension Candidate: StoredValue { static let table = "candidates" }
extension Judged: StoredValue {
  static let table = "verdicts"
  var id: String { candidate.id }
}
extension Sample: StoredValue { static let table = "samples" }
/// The pages stand in a table of their own: a page is what a person looks up.
extension Document: StoredValue { static let table = "documents" }

extension StoredValue {
  init(json: String) throws {
    self = try JSONValueDecoder().decode(Self.self, from: JSONValue(parsing: json))
  }
}

/// A row that is ready to be written: its text was made on the task that made the value, because the one connection
/// has enough to do.
struct PendingRow: Sendable {
  enum Kind: Sendable {
    case value(table: String, id: String)
    case page(document: String)
    case rejection(stage: StageName, check: String)
  }

  let kind: Kind
  /// The place among the input's outcomes; for a page its number.
  let position: Int
  let json: String

  /// The rows of an outcome.
  static func rows<Output: StoredValue>(of outcome: Outcome<Output>, position: Int) throws -> [PendingRow] {
    switch outcome {
    case .kept(let value):
      guard var document = value as? Document else {
        return [try row(.value(table: Output.table, id: value.id), position, value)]
      }
      let pages = document.pages
      document.pages = []
      return [try row(.value(table: Output.table, id: value.id), position, document)]
        + (try pages.map { try row(.page(document: value.id), $0.number, $0) })
    case .rejected(let rejection):
      return [try row(.rejection(stage: rejection.stage, check: rejection.check), position, rejection)]
    }
  }

  static func row(_ kind: Kind, _ position: Int, _ value: some Encodable) throws -> PendingRow {
    PendingRow(kind: kind, position: position, json: try JSONValueEncoder().encode(value).serialized())
  }

  func insert(_ db: Database, lineage: Lineage, input: String) throws {
    switch kind {
    case .value(let table, let id):
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO \(table) (lineage, input, position, id, json) VALUES (?, ?, ?, ?, ?)"
      ).execute(arguments: [lineage.id, input, position, id, json])
    case .page(let document):
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO pages (lineage, document, number, json) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [lineage.id, document, position, json])
    case .rejection(let stage, let check):
      try db.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO rejections (lineage, input, position, stage, "check", json) VALUES (?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [lineage.id, input, position, stage.rawValue, check, json])
    }
  }
}
