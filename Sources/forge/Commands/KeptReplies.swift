import DataForge

/// Lends a backend that is asked no more once its server is down, whose every reply is kept where the user names a folder
/// for them, and ends it.
enum KeptReplies {
  /// - Parameters:
  ///   - folder: the workspace that keeps the replies; `nil` to keep none.
  ///   - budget: what all calls of the folder may take together.
  /// - Returns: what `body` returns, and the outage in which it was left.
  /// - Throws: what `body` throws, `WorkspaceError`.
  static func lending<Result>(
    _ backend: any Backend, keptIn folder: String?, budget: Budget? = nil, listener: any ProgressListener,
    counter: any TokenCounter, _ body: (any Backend) async throws -> Result
  ) async throws -> (Result, BackendOutage?) {
    let workspace = try folder.map { try Workspace($0, access: .work) }
    let breaker = OutageBreaker(backend)
    do {
      let kept = backend.isFree ? nil : workspace
      let recording = try await kept?.recording(
        breaker, budget: budget, listener: listener, promptTokens: CostEstimate.promptTokens(counting: counter))
      let result = try await body(recording ?? breaker)
      try? await backend.shutdown()
      try await workspace?.close()
      return (result, breaker.outage)
    } catch {
      try? await backend.shutdown()
      try? await workspace?.close()
      throw error
    }
  }
}

/// Done as far as a server answered before it went down; the files hold that much.
struct Unfinished: Error, CustomStringConvertible {
  let outage: BackendOutage
  /// How many were left, and of what: `37 rows are left unjudged`.
  let left: String
  /// Whether replies are kept, so that none is paid for twice.
  let isKept: Bool

  var description: String {
    let again =
      isKept
      ? "the same command goes on and asks for nothing twice"
      : "the same command asks again for everything; with --calls DIR, what was answered is kept"
    return "the server is down and was asked no more: \(outage). \(left); \(again)"
  }
}
