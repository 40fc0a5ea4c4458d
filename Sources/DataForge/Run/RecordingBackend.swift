/// A backend whose every reply is on the disk before anyone sees it, so that no call is ever bought twice.
struct RecordingBackend: Backend {
  let base: any Backend
  let workspace: Workspace
  let ledger: SpendingLedger
  let listener: any ProgressListener
  /// How many tokens a request's prompt takes, before the server has counted them.
  let promptTokens: @Sendable (BackendRequest) -> Int

  var name: String { base.name }
  var model: String { base.model }
  var concurrency: Int { base.concurrency }

  func reply(to request: BackendRequest) async throws -> BackendReply {
    let key = request.key(model: model)
    if let recorded = try await workspace.recordedReply(key) { return recorded }
    // The estimate of a prompt may be a little low, the limit of a reply is exact.
    let prompt = promptTokens(request)
    let most = TokenUsage(prompt: prompt + prompt / 4, completion: request.sampling.maxTokens)
    try await ledger.reserve(most)
    let reply: BackendReply
    do {
      reply = try await base.reply(to: request)
      try await workspace.record(
        CallRecord(key: key, backend: name, model: model, request: request, reply: reply))
    } catch {
      await ledger.settle(reserved: most, actual: TokenUsage())
      throw error
    }
    // A server that does not count is taken to have spent all that it could.
    await ledger.settle(reserved: most, actual: reply.usage == TokenUsage() ? most : reply.usage)
    listener.spent(reply.usage)
    return reply
  }

  func shutdown() async throws { try await base.shutdown() }
}

extension Workspace {
  /// The backend with every paid reply kept here, below the budget. What was spent here before counts.
  public func recording(
    _ backend: any Backend, budget: Budget? = nil, listener: any ProgressListener = SilentProgress(),
    promptTokens: @escaping @Sendable (BackendRequest) -> Int
  ) async throws -> any Backend {
    RecordingBackend(
      base: backend, workspace: self,
      ledger: SpendingLedger(budget: budget, spent: try await spentTokens().usage), listener: listener,
      promptTokens: promptTokens)
  }
}
