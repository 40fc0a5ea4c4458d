import OrderedJSON

/// Where a sample comes from; stands in every exported row.
public struct Source: Codable, Hashable, Sendable {
  /// The document's path as the user knows it.
  public var document: String
  public var sha256: String
  public var pages: [Int]
  /// Verbatim from the page.
  public var quote: String
  public var boxes: [PageBox]

  public init(document: String, sha256: String, pages: [Int], quote: String, boxes: [PageBox]) {
    self.document = document
    self.sha256 = sha256
    self.pages = pages
    self.quote = quote
    self.boxes = boxes
  }
}

/// A finished sample: one row of the dataset.
public struct Sample: Codable, Hashable, Sendable {
  public var id: String
  public var messages: [Message]
  /// OpenAI function definitions, where the sample calls tools.
  public var tools: [JSONValue]?
  public var source: Source

  public init(id: String, messages: [Message], tools: [JSONValue]? = nil, source: Source) {
    self.id = id
    self.messages = messages
    self.tools = tools
    self.source = source
  }
}
