import ArgumentParser
import DataForge

/// When pages are read from their pictures.
struct OCRFlags: ParsableArguments {
  @Option(help: "Read pages from their pictures: auto (pages without text), never or always. Needs tesseract.")
  var ocr: String?

  @Option(help: "The languages of the pictures, as tesseract names them: deu+eng.")
  var ocrLanguage: String?

  /// - Throws: `UsageError` where what was asked for by name cannot be had.
  func apply(to options: inout OCROptions) throws {
    if let ocr {
      guard let mode = OCRMode(rawValue: ocr) else {
        throw unknown("way of OCR", ocr, among: OCRMode.allCases.map(\.rawValue))
      }
      options.mode = mode
    }
    if let ocrLanguage { options.language = ocrLanguage }
    // Nobody who does not ask for OCR needs it: pages that do are rejected by name.
    if options.mode == .always || ocrLanguage != nil, let problem = options.problem() { throw UsageError(problem) }
  }
}
