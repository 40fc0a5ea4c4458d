import CPoppler

/// An open PDF. Poppler's objects live as long as this value; one task uses it at a time.
struct PDFFile: ~Copyable {
  private let document: OpaquePointer
  let pageCount: Int

  /// Why poppler would not open a file.
  enum Failure: Error {
    case encrypted
    case damaged(message: String)
  }

  /// Up to this size, in bytes, a file is read whole: poppler reads files in pieces of 256 bytes, which costs a tenth
  /// of the time. Mapping it would be cheaper still, but a file that shrinks meanwhile would end the process.
  private static let wholeSize = 32 << 20

  /// - Parameter passwords: tried in order where the file is encrypted.
  init(path: String, size: Int, passwords: [String] = []) throws(Failure) {
    var document: OpaquePointer?
    do throws(Failure) {
      document = size <= Self.wholeSize ? try Self.openWhole(path) : try Self.openInPieces(path, nil)
    } catch .encrypted {
      // Never from memory: there, poppler 22.12 crashes where a password is wrong.
      for password in passwords where document == nil {
        do throws(Failure) {
          document = try Self.openInPieces(path, password)
        } catch .encrypted {
          continue
        }
      }
    }
    guard let document else { throw .encrypted }
    self.document = document
    pageCount = max(0, Int(poppler_document_get_n_pages(document)))
  }

  deinit { g_object_unref(gpointer(document)) }

  private static func openWhole(_ path: String) throws(Failure) -> OpaquePointer {
    var error: UnsafeMutablePointer<GError>?
    var contents: UnsafeMutablePointer<CChar>?
    var length: gsize = 0
    guard g_file_get_contents(path, &contents, &length, &error) != 0 else {
      throw .damaged(message: message(&error))
    }
    let bytes = g_bytes_new_take(contents, length)
    defer { g_bytes_unref(bytes) }
    return try opened(poppler_document_new_from_bytes(bytes, nil, &error), &error)
  }

  private static func openInPieces(_ path: String, _ password: String?) throws(Failure) -> OpaquePointer {
    var error: UnsafeMutablePointer<GError>?
    guard let uri = g_filename_to_uri(path, nil, &error) else { throw .damaged(message: message(&error)) }
    defer { g_free(uri) }
    return try opened(poppler_document_new_from_file(uri, password, &error), &error)
  }

  private static func opened(
    _ document: OpaquePointer?, _ error: inout UnsafeMutablePointer<GError>?
  ) throws(Failure) -> OpaquePointer {
    if let document { return document }
    let isEncrypted =
      error.map { $0.pointee.domain == poppler_error_quark() && $0.pointee.code == POPPLER_ERROR_ENCRYPTED.rawValue }
      ?? false
    let message = message(&error)
    if isEncrypted { throw .encrypted }
    throw .damaged(message: message)
  }

  private static func message(_ error: inout UnsafeMutablePointer<GError>?) -> String {
    guard let value = error else { return "unknown error" }
    defer {
      g_error_free(value)
      error = nil
    }
    return String(cString: value.pointee.message)
  }

  /// Lends a page, counted from 0; `nil` where poppler cannot read it.
  borrowing func withPage<Result>(_ index: Int, _ body: (OpaquePointer) -> Result) -> Result? {
    guard let page = poppler_document_get_page(document, gint(index)) else { return nil }
    defer { g_object_unref(gpointer(page)) }
    return body(page)
  }

  /// Lends the whole document.
  borrowing func withDocument<Result>(_ body: (OpaquePointer) -> Result) -> Result { body(document) }
}
