/// A workspace's latest run and what it holds for it.
public struct WorkspaceStatus: Codable, Sendable {
  public var run: RunRecord
  public var counts: WorkspaceCounts
}

extension Workspace {
  /// `nil` where nothing ran yet.
  public func status() async throws(WorkspaceError) -> WorkspaceStatus? {
    guard let (run, lineages) = try await latestRun() else { return nil }
    return WorkspaceStatus(run: run, counts: try await counts(lineages))
  }
}
