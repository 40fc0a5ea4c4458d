/// Knows the sections of a document that hold no statements to ask about.
enum SectionFilter {
  static func accepts(_ heading: String) -> Bool {
    let words = heading.lowercased().split { !$0.isLetter }
    guard let last = words.last else { return true }
    let name = words.joined(separator: " ")
    return !names.contains(name) && !names.contains(String(last)) && !words.contains("copyright")
  }

  private static let names: Set<String> = [
    "contents", "references", "bibliography", "index", "acknowledgements", "acknowledgments", "acknowledgement",
    "license", "licence", "copyright", "table of contents", "list of figures", "list of tables", "further reading",
    "see also", "changelog", "revision history", "history of changes", "credits", "colophon", "imprint", "errata",
    "authors",
    "examples", "exercises",
  ]
}
