import DataForge

/// Lends a backend whose every reply is kept, where the user names a folder for them, and ends it.
enum KeptReplies {
  /// - Parameters:
  ///   - folder: the workspace that keeps the replies; `nil` to keep none.
  ///   - budget: what all calls of the folder may take together.
  /// - Throws: what `body` throws, `WorkspaceError`.
  static func lending<Result>(
    _ backend: any Backend, keptIn folder: String?, budget: Budget? = nil, listener: any ProgressListener,
    counter: any TokenCounter, _ body: (any Backend) async throws -> Result
  ) async throws -> Result {
    let workspace = try folder.map { try Workspace($0, access: .work) }
    do {
      let recording = try await workspace?.recording(
        backend, budget: budget, listener: listener, promptTokens: CostEstimate.promptTokens(counting: counter))
      let result = try await body(recording ?? backend)
      try? await backend.shutdown()
      try await workspace?.close()
      return result
    } catch {
      try? await backend.shutdown()
      try? await workspace?.close()
      throw error
    }
  }
}
