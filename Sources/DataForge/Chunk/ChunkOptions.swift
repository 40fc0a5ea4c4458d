import OrderedJSON

/// How a document is cut into chunks.
public struct ChunkOptions: Codable, Hashable, Sendable {
  /// The most tokens that a chunk should have. 400 tokens are about 300 words, three to five paragraphs: enough context
  /// for a few questions that stand alone, and little enough that a small model's questions reach all of it.
  public var maxTokens: Int
  /// A chunk with fewer tokens goes on over the next heading rather than become a prompt about two lines.
  public var minTokens: Int
  /// The most tokens of whole sentences that a chunk repeats from the one before it, where both stand under one heading.
  public var overlap: Int

  public init(maxTokens: Int = 400, minTokens: Int = 100, overlap: Int = 0) {
    self.maxTokens = maxTokens
    self.minTokens = minTokens
    self.overlap = overlap
  }

  enum CodingKeys: String, CodingKey {
    case maxTokens = "max_tokens"
    case minTokens = "min_tokens"
    case overlap
  }

  var json: JSONValue {
    ["max_tokens": .integer(maxTokens), "min_tokens": .integer(minTokens), "overlap": .integer(overlap)]
  }
}
