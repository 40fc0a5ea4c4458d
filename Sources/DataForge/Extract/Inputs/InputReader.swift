import OrderedJSON

/// Reads every kind of input but PDFs and pictures into a document, in one synchronous call.
struct InputReader {
  let file: SourceFile
  var limits = InputLimits()

  /// - Throws: why the file is rejected.
  func read(_ kind: InputKind) throws(InputFailure) -> Document {
    var document =
      switch kind {
      case .plainText: try plainText()
      case .markdown: try markdown()
      case .html: try html()
      case .word: try WordReader(archive: try archive(), limits: limits).read(file)
      case .epub: try EPUBReader(archive: try archive(), limits: limits).read(file)
      case .pdf, .picture:
        throw InputFailure(check: "unsupported-kind", reason: "is \(kind.name), which is read elsewhere.")
      }
    if document.pages.count > limits.pages {
      throw .tooLarge("has \(document.pages.count) pages", limit: limits.pages)
    }
    guard document.pages.contains(where: { !$0.blocks.isEmpty }) else { throw .withoutText }
    if document.title == nil {
      let blocks = document.pages.first?.blocks ?? []
      document.title = (blocks.first { $0.role == .title } ?? blocks.first { $0.headingLevel == 1 })?.text
    }
    return document
  }

  private func archive() throws(InputFailure) -> PackageArchive {
    try PackageArchive(path: file.absolutePath, limits: limits)
  }

  private func bytes() throws(InputFailure) -> [UInt8] {
    try FileContents.read(file.absolutePath, limit: limits.textSize)
  }

  private func plainText() throws(InputFailure) -> Document {
    let flow = PlainTextReader.read(TextDecoding.string(try bytes()))
    try flow.check()
    var pages = flow.pages()
    // A form feed ends the last page and begins none.
    if pages.count > 1, pages.last?.blocks.isEmpty == true { pages.removeLast() }
    return Document(id: file.sha256, path: file.path, pages: pages)
  }

  private func markdown() throws(InputFailure) -> Document {
    let front = FrontMatter(TextDecoding.string(try bytes()))
    let flow = try MarkdownReader.read(String(front.body), limits: limits)
    let values = front.values
    return Document(
      id: file.sha256, path: file.path, title: InputText.clean(values["title"]),
      author: InputText.clean(values["author"] ?? values["authors"]),
      subject: InputText.clean(values["description"] ?? values["subject"]),
      keywords: InputText.clean(values["keywords"] ?? values["tags"]), created: InputText.date(values["date"]),
      pages: flow.pages())
  }

  private func html() throws(InputFailure) -> Document {
    let bytes = try bytes()
    let text = TextDecoding.string(bytes, declared: HTMLReader.declaredCharset(bytes))
    let result = try HTMLReader.read(text, limits: limits)
    let page = Page(number: 1, width: 0, height: 0, blocks: result.blocks)
    let meta = result.meta
    return Document(
      id: file.sha256, path: file.path, title: InputText.clean(result.title),
      author: InputText.clean(meta["author"] ?? meta["dc.creator"]),
      subject: InputText.clean(meta["description"] ?? meta["og:description"]),
      keywords: InputText.clean(meta["keywords"]), producer: InputText.clean(meta["generator"]),
      created: InputText.date(meta["date"] ?? meta["dcterms.date"] ?? meta["article:published_time"]), pages: [page])
  }
}
