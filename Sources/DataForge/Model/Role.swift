/// What a block is for on its page.
public enum Role: String, Codable, Sendable, CaseIterable {
  /// The document's own title, where it is printed.
  case title
  case heading
  case paragraph
  case listItem = "list_item"
  /// A program listing or a session: line breaks and indentation count.
  case code
  case table
  case caption
  /// A formula set apart from the text, left as the text that the file has for it.
  case formula
  case footnote
  /// A note beside the text.
  case sideNote = "side_note"
  /// An entry of a table of contents, or of a list of figures or tables.
  case contents
  /// An entry of the list of works that the document cites.
  case references
  case header
  case footer
  case pageNumber = "page_number"

  /// Whether the text belongs to what the document says: running heads, feet and page numbers do not.
  public var isBody: Bool {
    switch self {
    case .header, .footer, .pageNumber: false
    default: true
    }
  }

  /// Whether it names what follows: the title or a heading.
  public var isHeading: Bool { self == .heading || self == .title }
}
