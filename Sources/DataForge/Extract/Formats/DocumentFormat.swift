import OrderedJSON

/// How a document is written out for people and other programs.
public enum DocumentFormat: String, CaseIterable, Sendable {
  /// Plain text without running heads, feet and page numbers; a form feed ends each page.
  case text
  /// Markdown with headings, lists, tables and footnotes; running heads, feet and page numbers left out.
  case markdown
  /// The whole `Document` as one JSON object: pages, blocks with their roles, and the box of every line.
  case json

  /// What a file in this format is called at its end: `txt`, `md` or `json`.
  public var fileExtension: String {
    switch self {
    case .text: "txt"
    case .markdown: "md"
    case .json: "json"
    }
  }

  /// The document in this format, ending with a line feed (or a form feed) where it is not empty.
  /// - Throws: `EncodingError` where a number is not finite, which no file that was read brings about.
  public func render(_ document: Document) throws -> String {
    switch self {
    case .text: PlainTextWriter.text(of: document)
    case .markdown: MarkdownWriter.text(of: document)
    case .json: try JSONValueEncoder().encode(document).serialized() + "\n"
    }
  }
}
