import GRDB

/// The tables of a workspace, as named migrations that are only ever added to.
enum WorkspaceSchema {
  /// What this program writes into `PRAGMA user_version`; a workspace with a higher number is refused.
  static let version = 1

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: the six stages") { db in
      // What made a row: a stage with its parameters and all stages above it. Rows of other parameters stay, so that
      // going back to them costs nothing.
      try db.execute(
        sql: """
          CREATE TABLE lineages (
            id INTEGER PRIMARY KEY, stage TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, parameters TEXT NOT NULL);
          CREATE TABLE runs (
            id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, outcome TEXT, command TEXT NOT NULL,
            recipe TEXT NOT NULL, lineages TEXT NOT NULL);
          CREATE TABLE inputs (
            position INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, path TEXT NOT NULL, absolute_path TEXT NOT NULL);
          CREATE TABLE input_rejections (position INTEGER PRIMARY KEY, json TEXT NOT NULL);
          CREATE TABLE finished (
            lineage INTEGER NOT NULL, input TEXT NOT NULL, PRIMARY KEY (lineage, input)) WITHOUT ROWID;
          CREATE TABLE documents (
            lineage INTEGER NOT NULL, input TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
            json TEXT NOT NULL, PRIMARY KEY (lineage, input, position)) WITHOUT ROWID;
          CREATE TABLE pages (
            lineage INTEGER NOT NULL, document TEXT NOT NULL, number INTEGER NOT NULL, json TEXT NOT NULL,
            PRIMARY KEY (lineage, document, number));
          CREATE TABLE chunks (
            lineage INTEGER NOT NULL, input TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
            json TEXT NOT NULL, PRIMARY KEY (lineage, input, position));
          CREATE TABLE calls (
            key TEXT PRIMARY KEY, backend TEXT NOT NULL, model TEXT NOT NULL, request TEXT NOT NULL, reply TEXT NOT NULL,
            prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL);
          CREATE TABLE candidates (
            lineage INTEGER NOT NULL, input TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
            json TEXT NOT NULL, PRIMARY KEY (lineage, input, position));
          CREATE TABLE verdicts (
            lineage INTEGER NOT NULL, input TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
            json TEXT NOT NULL, PRIMARY KEY (lineage, input, position));
          CREATE TABLE samples (
            lineage INTEGER NOT NULL, input TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
            json TEXT NOT NULL, PRIMARY KEY (lineage, input, position));
          CREATE TABLE rejections (
            lineage INTEGER NOT NULL, input TEXT NOT NULL, position INTEGER NOT NULL, stage TEXT NOT NULL,
            "check" TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (lineage, input, position));
          """)
    }
    return migrator
  }
}
