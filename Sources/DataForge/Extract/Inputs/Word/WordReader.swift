/// Reads a Word document (.docx): its body, with notes at the end of the page that refers to them, and its heads and
/// feet apart.
struct WordReader {
  let archive: PackageArchive
  let limits: InputLimits

  func read(_ file: SourceFile) throws(InputFailure) -> Document {
    let root = try relations(of: "")
    let main = root.first("officeDocument") ?? "word/document.xml"
    guard let body = try archive.read(main) else {
      throw InputFailure(
        check: "not-a-docx", reason: "is no Word document: it has no word/document.xml. Save it as .docx.")
    }
    let parts = try relations(of: main)
    let styles = WordStyles()
    try parse(parts.first("styles"), into: styles)
    let numbering = WordNumbering()
    try parse(parts.first("numbering"), into: numbering)
    let text = WordBody(styles: styles, numbering: numbering)
    try XMLParts.parse(body, part: main, into: text, limits: limits)
    try text.flow.check()
    var pages = text.flow.pages()
    try addNotes(of: text, parts, styles, numbering, to: &pages)
    try addEdges(parts, styles, numbering, to: &pages)
    let core = WordProperties()
    try parse(root.first("core-properties"), into: core, isNeeded: false)
    let program = WordProperties()
    try parse(root.first("extended-properties"), into: program, isNeeded: false)
    return Document(
      id: file.sha256, path: file.path, title: core.values["dc:title"], author: core.values["dc:creator"],
      subject: core.values["dc:subject"], keywords: core.values["keywords"], producer: program.values["Application"],
      created: InputText.date(core.values["dcterms:created"]), pages: pages)
  }

  private func relations(of part: String) throws(InputFailure) -> WordRelations {
    let relations = WordRelations(of: part)
    try parse(WordRelations.path(of: part), into: relations)
    return relations
  }

  /// Parses a part where there is one.
  private func parse(_ part: String?, into flow: any XMLFlow, isNeeded: Bool = true) throws(InputFailure) {
    guard let part, let bytes = try archive.read(part), !bytes.isEmpty else { return }
    try XMLParts.parse(bytes, part: part, into: flow, isStrict: isNeeded, limits: limits)
  }

  /// Footnotes stand at the end of the page that refers to them, endnotes at the end of the document.
  private func addNotes(
    of text: WordBody, _ parts: WordRelations, _ styles: WordStyles, _ numbering: WordNumbering,
    to pages: inout [Page]
  ) throws(InputFailure) {
    guard !text.references.isEmpty else { return }
    let foot = WordBody(styles: styles, numbering: numbering, role: .footnote)
    try parse(parts.first("footnotes"), into: foot)
    let end = WordBody(styles: styles, numbering: numbering, role: .footnote)
    try parse(parts.first("endnotes"), into: end)
    for (index, reference) in text.references.enumerated() {
      guard let note = (reference.isEnd ? end : foot).notes[reference.id], !note.isEmpty else { continue }
      let page = reference.isEnd ? pages.count : reference.page
      var flow = FlowBuilder(page: page)
      flow.add("[\(index + 1)] \(note)", role: .footnote)
      if pages.indices.contains(page - 1) { pages[page - 1].blocks += flow.blocks }
    }
  }

  /// Heads and feet are the same on every page of a section: each stands once, on the first page.
  private func addEdges(
    _ parts: WordRelations, _ styles: WordStyles, _ numbering: WordNumbering, to pages: inout [Page]
  ) throws(InputFailure) {
    var seen: Set<String> = []
    for (type, role) in [("header", Role.header), ("footer", Role.footer)] {
      var blocks: [Block] = []
      for target in parts.targets where target.type == type && seen.count < 100 {
        guard seen.insert(target.path).inserted else { continue }
        let edge = WordBody(styles: styles, numbering: numbering, role: role)
        try parse(target.path, into: edge, isNeeded: false)
        for block in edge.flow.blocks where !blocks.contains(where: { $0.text == block.text }) {
          var block = block
          block.role = role
          block.level = nil
          blocks.append(block)
        }
      }
      guard !pages.isEmpty else { return }
      if role == .header { pages[0].blocks.insert(contentsOf: blocks, at: 0) } else { pages[0].blocks += blocks }
    }
  }
}
