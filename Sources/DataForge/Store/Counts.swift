import GRDB
import OrderedJSON

/// How much of each kind a workspace holds for one run: what `status`, the dataset card and the summary show.
public struct WorkspaceCounts: Codable, Hashable, Sendable {
  /// A reason and how often it dropped something.
  public struct Dropped: Codable, Hashable, Sendable {
    public var stage: StageName
    public var check: String
    public var count: Int
  }

  public var files: Int
  public var documents: Int
  public var pages: Int
  public var chunks: Int
  public var chunksFinished: Int
  public var candidates: Int
  public var samples: Int
  /// In the order of the stages, then the most frequent first.
  public var rejected: [Dropped]
  public var calls: Int
  public var tokens: TokenUsage

  enum CodingKeys: String, CodingKey {
    case files, documents, pages, chunks
    case chunksFinished = "chunks_finished"
    case candidates, samples, rejected, calls, tokens
  }

  public var rejectedTotal: Int { rejected.reduce(0) { $0 + $1.count } }
}

/// A document of the corpus and how much came of it.
struct SourceCount: Sendable {
  var path: String
  var sha256: String
  var pages: Int
  var samples: Int
}

extension Workspace {
  func counts(_ lineages: RunLineages) async throws(WorkspaceError) -> WorkspaceCounts {
    let chunks = try await chunkCounts(lineages)
    let spent = try await spentTokens()
    let input = try await inputRejections()
    return try await read { db in
      func count(_ sql: String, _ arguments: [Int64] = []) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: StatementArguments(arguments)) ?? 0
      }
      let perChunk = "FROM inputs i JOIN chunks c ON c.lineage = ? AND c.input = i.document"
      var dropped: [StageName: [String: Int]] = [:]
      for rejection in input { dropped[rejection.stage, default: [:]][rejection.check, default: 0] += 1 }
      for lineage in lineages.all {
        let isPerDocument = lineage.stage == .extract || lineage.stage == .chunk
        let sql =
          isPerDocument
          ? "SELECT r.\"check\", count(*) FROM inputs i JOIN rejections r ON r.lineage = ? AND r.input = i.document GROUP BY 1"
          : "SELECT r.\"check\", count(*) \(perChunk) JOIN rejections r ON r.lineage = ? AND r.input = c.id GROUP BY 1"
        let scope = isPerDocument ? [lineage.id] : [lineages.chunk.id, lineage.id]
        let rows = try Row.fetchAll(db, sql: sql, arguments: StatementArguments(scope))
        for row in rows { dropped[lineage.stage, default: [:]][row[0], default: 0] += row[1] }
      }
      return WorkspaceCounts(
        files: try count("SELECT count(*) FROM inputs"),
        documents: try count(
          "SELECT count(*) FROM inputs i JOIN documents d ON d.lineage = ? AND d.input = i.document",
          [lineages.extract.id]),
        pages: try count(
          "SELECT count(*) FROM inputs i JOIN pages p ON p.lineage = ? AND p.document = i.document",
          [lineages.extract.id]),
        chunks: chunks.all, chunksFinished: chunks.finished,
        candidates: try count(
          "SELECT count(*) \(perChunk) JOIN candidates k ON k.lineage = ? AND k.input = c.id",
          [lineages.chunk.id, lineages.generate.id]),
        samples: try count(
          "SELECT count(*) \(perChunk) JOIN samples s ON s.lineage = ? AND s.input = c.id",
          [lineages.chunk.id, lineages.filter.id]),
        rejected: StageName.allCases.flatMap { stage in
          (dropped[stage] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            WorkspaceCounts.Dropped(stage: stage, check: $0.key, count: $0.value)
          }
        },
        calls: spent.calls, tokens: spent.usage)
    }
  }
}

extension Workspace {
  /// Every document that was read, in order, with its pages and samples.
  func sourceCounts(_ lineages: RunLineages) async throws(WorkspaceError) -> [SourceCount] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT i.path, i.document,
            (SELECT count(*) FROM pages p WHERE p.lineage = ? AND p.document = i.document),
            (SELECT count(*) FROM chunks c JOIN samples s ON s.lineage = ? AND s.input = c.id
              WHERE c.lineage = ? AND c.input = i.document)
          FROM inputs i JOIN documents d ON d.lineage = ? AND d.input = i.document ORDER BY i.position
          """,
        arguments: [lineages.extract.id, lineages.filter.id, lineages.chunk.id, lineages.extract.id]
      ).map { SourceCount(path: $0[0], sha256: $0[1], pages: $0[2], samples: $0[3]) }
    }
  }
}
