import OrderedJSON

/// Runs a stage on one input, unless the workspace holds its outcome already, and commits what comes out.
struct StageRunner: Sendable {
  let workspace: Workspace

  /// What the stage kept of this input, from the workspace where it was done before.
  func process<S: Stage>(_ stage: S, _ input: S.Input, id: String, lineage: Lineage) async throws -> [S.Output]
  where S.Output: StoredValue {
    if try await workspace.isFinished(id, lineage: lineage) {
      return try await workspace.outputs(S.Output.self, of: id, lineage: lineage)
    }
    let outcomes = try await stage.run(input)
    try await workspace.commit(outcomes, of: id, lineage: lineage)
    return outcomes.compactMap(\.keptValue)
  }
}

extension Outcome {
  /// The value, where it was kept.
  var keptValue: Output? { if case .kept(let value) = self { value } else { nil } }
}
