import OrderedJSON

extension Pipeline {
  /// Looks at everything that passed validation, in order, and keeps the few that are good and different. It is done
  /// anew at every run: what a near-duplicate is depends on the whole corpus, and it buys nothing.
  func filter(_ lineages: RunLineages) async throws {
    try await workspace.clear(Sample.self, lineage: lineages.filter)
    var filter = try FilterRun(options: recipe.filter)
    listener.began(.filter, total: try await workspace.judgedCount(lineages), alreadyDone: 0)
    var place = Place()
    while true {
      if interrupt.isRequested { throw Interrupted() }
      let batch = try await workspace.judged(lineages, after: place, limit: 500)
      guard let last = batch.last else { break }
      var outcomes: [(input: String, position: Int, outcome: Outcome<Sample>)] = []
      for row in batch {
        let outcome: Outcome<Sample>
        if var rejection = try filter.judge(FilterSubject(row.judged, evidence: row.chunkText, document: row.path)) {
          rejection.page = row.judged.citation.pages.first
          rejection.item = try JSONValueEncoder().encode(row.judged.candidate)
          outcome = .rejected(rejection)
        } else {
          outcome = .kept(Sample(row))
        }
        outcomes.append((row.chunkID, row.place.item, outcome))
        listener.advanced(.filter)
      }
      try await workspace.append(outcomes, lineage: lineages.filter)
      place = last.place
    }
    listener.ended(.filter)
  }

  func export(_ lineages: RunLineages) async throws -> WrittenDataset {
    listener.began(.export, total: 1, alreadyDone: 0)
    let written = try await DatasetExport(
      workspace: workspace, lineages: lineages, options: recipe.export, backend: backend.name, model: backend.model,
      recipe: try recipe.cardYAML()
    ).write()
    listener.advanced(.export)
    listener.ended(.export)
    return written
  }
}

extension Sample {
  /// The finished sample of a candidate that passed everything.
  init(_ row: JudgedRow) {
    let citation = row.judged.citation
    self.init(
      id: row.judged.candidate.id, messages: row.judged.candidate.messages,
      source: Source(
        document: row.path, sha256: row.sha256, pages: citation.pages, quote: citation.quote, boxes: citation.boxes))
  }
}
