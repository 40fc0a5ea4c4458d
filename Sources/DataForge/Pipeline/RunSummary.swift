/// What a run came to.
public struct RunSummary: Sendable {
  public var end: RunEnd = .done
  public var counts: WorkspaceCounts?
  public var written: WrittenDataset?
  /// Only of a dry run.
  public var estimate: CostEstimate?

  /// Chunks that were left undone: by the budget, or because the server failed.
  public var chunksLeft: Int { counts.map { $0.chunks - $0.chunksFinished } ?? 0 }
}
