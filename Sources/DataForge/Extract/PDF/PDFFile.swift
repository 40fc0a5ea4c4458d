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
    let bytes = size <= Self.wholeSize ? try Self.contents(path) : nil
    defer { if let bytes { g_bytes_unref(bytes) } }
    var document: OpaquePointer?
    for password in [nil] + passwords.map(Optional.some) where document == nil {
      do {
        document = try Self.open(path, bytes, password)
      } catch .encrypted where password != passwords.last {
        continue
      }
    }
    guard let document else { throw .encrypted }
    self.document = document
    pageCount = max(0, Int(poppler_document_get_n_pages(document)))
  }

  deinit { g_object_unref(gpointer(document)) }

  private static func contents(_ path: String) throws(Failure) -> OpaquePointer {
    var error: UnsafeMutablePointer<GError>?
    var contents: UnsafeMutablePointer<CChar>?
    var length: gsize = 0
    guard g_file_get_contents(path, &contents, &length, &error) != 0, let bytes = g_bytes_new_take(contents, length)
    else { throw .damaged(message: message(&error)) }
    return bytes
  }

  private static func open(_ path: String, _ bytes: OpaquePointer?, _ password: String?) throws(Failure)
    -> OpaquePointer
  {
    var error: UnsafeMutablePointer<GError>?
    let document: OpaquePointer?
    if let bytes {
      document = poppler_document_new_from_bytes(bytes, password, &error)
    } else {
      guard let uri = g_filename_to_uri(path, nil, &error) else { throw .damaged(message: message(&error)) }
      defer { g_free(uri) }
      document = poppler_document_new_from_file(uri, password, &error)
    }
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
