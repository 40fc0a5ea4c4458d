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
  /// Which sections become chunks that are left out otherwise, because they say nothing of their own.
  public var include: [Section]

  /// A kind of section that is left out unless it is named.
  public enum Section: String, Codable, CaseIterable, Hashable, Sendable {
    /// Tables of contents, lists of figures and tables.
    case contents
    /// Lists of the works that the document cites.
    case references
  }

  public init(maxTokens: Int = 400, minTokens: Int = 100, overlap: Int = 0, include: [Section] = []) {
    self.maxTokens = maxTokens
    self.minTokens = minTokens
    self.overlap = overlap
    self.include = include
  }

  /// Whether blocks of a role become part of chunks.
  func takes(_ role: Role) -> Bool {
    switch role {
    case .contents: include.contains(.contents)
    case .references: include.contains(.references)
    default: role.isBody
    }
  }

  enum CodingKeys: String, CodingKey {
    case maxTokens = "max_tokens"
    case minTokens = "min_tokens"
    case overlap, include
  }

  var json: JSONValue {
    [
      "max_tokens": .integer(maxTokens), "min_tokens": .integer(minTokens), "overlap": .integer(overlap),
      "include": .array(Section.allCases.filter(include.contains).map { .string($0.rawValue) }),
    ]
  }
}
