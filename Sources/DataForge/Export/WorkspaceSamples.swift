import OrderedJSON

/// The finished samples of a workspace's latest run as rows of the `messages` format, in order, some at a time.
public final class WorkspaceSamples {
  private let workspace: Workspace
  private let lineages: RunLineages
  private var place = Place()
  private var waiting: ArraySlice<Sample> = []
  private var number = 0

  /// - Throws: `WorkspaceError.missing` where nothing ran yet.
  public init(_ workspace: Workspace) async throws {
    guard let (_, lineages) = try await workspace.latestRun() else {
      throw WorkspaceError.missing(path: workspace.folder)
    }
    self.workspace = workspace
    self.lineages = lineages
  }

  /// The next row with its number, from 1; `nil` at the end.
  public func next() async throws -> (number: Int, row: JSONValue)? {
    if waiting.isEmpty {
      let batch = try await workspace.samples(lineages, after: place, limit: 500)
      guard let last = batch.last else { return nil }
      place = last.place
      waiting = batch.map(\.sample)[...]
    }
    guard let sample = waiting.popFirst() else { return nil }
    number += 1
    return (number, .object(try MessagesFormat.row(of: sample)))
  }
}
