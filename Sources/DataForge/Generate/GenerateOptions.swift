import OrderedJSON

/// How candidates are asked for.
public struct GenerateOptions: Codable, Hashable, Sendable {
  /// The most pairs to ask for about one chunk.
  public var pairsPerChunk: Int
  /// A little warmth gives questions of different kinds; the quotes stay exact.
  public var sampling: Sampling
  /// How often a chunk is asked about before a reply that cannot be read is rejected.
  public var replyAttempts: Int
  /// The seed of each chunk's first request; further attempts count on from it.
  public var seed: Int

  public init(
    pairsPerChunk: Int = 3, sampling: Sampling = Sampling(temperature: 0.3, maxTokens: 1536),
    replyAttempts: Int = 3, seed: Int = 0
  ) {
    self.pairsPerChunk = pairsPerChunk
    self.sampling = sampling
    self.replyAttempts = replyAttempts
    self.seed = seed
  }

  enum CodingKeys: String, CodingKey {
    case pairsPerChunk = "pairs_per_chunk"
    case sampling
    case replyAttempts = "reply_attempts"
    case seed
  }

  var json: JSONValue {
    [
      "pairs_per_chunk": .integer(pairsPerChunk),
      "temperature": .double(sampling.temperature), "top_p": sampling.topP.map { .double($0) } ?? .null,
      "max_tokens": .integer(sampling.maxTokens), "reply_attempts": .integer(replyAttempts), "seed": .integer(seed),
    ]
  }

  /// The sampling of an attempt, counted from 0. Each differs from those before, so that neither a cache nor a server
  /// that decodes greedily gives the same unreadable reply again.
  func sampling(attempt: Int) -> Sampling {
    var sampling = sampling
    sampling.seed = seed + attempt
    if attempt > 0 { sampling.temperature = max(sampling.temperature, min(1, 0.4 + 0.2 * Double(attempt))) }
    return sampling
  }
}
