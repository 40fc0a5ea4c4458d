/// Writes a document as Markdown (CommonMark with GitHub's tables and footnotes): body blocks only.
enum MarkdownWriter {
  static func text(of document: Document) -> String {
    var text = ""
    var lastRole: Role?
    for page in document.pages {
      for block in page.blocks where block.role.isBody {
        let isTight = block.role == .listItem && lastRole == .listItem
        if !text.isEmpty { text += isTight ? "\n" : "\n\n" }
        text += markdown(block)
        lastRole = block.role
      }
    }
    return text.isEmpty ? "" : text + "\n"
  }

  private static func markdown(_ block: Block) -> String {
    switch block.role {
    case .heading: String(repeating: "#", count: min(6, max(1, block.level ?? 1))) + " " + block.text
    case .listItem: listItem(block)
    case .table: block.text
    case .caption: "*" + block.text + "*"
    case .footnote: footnote(block.text)
    case .paragraph, .header, .footer, .pageNumber:
      block.text.utf8.contains(0x0A) ? fenced(block.text) : escaped(block.text)
    }
  }

  private static func listItem(_ block: Block) -> String {
    let indent = String(repeating: "  ", count: max(0, (block.level ?? 1) - 1))
    let bytes = Array(block.text.utf8)
    switch LineLabel(bytes[...]) {
    case .bullet(let length): return indent + "- " + String(decoding: bytes[length...], as: UTF8.self)
    case .item: return indent + block.text
    default: return indent + "- " + block.text
    }
  }

  /// `1 Text` as `[^1]: Text`.
  private static func footnote(_ text: String) -> String {
    let isSign: (Character) -> Bool = { $0.isNumber || "*†‡§¶∗".contains($0) }
    let isFrame: (Character) -> Bool = { "[]().".contains($0) }
    let mark = text.prefix { isSign($0) || isFrame($0) }.filter(isSign)
    guard !mark.isEmpty else { return text }
    return "[^\(mark)]: \(text.drop { isSign($0) || isFrame($0) || $0 == " " })"
  }

  private static func fenced(_ text: String) -> String {
    let fence = text.contains("```") ? "~~~~" : "```"
    return "\(fence)\n\(text)\n\(fence)"
  }

  /// A paragraph that happens to begin like a heading, a quotation or a list must not become one.
  private static func escaped(_ text: String) -> String {
    guard let first = text.utf8.first, "#>+-=|".utf8.contains(first) else { return text }
    return "\\" + text
  }
}
