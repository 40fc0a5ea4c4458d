import CPoppler
import OrderedJSON

/// Reads a PDF, or another file of text, into pages of blocks in reading order.
///
/// A file that cannot be read ends as a rejection that says why: `unreadable`, `empty-file`, `too-large`, `not-a-pdf`,
/// `encrypted`, `truncated`, `no-pages`, `no-text`. A page that cannot be read is rejected by itself
/// (`unreadable-page`, or `no-text` for a picture), and the document is kept with its other pages.
public struct ExtractStage: Stage {
  public static let name = StageName.extract

  /// Counts up with every change that may alter what is extracted, so that finished work is done again.
  static let version = 2

  /// Files above this size, in bytes, are not opened.
  public var maximumFileSize: Int
  /// Files with more pages are not read.
  public var maximumPages: Int
  public var ocr: OCROptions

  public init(maximumFileSize: Int = 2 << 30, maximumPages: Int = 100_000, ocr: OCROptions = OCROptions()) {
    self.maximumFileSize = maximumFileSize
    self.maximumPages = maximumPages
    self.ocr = ocr
  }

  public var parameters: JSONValue {
    [
      "version": .integer(Self.version), "maximum_file_size": .integer(maximumFileSize),
      "maximum_pages": .integer(maximumPages), "ocr": .string(ocr.mode.rawValue),
      "ocr_language": .string(ocr.language),
    ]
  }

  public func run(_ input: SourceFile) async throws -> [Outcome<Document>] {
    PopplerMessages.silence()
    let reject = Rejecter(file: input)
    let probe: FileProbe
    do {
      probe = try FileProbe(path: input.absolutePath)
    } catch {
      return [reject("unreadable", "cannot be read: \(error.message). Give read permission or leave it out.")]
    }
    if probe.size == 0 { return [reject("empty-file", "is empty (0 bytes). Copy or download it again.")] }
    if probe.size > maximumFileSize {
      let sizes: JSONValue = ["bytes": .integer(probe.size), "limit": .integer(maximumFileSize)]
      return [reject("too-large", "has \(probe.size) bytes, more than the limit of \(maximumFileSize).", sizes)]
    }
    guard let kind = InputKind(path: input.path, probe: probe) else {
      return [reject("unsupported-kind", "is \(probe.looksLike ?? "nothing that is known"): \(InputKind.list) are read.")]
    }
    guard kind == .pdf else { return other(kind, input, reject) }
    guard probe.hasPDFHeader else {
      let kind = probe.looksLike.map { "; it looks like \($0)" } ?? ""
      return [reject("not-a-pdf", "is no PDF: no %PDF- in its first 1,024 bytes\(kind).")]
    }
    do {
      return read(try PDFFile(path: input.absolutePath, size: probe.size), input, probe, reject)
    } catch .encrypted {
      return [reject("encrypted", "is encrypted and needs a password. Save a copy without one and give that.")]
    } catch .damaged(let message) {
      return [reject("truncated", Self.damage(probe) + " (\(message)).", ["bytes": .integer(probe.size)])]
    }
  }

  /// Reads what is no PDF.
  private func other(_ kind: InputKind, _ input: SourceFile, _ reject: Rejecter) -> [Outcome<Document>] {
    do throws(InputFailure) {
      if kind == .picture { return try PictureReader(file: input, options: ocr).read() }
      return [.kept(try InputReader(file: input).read(kind))]
    } catch {
      return [reject(error.check, error.reason, error.values)]
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
    if file.pageCount > maximumPages {
      let counts: JSONValue = ["pages": .integer(file.pageCount), "limit": .integer(maximumPages)]
      return [reject("too-large", "has \(file.pageCount) pages, more than the limit of \(maximumPages).", counts)]
    }
    var reader = PageReader()
    var pages: [PageFragments] = []
    var rejections: [Outcome<Document>] = []
    var pictures = 0
    var scan = ScanReading(options: ocr)
    pages.reserveCapacity(file.pageCount)
    for index in 0..<file.pageCount {
      guard let page = file.withPage(index, { reader.read($0, number: index + 1) }) else {
        rejections.append(
          reject("unreadable-page", "has a damaged page \(index + 1); the other pages were read.", page: index + 1))
        continue
      }
      let isPicture = page.fragments.isEmpty && file.withPage(index, PageReader.hasPicture) == true
      if isPicture { pictures += 1 }
      switch scan.read(index, of: file, page, isPicture: isPicture) {
      case .page(let page): pages.append(page)
      case .rejected(let page, let check, let reason):
        pages.append(page)
        rejections.append(reject(check, "has no text on page \(index + 1), \(reason).", page: index + 1))
      }
    }
    if pages.isEmpty { return [reject("truncated", "has no page that can be read; copy or download it again.")] }
    if pages.allSatisfy(\.fragments.isEmpty) { return [withoutText(pages.count, pictures, scan.reason, probe, reject)] }
    let information = PDFInformation(file)
    return [.kept(document(input, pages, information, scan.found))] + rejections
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
    _ input: SourceFile, _ pages: [PageFragments], _ information: PDFInformation, _ scans: [Int: PageOCR]
  ) -> Document {
    let sizes = pages.map { ($0.number, $0.label, Double($0.width), Double($0.height)) }
    let blocks = DocumentAssembly(pages: pages, outline: information.outline, title: information.title).blocks()
    let title = DocumentTitle.title(metadata: information.title, firstPage: blocks.first ?? [])
    return Document(
      id: input.sha256, path: input.path, title: title, author: information.author, subject: information.subject,
      keywords: information.keywords, producer: information.producer, created: information.created,
      outline: information.outline,
      pages: zip(sizes, blocks).map { size, blocks in
        Page(
          number: size.0, label: size.1, width: size.2, height: size.3, ocr: scans[size.0], blocks: blocks)
      })
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
