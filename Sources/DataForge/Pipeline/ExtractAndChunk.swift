extension Pipeline {
  /// Reads every file and cuts it into chunks. A document is chunked while it is at hand: reading it back would cost
  /// more than cutting it.
  func extractAndChunk(_ files: [SourceFile], _ stages: Stages, _ lineages: RunLineages) async throws {
    let undone = try await workspace.unfinishedFiles(lineages)
    listener.began(.extract, total: files.count, alreadyDone: files.count - undone.count)
    var remaining = files.lazy.filter { undone.contains($0.sha256) }.makeIterator()
    try await concurrently(limit: settings.jobs, interrupt: interrupt) {
      remaining.next()
    } body: { file in
      let (document, isFinal) = try await document(of: file, stages.extract, lineages.extract)
      if let document, settings.through >= .chunk {
        _ = try await StageRunner(workspace: workspace)
          .process(stages.chunk, document, id: document.id, lineage: lineages.chunk)
      } else {
        // Nothing to cut: noted, so that the next run does not come here again, unless it has something to try.
        try await workspace.commit([Outcome<Chunk>](), of: file.sha256, lineage: lineages.chunk, final: isFinal)
      }
      listener.advanced(.extract)
    }
    listener.ended(.extract)
  }

  private func document(of file: SourceFile, _ stage: ExtractStage, _ lineage: Lineage) async throws -> (
    document: Document?, isFinal: Bool
  ) {
    if try await workspace.isFinished(file.sha256, lineage: lineage) {
      return (try await workspace.document(file.sha256, lineage: lineage), true)
    }
    let outcomes = try await stage.run(file)
    let isFinal = ExtractStage.isFinal(outcomes)
    try await workspace.commit(outcomes, of: file.sha256, lineage: lineage, final: isFinal)
    return (outcomes.lazy.compactMap(\.keptValue).first, isFinal)
  }
}
