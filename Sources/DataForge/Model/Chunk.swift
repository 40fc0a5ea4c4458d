/// A passage of one document that is small enough for one prompt, with where it stands.
public struct Chunk: Codable, Hashable, Sendable {
  /// A part of the chunk's text that comes from one block.
  public struct Piece: Codable, Hashable, Sendable {
    public var role: Role
    /// As in `Block.level`.
    public var level: Int?
    /// UTF-8 offsets into the chunk's text.
    public var start: Int
    public var end: Int
    /// The printed lines; their ranges are offsets into the chunk's text.
    public var lines: [Line]

    public init(role: Role, level: Int?, start: Int, end: Int, lines: [Line]) {
      self.role = role
      self.level = level
      self.start = start
      self.end = end
      self.lines = lines
    }
  }

  /// A hash of the document, the place and the text.
  public var id: String
  public var documentID: String
  /// Its place among the document's chunks, from 0.
  public var index: Int
  /// The headings above it, outermost first.
  public var headings: [String]
  public var text: String
  /// How many tokens the text is estimated to take.
  public var tokens: Int
  public var pieces: [Piece]

  public init(
    id: String, documentID: String, index: Int, headings: [String], text: String, tokens: Int, pieces: [Piece]
  ) {
    self.id = id
    self.documentID = documentID
    self.index = index
    self.headings = headings
    self.text = text
    self.tokens = tokens
    self.pieces = pieces
  }

  enum CodingKeys: String, CodingKey {
    case id
    case documentID = "document"
    case index, headings, text, tokens, pieces
  }

  /// The pages that it stands on, rising.
  public var pages: [Int] { Set(pieces.flatMap { $0.lines.map(\.page) }).sorted() }
}
