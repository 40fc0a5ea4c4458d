/// Decides for each page of a PDF whether its picture is read, and keeps what came of it.
struct ScanReading {
  enum Result {
    /// The page as it is to be laid out.
    case page(PageFragments)
    /// A page without text, and why it has none, to follow “has no text on page 3,”.
    case rejected(PageFragments, check: String, reason: String)
  }

  private var reader: PageOCRReader
  /// What OCR found, by the page's number.
  private(set) var found: [Int: PageOCR] = [:]
  /// Why the last page that needed OCR was not read.
  private(set) var reason: String?

  init(options: OCROptions) { reader = PageOCRReader(options: options) }

  /// - Parameters:
  ///   - page: what the file's own text makes of it.
  ///   - isPicture: whether it shows a picture and has no text.
  mutating func read(
    _ index: Int, of file: borrowing PDFFile, _ page: PageFragments, isPicture: Bool
  ) -> Result {
    switch reader.options.mode {
    case .never:
      guard isPicture else { return .page(page) }
      reason = "they need OCR, which --ocr never turned off"
      return .rejected(page, check: "no-text", reason: "only a picture: it needs OCR, which --ocr never turned off")
    case .auto where !isPicture: return .page(page)
    case .auto, .always: break
    }
    let blank = PageFragments(number: page.number, label: page.label, width: page.width, height: page.height)
    let outcome = file.withPage(index) { reader.result($0, blank: blank) }
    switch outcome {
    case .success(let read):
      found[page.number] = read.ocr
      return .page(read.fragments)
    case .failure(let failure) where page.fragments.isEmpty && isPicture:
      reason = failure.reason
      return .rejected(page, check: failure.check, reason: "only a picture: it needs OCR, but \(failure.reason)")
    default: return .page(page)
    }
  }
}

extension PageOCRReader {
  fileprivate mutating func result(
    _ page: OpaquePointer, blank: PageFragments
  ) -> Swift.Result<RecognizedPage, OCRFailure> {
    do throws(OCRFailure) {
      return .success(try read(page, blank: blank))
    } catch {
      return .failure(error)
    }
  }
}
