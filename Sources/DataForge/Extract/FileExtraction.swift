import OrderedJSON

/// Reads one file to the end, in this process and on this thread: whatever reads files, in whatever process, ends here.
struct FileExtraction {
  let request: ReadRequest
  let watch: any ReadWatch

  private var options: ExtractOptions { request.options }

  func outcomes() -> [Outcome<Document>] {
    PopplerMessages.silence()
    watch.begins(.opening)
    let input = request.file
    let reject = Rejecter(file: input)
    let probe: FileProbe
    do {
      probe = try FileProbe(path: input.absolutePath)
    } catch {
      return [reject("unreadable", "cannot be read: \(error.message). Give read permission or leave it out.")]
    }
    if probe.size == 0 { return [reject("empty-file", "is empty (0 bytes). Copy or download it again.")] }
    if probe.size > options.fileSize << 20 {
      let sizes: JSONValue = ["bytes": .integer(probe.size), "limit_mib": .integer(options.fileSize)]
      let advice = "Raise the limit with --max-file-size."
      return [
        reject("too-large", "has \(probe.size) bytes, more than the limit of \(options.fileSize) MiB. \(advice)", sizes)
      ]
    }
    guard let kind = InputKind(path: input.path, probe: probe) else {
      let what = probe.looksLike ?? "of no kind that is read"
      return [reject("unsupported-kind", "is \(what): \(InputKind.list) are.")]
    }
    guard kind == .pdf else { return other(kind, input, reject) }
    guard probe.hasPDFHeader else {
      let kind = probe.looksLike.map { "; it looks like \($0)" } ?? ""
      return [reject("not-a-pdf", "is no PDF: no %PDF- in its first 1,024 bytes\(kind).")]
    }
    do throws(PDFFile.Failure) {
      let file = try PDFFile(path: input.absolutePath, size: probe.size, passwords: request.passwords)
      return read(file, input, probe, reject)
    } catch {
      return [refusal(error, probe, reject)]
    }
  }

  /// Reads what is no PDF.
  private func other(_ kind: InputKind, _ input: SourceFile, _ reject: Rejecter) -> [Outcome<Document>] {
    do throws(InputFailure) {
      if kind == .picture { return try PictureReader(file: input, options: options.ocr).read() }
      return [.kept(try InputReader(file: input).read(kind))]
    } catch {
      return [reject(error.check, error.reason, error.values)]
    }
  }

  /// Why poppler would not open the file.
  private func refusal(_ failure: PDFFile.Failure, _ probe: FileProbe, _ reject: Rejecter) -> Outcome<Document> {
    switch failure {
    case .damaged(let message):
      if watch.ranOutOfMemory() {
        return .rejected(WorkerRejection.memory(of: request.file, page: nil, options: options))
      }
      return reject("truncated", Self.damage(probe) + " (\(message)).", ["bytes": .integer(probe.size)])
    case .encrypted:
      let advice = "--password-file FILE (a password a line) or the environment variable FORGE_PDF_PASSWORD"
      guard !request.passwords.isEmpty else {
        return reject("encrypted", "is encrypted and needs a password. Give it with \(advice).")
      }
      let what =
        request.passwords.count == 1
        ? "the password that was given does not open it"
        : "none of the \(request.passwords.count) passwords that were given opens it"
      return reject("wrong-password", "is encrypted, and \(what). Give another with \(advice).")
    }
  }

  private static func damage(_ probe: FileProbe) -> String {
    probe.hasPDFEnd
      ? "is damaged and cannot be opened; copy or download it again"
      : "was cut off: its end is missing; copy or download it again"
  }

  private func read(
    _ file: consuming PDFFile, _ input: SourceFile, _ probe: FileProbe, _ reject: Rejecter
  ) -> [Outcome<Document>] {
    if file.pageCount == 0 {
      if probe.hasPDFEnd { return [reject("no-pages", "has no pages.")] }
      return [reject("truncated", Self.damage(probe) + ".", ["bytes": .integer(probe.size)])]
    }
    if file.pageCount > options.pages {
      let counts: JSONValue = ["pages": .integer(file.pageCount), "limit": .integer(options.pages)]
      return [reject("too-large", "has \(file.pageCount) pages, more than the limit of \(options.pages).", counts)]
    }
    var reader = PageReader()
    reader.keepsRuns = request.spans
    var pages: [PageFragments] = []
    var rejections: [Outcome<Document>] = []
    var pictures = 0
    var garbled = 0
    var scan = ScanReading(options: options.ocr)
    // Poppler believes what a file says of its length.
    pages.reserveCapacity(min(file.pageCount, 1 << 12))
    for index in 0..<file.pageCount where request.scope.holds(index + 1) {
      watch.begins(.page(index + 1))
      let page = file.withPage(index) { reader.read($0, number: index + 1) }
      let isPicture = page?.fragments.isEmpty == true && file.withPage(index, PageReader.hasPicture) == true
      if watch.ranOutOfMemory() {
        // Poppler goes on with what it has, and its text may lack anything.
        rejections.append(.rejected(WorkerRejection.memory(of: input, page: index + 1, options: options)))
        continue
      }
      guard var page else {
        rejections.append(
          reject("unreadable-page", "has a damaged page \(index + 1); the other pages were read.", page: index + 1))
        continue
      }
      if isPicture { pictures += 1 }
      let isGarbled = PageLegibility(page).isUnreadable
      if isGarbled {
        garbled += 1
        page.fragments = []
      }
      switch scan.read(index, of: file, page, isPicture: isPicture || isGarbled) {
      case .page(let page): pages.append(page)
      case .rejected(let page, _, _) where isGarbled:
        pages.append(page)
        rejections.append(
          reject("unreadable-text", Self.withoutMeaning("its page \(index + 1)", scan.reason), page: index + 1))
      case .rejected(let page, let check, let reason):
        pages.append(page)
        rejections.append(reject(check, "has no text on page \(index + 1), \(reason).", page: index + 1))
      }
    }
    let limited = rejections.filter(\.isAboutLimit)
    if pages.isEmpty, !limited.isEmpty || request.scope != ReadScope() { return rejections }
    if pages.isEmpty { return [reject("truncated", "has no page that can be read; copy or download it again.")] }
    if pages.allSatisfy(\.fragments.isEmpty) {
      if garbled > 0 {
        let counts: JSONValue = ["pages": .integer(pages.count), "pages_unreadable": .integer(garbled)]
        let reason = Self.withoutMeaning("all that it holds", scan.reason)
        return [reject("unreadable-text", reason, counts)] + limited
      }
      return [withoutText(pages.count, pictures, scan.reason, probe, reject)] + limited
    }
    watch.begins(.information)
    let information = request.scope.withoutInformation ? PDFInformation() : PDFInformation(file)
    watch.begins(.assembly)
    return [.kept(document(input, pages, information, scan.found, reader.fonts.styles))] + rejections
  }

  private static func withoutMeaning(_ what: String, _ why: String?) -> String {
    "has fonts that do not say which letters they print, so that \(what) comes out as garbage: "
      + (why.map { "it needs OCR, but \($0)." } ?? "it needs OCR.")
  }

  private func withoutText(
    _ pages: Int, _ pictures: Int, _ why: String?, _ probe: FileProbe, _ reject: Rejecter
  ) -> Outcome<Document> {
    let counts: JSONValue = ["pages": .integer(pages), "pages_with_pictures": .integer(pictures)]
    if pictures > 0 {
      return reject("no-text", "holds pictures of pages and no text: \(why ?? "it needs OCR").", counts)
    }
    if !probe.hasPDFEnd { return reject("truncated", Self.damage(probe) + ".", counts) }
    return reject("no-text", "has no text on any of its \(pages) pages.", counts)
  }

  private func document(
    _ input: SourceFile, _ pages: [PageFragments], _ information: PDFInformation, _ scans: [Int: PageOCR],
    _ fonts: [FontStyle]
  ) -> Document {
    let sizes = pages.map { ($0.number, $0.label, Double($0.width), Double($0.height)) }
    let assembly = DocumentAssembly(
      pages: pages, outline: information.outline, title: information.title, fonts: request.spans ? fonts : nil)
    let blocks = assembly.blocks()
    let title = DocumentTitle.title(metadata: information.title, firstPage: blocks.first ?? [])
    return Document(
      id: input.sha256, path: input.path, title: title, author: information.author, subject: information.subject,
      keywords: information.keywords, producer: information.producer, created: information.created,
      outline: information.outline,
      pages: zip(sizes, blocks).map { size, blocks in
        Page(number: size.0, label: size.1, width: size.2, height: size.3, ocr: scans[size.0], blocks: blocks)
      })
  }
}

extension Outcome {
  /// Whether it says that a worker's limit was gone over.
  fileprivate var isAboutLimit: Bool {
    if case .rejected(let rejection) = self { rejection.check == WorkerEnd.Cause.memory.check } else { false }
  }
}

/// Makes the rejections of one file.
private struct Rejecter {
  let file: SourceFile

  func callAsFunction(
    _ check: String, _ reason: String, _ values: JSONValue = [:], page: Int? = nil
  ) -> Outcome<Document> {
    .rejected(
      Rejection(
        stage: .extract, check: check, reason: "\(file.path) \(reason)", document: file.path, page: page,
        values: values, id: page.map { StableID.of("page", file.sha256, "\($0)") } ?? file.sha256))
  }
}
