/// Reads a scan: a PNG, a JPEG, or a TIFF of several pages.
struct PictureReader {
  /// Shorter pictures are figures, signs and ornaments rather than scans: an A5 page at 120 dots an inch.
  private static let leastSide = 700
  private static let mostPages = 10_000
  /// Bytes.
  private static let mostSize = 256 << 20

  let file: SourceFile
  let options: OCROptions

  /// - Throws: why the picture is rejected.
  func read() throws(InputFailure) -> [Outcome<Document>] {
    guard options.mode != .never else {
      throw InputFailure(check: "no-text", reason: "is a picture: it needs OCR, which --ocr never turned off.")
    }
    let bytes = try FileContents.read(file.absolutePath, limit: Self.mostSize)
    var reader = PageOCRReader(options: options)
    let engine: TesseractEngine
    do throws(OCRFailure) {
      engine = try reader.opened()
    } catch {
      throw InputFailure(check: error.check, reason: "is a picture: it needs OCR, but \(error.reason).")
    }
    guard let size = TesseractEngine.size(of: bytes) else { throw .damaged("its picture has no size") }
    guard size.width * size.height <= TesseractEngine.mostPixels else {
      throw .tooLarge("has \(size.width) x \(size.height) pixels", limit: TesseractEngine.mostPixels)
    }
    guard min(size.width, size.height) >= Self.leastSide else {
      throw InputFailure(
        check: "no-text",
        reason: "is a picture of \(size.width) x \(size.height) pixels, too small for the scan of a page.")
    }
    return try pages(of: bytes, engine)
  }

  private func pages(of bytes: [UInt8], _ engine: TesseractEngine) throws(InputFailure) -> [Outcome<Document>] {
    let isTIFF = bytes.starts(with: [0x49, 0x49]) || bytes.starts(with: [0x4D, 0x4D])
    var pages: [PageFragments] = []
    var found: [PageOCR?] = []
    for index in 0..<(isTIFF ? Self.mostPages : 1) {
      do throws(OCRFailure) {
        guard
          let (rows, resolution) = try engine.table(
            of: bytes, page: index, isTIFF: isTIFF, seconds: options.pageSeconds)
        else { break }
        let scale = 72 / (resolution ?? PagePicture.usualResolution)
        let blank = Self.blank(rows, number: index + 1, scale: scale)
        let page = RecognizedPage(table: rows, page: blank, scale: scale)
        pages.append(page?.fragments ?? blank)
        found.append(page?.ocr)
      } catch {
        throw InputFailure(check: error.check, reason: "could not be read on page \(index + 1): \(error.reason).")
      }
    }
    if pages.isEmpty { throw .damaged("its picture cannot be unpacked") }
    guard found.contains(where: { $0 != nil }) else {
      throw InputFailure(check: "no-text", reason: "is a picture in which OCR found no text.")
    }
    let sizes = pages.map { (Double($0.width), Double($0.height)) }
    let blocks = DocumentAssembly(pages: pages, outline: []).blocks()
    let title = DocumentTitle.title(metadata: nil, firstPage: blocks.first ?? [])
    let made = blocks.indices.map { index in
      Page(
        number: index + 1, width: sizes[index].0, height: sizes[index].1, ocr: found[index], blocks: blocks[index])
    }
    return [.kept(Document(id: file.sha256, path: file.path, title: title, pages: made))]
  }

  /// An empty page of the picture's size, which stands in the table's first row.
  private static func blank(_ rows: String, number: Int, scale: Double) -> PageFragments {
    let page = rows.split(separator: "\n").lazy.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
      .first { $0.count >= 10 && $0[0] == "1" }
    let width = (page.flatMap { Float($0[8]) } ?? 0) * Float(scale)
    let height = (page.flatMap { Float($0[9]) } ?? 0) * Float(scale)
    return PageFragments(number: number, label: nil, width: width, height: height)
  }
}
