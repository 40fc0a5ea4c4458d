import Foundation
import GRDB

/// Remembers the fingerprints of the samples that were kept, on disk.
///
/// The database is private and temporary: SQLite makes it without a name in the folder for temporary files and it
/// vanishes with the object, also when the process is killed. Memory is bounded by SQLite's page cache (32 MiB) and a
/// bit field (4 MiB) that answers most look-ups for keys that were never seen.
final class DuplicateIndex {
  /// A sample that was kept earlier.
  struct Neighbour {
    var id: String
    var similarity: Double
  }

  private let database: DatabaseQueue
  private let seeksNear: Bool
  private var rows: Int64 = 0
  private var seen = KeyFilter()

  /// - Throws: a database error where the temporary folder cannot be written.
  init(seeksNear: Bool) throws {
    self.seeksNear = seeksNear
    var configuration = Configuration()
    // One transaction is left open for the life of the index: nothing of it has to survive.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -32768;
          PRAGMA locking_mode = EXCLUSIVE;
          """)
    }
    database = try DatabaseQueue(path: "", configuration: configuration)
    try database.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          CREATE TABLE sample (
            row INTEGER PRIMARY KEY, id TEXT NOT NULL, shingles BLOB NOT NULL);
          CREATE TABLE exact (first INTEGER PRIMARY KEY, second INTEGER NOT NULL, id TEXT NOT NULL);
          CREATE TABLE band (key INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)) WITHOUT ROWID;
          BEGIN;
          """)
    }
  }

  /// The kept sample that has the same words, if any.
  func equal(to fingerprint: Fingerprint) throws -> String? {
    try database.unsafeRead { database in
      let statement = try database.cachedStatement(sql: "SELECT id FROM exact WHERE first = ? AND second = ?")
      return try String.fetchOne(
        statement,
        arguments: [Int64(bitPattern: fingerprint.exact.0), Int64(bitPattern: fingerprint.exact.1)])
    }
  }

  /// The kept sample that is most like this one, at least `threshold` like it and with the same numbers; among equals
  /// the one that came first.
  func nearest(to fingerprint: Fingerprint, threshold: Double) throws -> Neighbour? {
    let keys = fingerprint.bandKeys.filter { seen.mayContain($0) }
    guard !keys.isEmpty else { return nil }
    return try database.unsafeRead { database in
      let inBand = try database.cachedStatement(sql: "SELECT row FROM band WHERE key = ? ORDER BY row LIMIT 64")
      var candidates: Set<Int64> = []
      for key in keys { candidates.formUnion(try Int64.fetchAll(inBand, arguments: [key])) }
      let sample = try database.cachedStatement(sql: "SELECT id, shingles FROM sample WHERE row = ?")
      var best: Neighbour?
      for row in candidates.sorted() {
        guard let found = try Row.fetchOne(sample, arguments: [row]) else { continue }
        let shingles = Self.shingles(from: found["shingles"])
        let similarity = Fingerprint.similarity(fingerprint.shingles, shingles)
        if similarity >= threshold, similarity > best?.similarity ?? 0 {
          best = Neighbour(id: found["id"], similarity: similarity)
        }
      }
      return best
    }
  }

  /// Adds a sample that was kept.
  func insert(_ fingerprint: Fingerprint, id: String) throws {
    rows += 1
    try database.writeWithoutTransaction { database in
      try database.cachedStatement(sql: "INSERT OR IGNORE INTO exact VALUES (?, ?, ?)").execute(
        arguments: [Int64(bitPattern: fingerprint.exact.0), Int64(bitPattern: fingerprint.exact.1), id])
      guard seeksNear else { return }
      try database.cachedStatement(sql: "INSERT INTO sample VALUES (?, ?, ?)").execute(
        arguments: [
          rows, id, fingerprint.shingles.withUnsafeBytes { Data($0) },
        ])
      var keysAndRow: [Int64] = []
      for key in fingerprint.bandKeys {
        seen.insert(key)
        keysAndRow += [key, rows]
      }
      try database.cachedStatement(sql: Self.insertBands).execute(arguments: StatementArguments(keysAndRow))
    }
  }

  /// All bands of a sample at once: one statement costs less than fourteen.
  private static let insertBands =
    "INSERT OR IGNORE INTO band VALUES " + Array(repeating: "(?, ?)", count: MinHash.bands).joined(separator: ", ")

  private static func shingles(from data: Data) -> [UInt32] {
    data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self) }
    }
  }
}
