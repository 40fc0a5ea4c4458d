import GRDB

/// Writes for many tasks at once: what waits while one transaction is under way goes together into the next.
///
/// A caller resumes only when its work is committed, so that nothing counts as done that a kill could take back.
actor GroupCommit {
  typealias Work = @Sendable (Database) throws -> Void

  private let database: DatabaseQueue
  private let folder: String
  private var pending: [(work: Work, waiter: CheckedContinuation<Result<Void, WorkspaceError>, Never>)] = []
  private var isDraining = false

  init(database: DatabaseQueue, folder: String) {
    self.database = database
    self.folder = folder
  }

  /// - Throws: `WorkspaceError`; then nothing of the work, and of what was grouped with it, was written.
  func perform(_ work: @escaping Work) async throws(WorkspaceError) {
    let result = await withCheckedContinuation { waiter in
      pending.append((work, waiter))
      if !isDraining {
        isDraining = true
        Task { await drain() }
      }
    }
    try result.get()
  }

  private func drain() async {
    while !pending.isEmpty {
      let group = pending
      pending = []
      let result = await write(group.map(\.work))
      for item in group { item.waiter.resume(returning: result) }
    }
    isDraining = false
  }

  private func write(_ works: [Work]) async -> Result<Void, WorkspaceError> {
    do {
      try await database.write { db in
        for work in works { try work(db) }
      }
      return .success(())
    } catch {
      return .failure(Workspace.translate(error, folder: folder))
    }
  }
}
