import Foundation
import OrderedJSON

/// What an export wrote.
public struct WrittenDataset: Sendable {
  public var rows: [Split: Int] = [:]
  public var rejected = 0
  /// The first training row, to be shown.
  public var first: Sample?
}

/// Writes a workspace's samples as the files that a trainer reads: one JSON Lines file a split, the rejected beside
/// them, and the dataset card.
///
/// The files depend on the samples only, not on who finished first, when, or how often the run was interrupted.
struct DatasetExport: Sendable {
  let workspace: Workspace
  let lineages: RunLineages
  let options: ExportOptions
  /// What wrote the samples, for the card.
  let backend: String
  let model: String
  /// As YAML, for the card.
  let recipe: String

  /// How many rows a batch read takes.
  private static let batch = 500

  func write() async throws -> WrittenDataset {
    var written = WrittenDataset()
    try await writeSamples(&written)
    try await writeRejected(&written)
    try await writeCard(written)
    return written
  }

  func path(_ split: Split) -> String { "\(workspace.folder)/\(split.rawValue).jsonl" }
  var rejectedPath: String { "\(workspace.folder)/rejected.jsonl" }

  private func writeSamples(_ written: inout WrittenDataset) async throws {
    // A corpus so small that every document with samples falls to validation would leave nothing to train on.
    let everythingToTrain = try await !hasTrainingRows()
    var writers: [Split: JSONLinesWriter] = [:]
    var place = Place()
    while true {
      let batch = try await workspace.samples(lineages, after: place, limit: Self.batch)
      guard let last = batch.last else { break }
      for (_, sample) in batch {
        let split = everythingToTrain ? .train : options.split.split(of: sample.source.sha256)
        let writer = try writers[split] ?? JSONLinesWriter(path: path(split))
        writers[split] = writer
        try writer.write(.object(MessagesFormat.row(of: sample, reasoning: options.reasoning)))
        written.rows[split, default: 0] += 1
        if split == .train, written.first == nil { written.first = sample }
      }
      place = last.place
    }
    for split in Split.allCases {
      if let writer = writers[split] {
        try writer.finish()
      } else if split == .train {
        // An empty file says that the run ended without a sample; no file would say that it did not end.
        try JSONLinesWriter(path: path(split)).finish()
      } else {
        try? FileManager.default.removeItem(atPath: path(split))
      }
    }
  }

  private func hasTrainingRows() async throws -> Bool {
    try await workspace.sampledDocuments(lineages).contains { options.split.split(of: $0) == .train }
  }

  private func writeRejected(_ written: inout WrittenDataset) async throws {
    let writer = try JSONLinesWriter(path: rejectedPath)
    for rejection in try await workspace.inputRejections() {
      try writer.write(JSONValueEncoder().encode(rejection))
      written.rejected += 1
    }
    for stage in StageName.allCases {
      var place = Place()
      while true {
        let batch = try await workspace.rejections(lineages, of: stage, after: place, limit: Self.batch)
        guard let last = batch.last else { break }
        for row in batch {
          var rejection = row.rejection
          rejection.document = row.path
          try writer.write(JSONValueEncoder().encode(rejection))
          written.rejected += 1
        }
        place = last.place
      }
    }
    try writer.finish()
  }

  private func writeCard(_ written: WrittenDataset) async throws {
    let card = DatasetCard(
      counts: try await workspace.counts(lineages), rows: written.rows,
      sources: try await workspace.sourceCounts(lineages), backend: backend, model: model, recipe: recipe,
      hasReasoning: options.reasoning)
    try AtomicFile.write(Array(card.text.utf8), to: "\(workspace.folder)/README.md")
  }
}
