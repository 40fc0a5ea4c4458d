import CPoppler
import Glibc
import OrderedJSON

/// Draws a document's pages with what was found on them, for people who look for mistakes: the boxes of blocks and lines
/// in the colour of their role, each block's number in reading order, and the way that the order takes.
public struct PageOverlay: Sendable {
  /// Where the pictures go.
  public var folder: String

  public init(folder: String) { self.folder = folder }

  /// Makes the folder, and finds out before any document is read whether pictures can be written there.
  /// - Throws: `FileError`.
  public func prepare() throws(FileError) {
    try Self.makeFolder(folder)
    if access(folder, W_OK | X_OK) != 0 { throw FileError(operation: .write, path: folder, code: errno) }
  }

  /// Writes a picture of each of the document's pages: `NAME-0001.png` and so on, in folders as the documents' own.
  ///
  /// A page that poppler cannot draw gets its boxes on white. What is no PDF has no pages to draw.
  /// - Parameters:
  ///   - document: what was read from the file.
  ///   - path: where the file is.
  ///   - passwords: tried in order where the file is encrypted.
  /// - Returns: the pictures' paths.
  /// - Throws: `FileError` where the file is gone or a picture cannot be written; pictures appear whole or not at all.
  @discardableResult
  public func write(
    _ document: Document, from path: String, passwords: [String] = []
  ) throws(FileError) -> [String] {
    PopplerMessages.silence()
    let file: PDFFile
    do {
      let probe = try FileProbe(path: path)
      guard probe.hasPDFHeader else { return [] }
      file = try PDFFile(path: path, size: probe.size, passwords: passwords)
    } catch let failure as FileProbe.Failure {
      throw FileError(operation: .read, path: path, code: failure.code)
    } catch {
      throw FileError(
        operation: .read, path: path, reason: "it cannot be opened again to draw its pages",
        hint: "leave the file alone while it is read")
    }
    return try write(document, of: file)
  }

  /// Does the same with a file that is open already.
  @discardableResult
  func write(_ document: Document, of file: borrowing PDFFile) throws(FileError) -> [String] {
    let name = PictureName(document: document.path)
    try Self.makeFolder(name.folders.isEmpty ? folder : folder + "/" + name.folders)
    var parts: [Int: [OverlayPart]] = [:]
    for page in document.pages {
      for (place, block) in page.blocks.enumerated() {
        for part in OverlayPart.parts(of: block, number: place + 1) { parts[part.page, default: []].append(part) }
      }
    }
    var written: [String] = []
    for page in document.pages {
      let path = folder + "/" + name.picture(ofPage: page.number)
      // A paragraph from the page before is read first here.
      let order = (parts[page.number] ?? []).filter { $0.goesOn } + (parts[page.number] ?? []).filter { !$0.goesOn }
      guard let canvas = OverlayCanvas(width: page.width, height: page.height, roles: order.map(\.block.role)) else {
        throw FileError(
          operation: .write, path: path, reason: "there is no memory for the picture", hint: "give the run more memory")
      }
      let isDrawn = file.withPage(page.number - 1) { canvas.draw(page: $0) } ?? false
      canvas.draw(order, on: page, note: isDrawn ? "" : "cannot be drawn")
      guard let bytes = canvas.png() else {
        throw FileError(operation: .write, path: path, reason: "it cannot be packed as PNG")
      }
      try AtomicFile.write(bytes, to: path)
      written.append(path)
    }
    return written
  }

  /// Makes a folder with those above it.
  private static func makeFolder(_ path: String) throws(FileError) {
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { return }
      throw FileError(operation: .write, path: path, code: ENOTDIR)
    }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolder(String(path[..<slash])) }
    // Another worker may have made it meanwhile.
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw FileError(operation: .write, path: path, code: errno) }
  }
}
