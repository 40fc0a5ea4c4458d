import OrderedJSON

/// What `generate` would take, known before anything is bought: shown by a dry run.
public struct CostEstimate: Codable, Hashable, Sendable {
  /// Chunks that no call was made for yet.
  public var chunks: Int
  public var calls: Int
  /// Estimated, as the prompts stand.
  public var promptTokens: Int
  /// The most that the replies may take.
  public var completionTokensAtMost: Int

  enum CodingKeys: String, CodingKey {
    case chunks, calls
    case promptTokens = "prompt_tokens"
    case completionTokensAtMost = "completion_tokens_at_most"
  }

  public var usage: TokenUsage { TokenUsage(prompt: promptTokens, completion: completionTokensAtMost) }

  init(of pipeline: Pipeline, _ stage: GenerateStage, _ lineages: RunLineages) async throws {
    chunks = 0
    calls = 0
    promptTokens = 0
    completionTokensAtMost = 0
    let count = Self.promptTokens(counting: pipeline.counter)
    var batch = ChunkBatches(workspace: pipeline.workspace, lineages: lineages)
    while let chunk = try await batch.next() {
      chunks += 1
      guard !pipeline.backend.isFree else { continue }
      let request = stage.request(for: chunk)
      guard try await pipeline.workspace.recordedReply(request.key(model: pipeline.backend.model)) == nil else {
        continue
      }
      calls += 1
      promptTokens += count(request)
      completionTokensAtMost += request.sampling.maxTokens
    }
  }

  /// A request's prompt: its text, its schema, and a few tokens for each turn's frame.
  public static func promptTokens(counting counter: any TokenCounter) -> @Sendable (BackendRequest) -> Int {
    { request in
      let text = request.messages.reduce(0) { $0 + counter.count($1.content ?? "") + 6 }
      return text + (request.schema.map { counter.count($0.serialized()) } ?? 0)
    }
  }
}
