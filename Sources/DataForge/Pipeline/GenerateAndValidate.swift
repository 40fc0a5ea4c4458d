import OrderedJSON

extension Pipeline {
  /// Asks the backend about every chunk that has no verdicts yet, and checks what it wrote.
  ///
  /// - Returns: `.done`, or `.budgetReached` where chunks were left because the next call might have passed the budget.
  func generateAndValidate(_ stages: Stages, _ lineages: RunLineages) async throws -> RunEnd {
    let counts = try await workspace.chunkCounts(lineages)
    listener.began(.generate, total: counts.all, alreadyDone: counts.finished)
    let stage = try await recording(stages.generate)
    var batch = ChunkBatches(workspace: workspace, lineages: lineages)
    do {
      try await concurrently(limit: backend.isFree ? settings.jobs : backend.concurrency, interrupt: interrupt) {
        try await batch.next()
      } body: { chunk in
        try await generateAndValidate(chunk, stage, stages.validate, lineages)
        listener.advanced(.generate)
      }
    } catch is BudgetReached {
      listener.ended(.generate)
      return .budgetReached
    }
    listener.ended(.generate)
    return .done
  }

  private func generateAndValidate(
    _ chunk: Chunk, _ generate: GenerateStage, _ validate: ValidateStage, _ lineages: RunLineages
  ) async throws {
    let candidates: [Candidate]
    do {
      candidates = try await StageRunner(workspace: workspace)
        .process(generate, chunk, id: chunk.id, lineage: lineages.generate)
    } catch {
      guard let reason = LeftUndone.reason(for: error) else { throw error }
      let rejection = Rejection(
        stage: .generate, check: LeftUndone.check,
        reason: "\(reason) The passage was left undone; the same command tries it again.",
        page: chunk.pages.first, id: chunk.id)
      try await workspace.commit(
        [Outcome<Candidate>.rejected(rejection)], of: chunk.id, lineage: lineages.generate, final: false)
      if error is BackendOutage { throw error }
      return
    }
    var outcomes: [Outcome<Judged>] = []
    for candidate in candidates {
      outcomes += try await validate.run(CandidateInContext(candidate: candidate, chunk: chunk))
    }
    try await workspace.commit(outcomes, of: chunk.id, lineage: lineages.validate)
  }
}

extension Pipeline {
  /// The stage with a backend whose every paid reply is kept.
  private func recording(_ stage: GenerateStage) async throws -> GenerateStage {
    guard !backend.isFree else { return stage }
    var stage = stage
    stage.backend = try await workspace.recording(
      OutageBreaker(backend), budget: settings.budget, listener: listener,
      promptTokens: CostEstimate.promptTokens(counting: counter))
    return stage
  }
}

/// Hands out the chunks that have no verdicts yet, reading a batch at a time.
struct ChunkBatches {
  let workspace: Workspace
  let lineages: RunLineages
  private var batch: ArraySlice<(place: Place, chunk: Chunk)> = []
  private var place = Place()
  private var isAtEnd = false

  private static let size = 256

  init(workspace: Workspace, lineages: RunLineages) {
    self.workspace = workspace
    self.lineages = lineages
  }

  mutating func next() async throws -> Chunk? {
    if batch.isEmpty, !isAtEnd {
      batch = try await workspace.unfinishedChunks(lineages, after: place, limit: Self.size)[...]
      isAtEnd = batch.count < Self.size
    }
    guard let first = batch.popFirst() else { return nil }
    place = first.place
    return first.chunk
  }
}
