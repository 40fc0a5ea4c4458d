import CPoppler

/// What a PDF says about itself: the information dictionary and the outline.
struct PDFInformation {
  var title: String?
  var author: String?
  var subject: String?
  var keywords: String?
  var producer: String?
  var created: String?
  var outline: [OutlineEntry] = []

  /// The most outline entries that are read; a larger outline is an attack or a mistake.
  private static let outlineLimit = 20_000
  private static let depthLimit = 16

  init() {}

  init(_ file: borrowing PDFFile) {
    self = file.withDocument { PDFInformation($0) }
  }

  private init(_ document: OpaquePointer) {
    title = Self.take(poppler_document_get_title(document))
    author = Self.take(poppler_document_get_author(document))
    subject = Self.take(poppler_document_get_subject(document))
    keywords = Self.take(poppler_document_get_keywords(document))
    producer = Self.take(poppler_document_get_producer(document)) ?? Self.take(poppler_document_get_creator(document))
    created = Self.date(poppler_document_get_creation_date_time(document))
    if let iterator = poppler_index_iter_new(document) {
      defer { poppler_index_iter_free(iterator) }
      read(iterator, of: document, level: 1)
    }
  }

  private mutating func read(_ iterator: OpaquePointer, of document: OpaquePointer, level: Int) {
    repeat {
      guard outline.count < Self.outlineLimit else { return }
      if let action = poppler_index_iter_get_action(iterator) {
        defer { poppler_action_free(action) }
        if let title = Self.clean(action.pointee.any.title.map { String(cString: $0) }) {
          outline.append(OutlineEntry(title: title, level: level, page: Self.page(action, document)))
        }
      }
      if level < Self.depthLimit, let child = poppler_index_iter_get_child(iterator) {
        defer { poppler_index_iter_free(child) }
        read(child, of: document, level: level + 1)
      }
    } while poppler_index_iter_next(iterator) != 0
  }

  private static func page(_ action: UnsafeMutablePointer<PopplerAction>, _ document: OpaquePointer) -> Int? {
    guard action.pointee.type == POPPLER_ACTION_GOTO_DEST, let destination = action.pointee.goto_dest.dest else {
      return nil
    }
    if destination.pointee.type == POPPLER_DEST_NAMED {
      guard let name = destination.pointee.named_dest, let found = poppler_document_find_dest(document, name) else {
        return nil
      }
      defer { poppler_dest_free(found) }
      return found.pointee.page_num > 0 ? Int(found.pointee.page_num) : nil
    }
    return destination.pointee.page_num > 0 ? Int(destination.pointee.page_num) : nil
  }

  private static func take(_ text: UnsafeMutablePointer<CChar>?) -> String? {
    guard let text else { return nil }
    defer { g_free(text) }
    return clean(String(cString: text))
  }

  /// One line without doubled spaces or control characters; `nil` where nothing is left.
  private static func clean(_ text: String?) -> String? {
    guard let text else { return nil }
    let words = text.unicodeScalars.split { $0.value <= 0x20 || $0.value == 0xA0 || (0x7F...0x9F).contains($0.value) }
    return words.isEmpty ? nil : words.map { String($0) }.joined(separator: " ")
  }

  private static func date(_ date: OpaquePointer?) -> String? {
    guard let date else { return nil }
    defer { g_date_time_unref(date) }
    guard let utc = g_date_time_to_utc(date) else { return nil }
    defer { g_date_time_unref(utc) }
    return take(g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ"))
  }
}
