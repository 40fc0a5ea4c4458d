/// What decides how a file is read, besides its bytes: limits that an honest document stays far below.
public struct ExtractOptions: Codable, Hashable, Sendable {
  /// MiB; larger files are not opened.
  public var fileSize: Int
  /// Files with more pages are not read.
  public var pages: Int
  /// Seconds of processor time that one step may take in a `WorkerPool`: opening a file, a page, putting a document
  /// together. On the clock it may take ten times as long, at least a minute.
  public var pageSeconds: Int
  /// MiB of address space that a process of a `WorkerPool` may take; the program itself takes some 200 of them.
  public var memory: Int
  /// When and how pages are read from their pictures.
  public var ocr: OCROptions

  /// Sets the limits.
  public init(
    fileSize: Int = 2048, pages: Int = 100_000, pageSeconds: Int = 30, memory: Int = 1024,
    ocr: OCROptions = OCROptions()
  ) {
    self.fileSize = fileSize
    self.pages = pages
    self.pageSeconds = pageSeconds
    self.memory = memory
    self.ocr = ocr
  }

  enum CodingKeys: String, CodingKey {
    case fileSize = "file_mib"
    case pages
    case pageSeconds = "page_seconds"
    case memory = "memory_mib"
    case ocr
  }
}
