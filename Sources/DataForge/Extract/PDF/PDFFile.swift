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

  init(path: String, size: Int, password: String? = nil) throws(Failure) {
    var error: UnsafeMutablePointer<GError>?
    let opened =
      size <= Self.wholeSize ? Self.openWhole(path, password, &error) : Self.openInPieces(path, password, &error)
    guard let document = opened else {
      let isEncrypted =
        error.map { $0.pointee.domain == poppler_error_quark() && $0.pointee.code == POPPLER_ERROR_ENCRYPTED.rawValue }
        ?? false
      let message = Self.message(&error)
      if isEncrypted { throw .encrypted }
      throw .damaged(message: message)
    }
    self.document = document
    pageCount = max(0, Int(poppler_document_get_n_pages(document)))
  }

  deinit { g_object_unref(gpointer(document)) }

  private static func openWhole(
    _ path: String, _ password: String?, _ error: inout UnsafeMutablePointer<GError>?
  ) -> OpaquePointer? {
    var contents: UnsafeMutablePointer<CChar>?
    var length: gsize = 0
    guard g_file_get_contents(path, &contents, &length, &error) != 0 else { return nil }
    let bytes = g_bytes_new_take(contents, length)
    defer { g_bytes_unref(bytes) }
    return poppler_document_new_from_bytes(bytes, password, &error)
  }

  private static func openInPieces(
    _ path: String, _ password: String?, _ error: inout UnsafeMutablePointer<GError>?
  ) -> OpaquePointer? {
    guard let uri = g_filename_to_uri(path, nil, &error) else { return nil }
    defer { g_free(uri) }
    return poppler_document_new_from_file(uri, password, &error)
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
