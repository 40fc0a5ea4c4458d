import Foundation
import GRDB
import Glibc
import Synchronization

/// A run's folder: the database of everything done so far, and the files made from it.
///
/// One process works in it at a time; others may read. Work is committed as it is done, so that a run that is killed
/// goes on where it was.
public final class Workspace: Sendable {
  public enum Access: Sendable {
    /// Makes the folder where it is missing, and holds the lock.
    case work
    /// Only looks, also while a run works in it.
    case look
  }

  public let folder: String
  let database: DatabaseQueue
  let commits: GroupCommit
  private let lock: WorkspaceLock?
  /// SQLite does not survive the use of a connection that was closed.
  private let isClosed = Atomic(false)

  /// - Throws: `WorkspaceError`.
  public init(_ folder: String, access: Access) throws(WorkspaceError) {
    self.folder = folder
    let path = folder + "/forge.sqlite"
    switch access {
    case .work:
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw .notWritable(path: folder, detail: Self.detail(of: error))
      }
      lock = try WorkspaceLock(folder: folder)
      Self.sweep(folder)
    case .look:
      guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: folder) }
      lock = nil
    }
    do {
      database = try DatabaseQueue(path: path, configuration: Self.configuration(readOnly: access == .look))
      try Self.migrate(database, folder: folder, readOnly: access == .look)
    } catch {
      throw Self.translate(error, folder: folder)
    }
    commits = GroupCommit(database: database, folder: folder)
  }

  /// Whether a folder is a workspace.
  public static func exists(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/forge.sqlite")
  }

  /// Removes the temporary files of runs that were killed while they wrote. Only whoever holds the lock may.
  private static func sweep(_ folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(".") && name.hasSuffix(".part") {
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }

  private static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(10)
    // Error messages must not carry document text.
    configuration.publicStatementArguments = false
    configuration.prepareDatabase { db in
      if !readOnly {
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
      }
      try db.execute(sql: "PRAGMA cache_size = -16000")
      try db.execute(sql: "PRAGMA temp_store = FILE")
    }
    return configuration
  }

  private static func migrate(_ database: DatabaseQueue, folder: String, readOnly: Bool) throws {
    let version = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    guard version <= WorkspaceSchema.version else {
      throw WorkspaceError.newer(path: folder, version: version, known: WorkspaceSchema.version)
    }
    guard !readOnly else { return }
    try WorkspaceSchema.migrator.migrate(database)
    try database.write { try $0.execute(sql: "PRAGMA user_version = \(WorkspaceSchema.version)") }
  }

  /// Waits until everything that was handed over is on the disk, and folds the log into the database file.
  ///
  /// No other call may follow, but closing again does nothing.
  public func close() async throws(WorkspaceError) {
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    do {
      try await database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
      try database.close()
    } catch {
      throw Self.translate(error, folder: folder)
    }
  }

  /// Reads with one consistent view.
  func read<T: Sendable>(_ body: @Sendable @escaping (Database) throws -> T) async throws(WorkspaceError) -> T {
    do {
      return try await database.read(body)
    } catch {
      throw Self.translate(error, folder: folder)
    }
  }

  /// What the database or the system says, as an error that tells a person what to do.
  static func translate(_ error: any Error, folder: String) -> WorkspaceError {
    if let known = error as? WorkspaceError { return known }
    guard let refusal = error as? DatabaseError else {
      return .failed(path: folder, detail: detail(of: error))
    }
    switch refusal.resultCode {
    case .SQLITE_FULL: return .diskFull(path: folder)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: return .damaged(path: folder, detail: refusal.message ?? "no database")
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
      return .notWritable(path: folder, detail: refusal.message ?? "cannot be opened")
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .locked(path: folder, process: nil)
    // A full disk also shows as a failed write or a failed growth of the shared memory file.
    case .SQLITE_IOERR where isFull(folder): return .diskFull(path: folder)
    default: return .failed(path: folder, detail: refusal.message ?? "\(refusal.resultCode)")
    }
  }

  private static func isFull(_ folder: String) -> Bool {
    var figures = statvfs()
    guard statvfs(folder, &figures) == 0 else { return false }
    return figures.f_bavail * figures.f_frsize < 1 << 20
  }

  private static func detail(of error: any Error) -> String {
    if let posix = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError, posix.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(posix.code)))
    }
    return "\(error)"
  }
}
