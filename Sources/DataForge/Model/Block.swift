/// A printed line: which part of its block's (or chunk's) text stands in it, on which page, and where.
///
/// In JSON it is `[start, end, page, x0, y0, x1, y1]`.
public struct Line: Hashable, Sendable {
  /// UTF-8 offsets into the text that the line belongs to.
  public var range: Range<Int>
  /// The page, counted from 1.
  public var page: Int
  public var box: Box

  public init(range: Range<Int>, page: Int, box: Box) {
    self.range = range
    self.page = page
    self.box = box
  }

  /// The same line in a text that holds this one's text from `offset` on.
  public func shifted(by offset: Int) -> Line {
    Line(range: range.lowerBound + offset..<range.upperBound + offset, page: page, box: box)
  }
}

extension Line: Codable {
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    let start = try values.decode(Int.self)
    let end = try values.decode(Int.self)
    guard start <= end else {
      throw DecodingError.dataCorruptedError(in: values, debugDescription: "a line that ends before it starts")
    }
    range = start..<end
    page = try values.decode(Int.self)
    box = Box(
      x0: try values.decode(Double.self), y0: try values.decode(Double.self), x1: try values.decode(Double.self),
      y1: try values.decode(Double.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    try values.encode(range.lowerBound)
    try values.encode(range.upperBound)
    try values.encode(page)
    for value in [box.x0, box.y0, box.x1, box.y1] { try values.encode((value * 100).rounded() / 100) }
  }
}

/// A piece of a page that belongs together: a paragraph, a heading, a table, and so on.
///
/// `text` is repaired (hyphenation mended, ligatures and soft hyphens normalised, NFC) and `lines` map it back to the
/// print. A paragraph that goes on over a page break stays one block of the page that it begins on. A table's text is
/// Markdown; code keeps its line breaks and its indentation.
public struct Block: Hashable, Sendable {
  public var role: Role
  /// A heading's level, from 1; the nesting of a list item or of an entry of a table of contents, from 1.
  public var level: Int?
  /// What a footnote (`3`, `†`) or a list item (`•`, `2.`, `(a)`) is marked with; `text` begins with it.
  public var mark: String?
  /// The programming language of code, where the source names it.
  public var language: String?
  public var text: String
  /// The cells of a table.
  public var table: Table?
  /// The most frequent size of its letters, in points.
  public var fontSize: Double
  /// In reading order; their ranges rise and do not overlap.
  public var lines: [Line]
  /// What is set in which font, where it was asked for. Without those of spaces between lines, they cover the text.
  public var spans: [Span]?

  public init(
    role: Role, level: Int? = nil, mark: String? = nil, language: String? = nil, text: String, table: Table? = nil,
    fontSize: Double, lines: [Line], spans: [Span]? = nil
  ) {
    self.role = role
    self.level = level
    self.mark = mark
    self.language = language
    self.text = text
    self.table = table
    self.fontSize = fontSize
    self.lines = lines
    self.spans = spans
  }

  /// The page that it begins on.
  public var page: Int { lines.first?.page ?? 0 }

  /// The box of its part on the page that it begins on.
  public var box: Box {
    let first = lines.filter { $0.page == page }.map(\.box)
    return first.dropFirst().reduce(first.first ?? Box(x0: 0, y0: 0, x1: 0, y1: 0)) { $0.union($1) }
  }

  /// A heading's level, from 1; 0 for the title; `nil` for what names nothing.
  public var headingLevel: Int? {
    switch role {
    case .title: 0
    case .heading: level ?? 1
    default: nil
    }
  }

  enum CodingKeys: String, CodingKey {
    case role, level, mark, language, box, text, table
    case fontSize = "font_size"
    case lines, spans
  }
}

extension Block: Codable {
  /// `box` is written for those who read the JSON, and follows from the lines.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    role = try values.decode(Role.self, forKey: .role)
    level = try values.decodeIfPresent(Int.self, forKey: .level)
    mark = try values.decodeIfPresent(String.self, forKey: .mark)
    language = try values.decodeIfPresent(String.self, forKey: .language)
    text = try values.decode(String.self, forKey: .text)
    table = try values.decodeIfPresent(Table.self, forKey: .table)
    fontSize = try values.decode(Double.self, forKey: .fontSize)
    lines = try values.decode([Line].self, forKey: .lines)
    spans = try values.decodeIfPresent([Span].self, forKey: .spans)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(role, forKey: .role)
    try values.encodeIfPresent(level, forKey: .level)
    try values.encodeIfPresent(mark, forKey: .mark)
    try values.encodeIfPresent(language, forKey: .language)
    try values.encode(box, forKey: .box)
    try values.encode(text, forKey: .text)
    try values.encodeIfPresent(table, forKey: .table)
    try values.encode(fontSize, forKey: .fontSize)
    try values.encode(lines, forKey: .lines)
    try values.encodeIfPresent(spans, forKey: .spans)
  }
}
