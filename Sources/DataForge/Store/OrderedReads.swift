import GRDB
import OrderedJSON

/// Where a row stands in the order of the inputs: which document, which chunk of it, which outcome of that.
///
/// All files are written in this order, so that they do not depend on who finished first.
struct Place: Hashable, Sendable {
  var document = -1
  var chunk = -1
  var item = -1
}

/// Reads in order, a batch at a time, so that memory does not grow with the corpus.
extension Workspace {
  /// The hashes of the input files that chunking has not dealt with.
  func unfinishedFiles(_ lineages: RunLineages) async throws(WorkspaceError) -> Set<String> {
    try await read { db in
      try String.fetchSet(
        db,
        sql: """
          SELECT i.document FROM inputs i LEFT JOIN finished f ON f.lineage = ? AND f.input = i.document
          WHERE f.input IS NULL
          """, arguments: [lineages.chunk.id])
    }
  }

  /// Chunks that validation has not dealt with, in order.
  func unfinishedChunks(_ lineages: RunLineages, after place: Place, limit: Int) async throws(WorkspaceError) -> [(
    place: Place, chunk: Chunk
  )] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT i.position, c.position, c.json FROM inputs i
          JOIN chunks c ON c.lineage = ? AND c.input = i.document
          LEFT JOIN finished f ON f.lineage = ? AND f.input = c.id
          WHERE f.input IS NULL AND i.position >= ? AND (i.position, c.position) > (?, ?)
          ORDER BY i.position, c.position LIMIT ?
          """,
        arguments: [
          lineages.chunk.id, lineages.validate.id, max(place.document, 0), place.document, place.chunk, limit,
        ]
      ).map { (Place(document: $0[0], chunk: $0[1]), try Chunk(json: $0[2])) }
    }
  }

  /// How many chunks there are, and how many of them validation has dealt with.
  func chunkCounts(_ lineages: RunLineages) async throws(WorkspaceError) -> (all: Int, finished: Int) {
    try await read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT count(*), count(f.input) FROM inputs i
          JOIN chunks c ON c.lineage = ? AND c.input = i.document
          LEFT JOIN finished f ON f.lineage = ? AND f.input = c.id
          """, arguments: [lineages.chunk.id, lineages.validate.id])
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }

  /// How many candidates passed validation.
  func judgedCount(_ lineages: RunLineages) async throws(WorkspaceError) -> Int {
    try await read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM inputs i JOIN chunks c ON c.lineage = ? AND c.input = i.document
          JOIN verdicts v ON v.lineage = ? AND v.input = c.id
          """, arguments: [lineages.chunk.id, lineages.validate.id]) ?? 0
    }
  }

  /// What passed validation, in order, each with its chunk's text and its document.
  func judged(_ lineages: RunLineages, after place: Place, limit: Int) async throws(WorkspaceError) -> [JudgedRow] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT i.position, c.position, v.position, c.id, json_extract(c.json, '$.text'), i.path, i.document, v.json
          FROM inputs i
          JOIN chunks c ON c.lineage = ? AND c.input = i.document
          JOIN verdicts v ON v.lineage = ? AND v.input = c.id
          WHERE i.position >= ? AND (i.position, c.position, v.position) > (?, ?, ?)
          ORDER BY i.position, c.position, v.position LIMIT ?
          """,
        arguments: [
          lineages.chunk.id, lineages.validate.id, max(place.document, 0), place.document, place.chunk, place.item,
          limit,
        ]
      ).map {
        JudgedRow(
          place: Place(document: $0[0], chunk: $0[1], item: $0[2]), chunkID: $0[3], chunkText: $0[4], path: $0[5],
          sha256: $0[6], judged: try Judged(json: $0[7]))
      }
    }
  }

  /// The finished samples, in order.
  func samples(_ lineages: RunLineages, after place: Place, limit: Int) async throws(WorkspaceError) -> [(
    place: Place, sample: Sample
  )] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT i.position, c.position, s.position, s.json FROM inputs i
          JOIN chunks c ON c.lineage = ? AND c.input = i.document
          JOIN samples s ON s.lineage = ? AND s.input = c.id
          WHERE i.position >= ? AND (i.position, c.position, s.position) > (?, ?, ?)
          ORDER BY i.position, c.position, s.position LIMIT ?
          """,
        arguments: [
          lineages.chunk.id, lineages.filter.id, max(place.document, 0), place.document, place.chunk, place.item,
          limit,
        ]
      ).map { (Place(document: $0[0], chunk: $0[1], item: $0[2]), try Sample(json: $0[3])) }
    }
  }

  /// The hashes of the documents that have samples, in order.
  func sampledDocuments(_ lineages: RunLineages) async throws(WorkspaceError) -> [String] {
    try await read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT i.document FROM inputs i WHERE EXISTS (
            SELECT 1 FROM chunks c JOIN samples s ON s.lineage = ? AND s.input = c.id
            WHERE c.lineage = ? AND c.input = i.document)
          ORDER BY i.position
          """, arguments: [lineages.filter.id, lineages.chunk.id])
    }
  }

  /// What was dropped, in the order of the stages and, within one, of the inputs. `path` is how the user knows the
  /// document now.
  func rejections(_ lineages: RunLineages, of stage: StageName, after place: Place, limit: Int)
    async throws(WorkspaceError) -> [(place: Place, path: String, rejection: Rejection)]
  {
    guard let lineage = lineages.all.first(where: { $0.stage == stage }) else { return [] }
    let isPerDocument = stage == .extract || stage == .chunk
    // Later stages file their outcomes under the chunk that they worked on, earlier ones under the document.
    let from =
      isPerDocument
      ? "FROM inputs i JOIN rejections r ON r.lineage = ? AND r.input = i.document"
      : "FROM inputs i JOIN chunks c ON c.lineage = ? AND c.input = i.document JOIN rejections r ON r.lineage = ? AND r.input = c.id"
    let chunkPosition = isPerDocument ? "0" : "c.position"
    let scope: [Int64] = isPerDocument ? [lineage.id] : [lineages.chunk.id, lineage.id]
    return try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT i.position, \(chunkPosition) AS chunk_position, r.position, i.path, r.json \(from)
          WHERE i.position >= ? AND (i.position, \(chunkPosition), r.position) > (?, ?, ?)
          ORDER BY i.position, chunk_position, r.position LIMIT ?
          """,
        arguments: StatementArguments(scope)
          + [max(place.document, 0), place.document, place.chunk, place.item, limit]
      ).map {
        let rejection = try JSONValueDecoder().decode(Rejection.self, from: JSONValue(parsing: $0[4] as String))
        return (Place(document: $0[0], chunk: $0[1], item: $0[2]), $0[3], rejection)
      }
    }
  }

  /// What was dropped before any stage saw it: files that could not be read or are of another kind.
  func inputRejections() async throws(WorkspaceError) -> [Rejection] {
    try await read { db in
      try String.fetchAll(db, sql: "SELECT json FROM input_rejections ORDER BY position").map {
        try JSONValueDecoder().decode(Rejection.self, from: JSONValue(parsing: $0))
      }
    }
  }
}

/// A judged candidate with what filtering and export need of its surroundings.
struct JudgedRow: Sendable {
  var place: Place
  var chunkID: String
  var chunkText: String
  var path: String
  var sha256: String
  var judged: Judged
}
