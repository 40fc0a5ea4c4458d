/// Finds a document's title: the one in its metadata where that is sane, else the largest text of its first page.
enum DocumentTitle {
  static func title(metadata: String?, firstPage: [Block]) -> String? {
    if let metadata, isSane(metadata) { return metadata }
    if let title = firstPage.first(where: { $0.role == .title }), isSane(title.text) { return title.text }
    let candidates = firstPage.filter { $0.role == .heading && $0.text.utf8.count <= 200 && isSane($0.text) }
    guard let size = candidates.map(\.fontSize).max() else { return nil }
    // A title over several lines may have become several headings of one size.
    var parts: [String] = []
    for block in firstPage {
      if block.role == .heading && block.fontSize == size {
        parts.append(block.text)
      } else if !parts.isEmpty {
        break
      }
      if parts.count == 3 { break }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// Programs put file names and place-holders where the title belongs.
  private static func isSane(_ title: String) -> Bool {
    let lower = title.lowercased()
    guard title.utf8.count >= 3, title.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return false }
    let endings = [
      ".doc", ".docx", ".dvi", ".tex", ".pdf", ".ps", ".eps", ".indd", ".qxd", ".xls", ".ppt", ".pptx", ".rtf", ".odt",
      ".html", ".fm",
    ]
    let beginnings = [
      "microsoft word", "microsoft powerpoint", "untitled", "layout 1", "slide 1", "powerpoint presentation",
      "document1", "unknown", "title",
    ]
    return !endings.contains(where: lower.hasSuffix)
      && !beginnings.contains { lower == $0 || lower.hasPrefix($0 + " -") || ($0 == "untitled" && lower.hasPrefix($0)) }
  }
}
