/// The headings above a place in a document, outermost first, kept up to date while the document goes by.
struct HeadingPath {
  private var entries: [(level: Int, text: String)] = []

  var texts: [String] { entries.map(\.text) }

  /// Enters a heading's section: it ends the sections of its own level and below.
  mutating func enter(_ text: String, level: Int) {
    while let last = entries.last, last.level >= level { entries.removeLast() }
    entries.append((level, text))
  }
}
