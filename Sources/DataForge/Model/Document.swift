/// A page with its blocks in reading order.
public struct Page: Codable, Hashable, Sendable {
  /// Counted from 1.
  public var number: Int
  /// What the document itself calls the page (`iv`, `A-3`), where it differs from the number.
  public var label: String?
  /// In points, as shown; zero in both for a file that has no print, whose boxes are zero as well.
  public var width: Double
  public var height: Double
  /// Where the text was read from the page's picture: how well, and from which words.
  public var ocr: PageOCR?
  public var blocks: [Block]

  public init(
    number: Int, label: String? = nil, width: Double, height: Double, ocr: PageOCR? = nil, blocks: [Block]
  ) {
    self.number = number
    self.label = label
    self.width = width
    self.height = height
    self.ocr = ocr
    self.blocks = blocks
  }
}

/// One entry of the document's own outline (bookmarks).
public struct OutlineEntry: Codable, Hashable, Sendable {
  public var title: String
  /// Depth, from 1.
  public var level: Int
  /// The page that it leads to, counted from 1, where it leads to one.
  public var page: Int?

  public init(title: String, level: Int, page: Int?) {
    self.title = title
    self.level = level
    self.page = page
  }
}

/// A file's text with its structure: what `extract` makes.
public struct Document: Codable, Hashable, Sendable {
  /// SHA-256 of the file's bytes, in hexadecimal.
  public var id: String
  /// The path by which the user knows the file, relative to the folder that was named.
  public var path: String
  public var title: String?
  public var author: String?
  public var subject: String?
  public var keywords: String?
  /// The program that made the file.
  public var producer: String?
  /// ISO 8601, UTC.
  public var created: String?
  public var outline: [OutlineEntry]
  public var pages: [Page]

  public init(
    id: String, path: String, title: String? = nil, author: String? = nil, subject: String? = nil,
    keywords: String? = nil, producer: String? = nil, created: String? = nil, outline: [OutlineEntry] = [],
    pages: [Page]
  ) {
    self.id = id
    self.path = path
    self.title = title
    self.author = author
    self.subject = subject
    self.keywords = keywords
    self.producer = producer
    self.created = created
    self.outline = outline
    self.pages = pages
  }
}
