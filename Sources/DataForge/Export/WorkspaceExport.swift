import OrderedJSON

extension Workspace {
  /// Writes all finished samples of the latest run, of every split, to one file.
  /// - Returns: how many rows were written.
  /// - Throws: `WorkspaceError.missing` where nothing ran yet, `FileError`.
  public func exportRows(to path: String, reasoning: Bool) async throws -> Int {
    guard let (_, lineages) = try await latestRun() else { throw WorkspaceError.missing(path: folder) }
    let writer = try JSONLinesWriter(path: path)
    var rows = 0
    var place = Place()
    while true {
      let batch = try await samples(lineages, after: place, limit: 500)
      guard let last = batch.last else { break }
      for (_, sample) in batch { try writer.write(MessagesRow.json(sample, reasoning: reasoning)) }
      rows += batch.count
      place = last.place
    }
    try writer.finish()
    return rows
  }
}
