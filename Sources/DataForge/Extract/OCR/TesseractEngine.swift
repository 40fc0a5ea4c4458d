/// Tesseract with its data for one choice of languages; one thread uses it at a time.
final class TesseractEngine {
  private let library: TesseractLibrary
  private let handle: TesseractLibrary.Handle

  /// Finds columns, lines and words by itself, and does not turn the page.
  private static let automaticMode: Int32 = 3
  private static let noMessages: Int32 = 6

  /// - Throws: `no-text` with what to install, where Tesseract or its data for a language is missing.
  init(language: String) throws(OCRFailure) {
    guard OCROptions.isLanguage(language) else { throw .language(language) }
    guard let library = TesseractLibrary.installed, let handle = library.create() else { throw .missing }
    self.library = library
    self.handle = handle
    _ = library.setMessageLevel(Self.noMessages)
    _ = library.setVariable(handle, "debug_file", "/dev/null")
    guard library.open(handle, nil, language) == 0 else { throw .language(language) }
    // It is content with one of several languages; nobody who asked for all is.
    let loaded = Self.languages(of: handle, library)
    let missing = language.split(separator: "+").map(String.init).filter { !loaded.contains($0) }
    guard missing.isEmpty else { throw .language(missing.joined(separator: "+")) }
    library.setMode(handle, Self.automaticMode)
  }

  private static func languages(of handle: TesseractLibrary.Handle, _ library: TesseractLibrary) -> Set<String> {
    guard let texts = library.languages(handle) else { return [] }
    defer { library.deleteTexts(texts) }
    var languages: Set<String> = []
    var at = texts
    while let text = at.pointee {
      languages.insert(String(cString: text))
      at += 1
    }
    return languages
  }

  deinit { library.delete(handle) }

  /// The words of a picture, as rows of tab-separated values.
  func table(of picture: PagePicture, seconds: Int) throws(OCRFailure) -> String {
    defer { library.clear(handle) }
    let width = Int32(picture.width)
    picture.grey.withUnsafeBufferPointer { grey in
      guard let bytes = grey.baseAddress else { return }
      library.setImage(handle, bytes, width, Int32(picture.height), 1, width)
    }
    library.setResolution(handle, Int32(picture.resolution.rounded()))
    return try recognize(seconds: seconds)
  }

  private func recognize(seconds: Int) throws(OCRFailure) -> String {
    // One page takes one core: files are read side by side.
    library.setThreads?(1)
    let monitor = library.createMonitor()
    defer { if let monitor { library.deleteMonitor(monitor) } }
    if let monitor { library.setDeadline(monitor, Int32(clamping: seconds * 1_000)) }
    guard library.recognize(handle, monitor) == 0, let text = library.table(handle, 0) else {
      throw OCRFailure(check: "ocr-failed", reason: "OCR failed, or took longer than \(seconds) seconds")
    }
    defer { library.deleteText(text) }
    return String(cString: text)
  }
}

extension TesseractEngine {
  /// The most pixels of a picture that is read.
  static let mostPixels = 100_000_000

  /// A picture's size in pixels, without unpacking it; `nil` where it is no picture.
  static func size(of file: [UInt8]) -> (width: Int, height: Int)? {
    guard let library = TesseractLibrary.installed else { return nil }
    _ = library.setMessageLevel(noMessages)
    var width: Int32 = 0
    var height: Int32 = 0
    guard library.readHeader(file, file.count, nil, &width, &height, nil, nil, nil) == 0, width > 0, height > 0 else {
      return nil
    }
    return (Int(width), Int(height))
  }

  /// The words of a page of a picture file: PNG, JPEG, TIFF.
  /// - Returns: the rows, and how many dots an inch has where the file says so; `nil` where there is no such page.
  func table(
    of file: [UInt8], page: Int, isTIFF: Bool, seconds: Int
  ) throws(OCRFailure) -> (rows: String, resolution: Double?)? {
    defer { library.clear(handle) }
    let picture = isTIFF ? library.readTIFF(file, file.count, Int32(page)) : library.readPicture(file, file.count)
    guard let picture else { return nil }
    var owned: TesseractLibrary.Handle? = picture
    defer { library.destroyPicture(&owned) }
    var x: Int32 = 0
    _ = library.resolution(picture, &x, nil)
    library.setPicture(handle, picture)
    let resolution = (70...1_200).contains(x) ? Double(x) : nil
    library.setResolution(handle, Int32(resolution ?? PagePicture.usualResolution))
    return (try recognize(seconds: seconds), resolution)
  }
}
