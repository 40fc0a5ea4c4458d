/// Reads pages from their pictures, as long as Tesseract is there.
struct PageOCRReader {
  let options: OCROptions
  private var engine: TesseractEngine?
  private var failure: OCRFailure?

  init(options: OCROptions) { self.options = options }

  /// Reads a page of a PDF.
  /// - Parameter blank: the page's number, label and size.
  /// - Throws: what to tell of a page that could not be read.
  mutating func read(_ page: OpaquePointer, blank: PageFragments) throws(OCRFailure) -> RecognizedPage {
    let engine = try self.opened()
    guard let picture = PagePicture(page) else {
      throw OCRFailure(check: "ocr-failed", reason: "the page could not be drawn")
    }
    let table = try engine.table(of: picture, seconds: options.pageSeconds)
    guard let found = RecognizedPage(table: table, page: blank, scale: 72 / picture.resolution) else {
      throw OCRFailure(check: "no-text", reason: "OCR found no text in its picture")
    }
    return found
  }

  /// Tesseract's data takes a while to load: once for a file.
  mutating func opened() throws(OCRFailure) -> TesseractEngine {
    if let engine { return engine }
    if let failure { throw failure }
    do throws(OCRFailure) {
      let engine = try TesseractEngine(language: options.language)
      self.engine = engine
      return engine
    } catch {
      failure = error
      throw error
    }
  }
}
