import CPoppler
import Glibc

/// All text of a page as poppler selects it: the letters, a rectangle for each, and their attributes.
struct SelectedText: ~Copyable {
  let text: UnsafeMutablePointer<CChar>
  /// In bytes.
  let length: Int
  let rectangles: UnsafeBufferPointer<PopplerRectangle>
  let attributes: UnsafeMutablePointer<GList>?

  /// `nil` where the page has no text.
  ///
  /// A selection goes from one point to another, as if by hand. From the upper left to the lower right it misses the
  /// first and the last lines of a page that runs from right to left: these are selected from the upper right.
  init?(_ page: OpaquePointer, width: Double, height: Double) {
    let found = Self.select(page, PopplerRectangle(x1: 0, y1: 0, x2: width, y2: height))
    guard found.map({ Self.runsFromRightToLeft($0.text) }) ?? true,
      let other = Self.select(page, PopplerRectangle(x1: width, y1: 0, x2: 0, y2: height))
    else {
      guard let found else { return nil }
      self.init(found, page)
      return
    }
    guard let found else {
      self.init(other, page)
      return
    }
    if found.count < other.count {
      found.free()
      self.init(other, page)
    } else {
      other.free()
      self.init(found, page)
    }
  }

  private init(_ selection: Selection, _ page: OpaquePointer) {
    text = selection.text
    length = strlen(selection.text)
    rectangles = UnsafeBufferPointer(start: selection.rectangles, count: selection.count)
    var area = selection.area
    attributes = poppler_page_get_text_attributes_for_area(page, &area)
  }

  deinit {
    g_free(text)
    g_free(UnsafeMutablePointer(mutating: rectangles.baseAddress))
    poppler_page_free_text_attributes(attributes)
  }

  private struct Selection {
    var area: PopplerRectangle
    var text: UnsafeMutablePointer<CChar>
    var rectangles: UnsafeMutablePointer<PopplerRectangle>
    var count: Int

    func free() {
      g_free(text)
      g_free(rectangles)
    }
  }

  private static func select(_ page: OpaquePointer, _ area: PopplerRectangle) -> Selection? {
    var area = area
    var rectangles: UnsafeMutablePointer<PopplerRectangle>?
    var count: guint = 0
    guard poppler_page_get_text_layout_for_area(page, &area, &rectangles, &count) != 0, let rectangles else {
      return nil
    }
    guard count > 0, let text = poppler_page_get_text_for_area(page, &area) else {
      g_free(rectangles)
      return nil
    }
    return Selection(area: area, text: text, rectangles: rectangles, count: Int(count))
  }

  /// Whether there is a mark that begins a word from right to left.
  private static func runsFromRightToLeft(_ text: UnsafeMutablePointer<CChar>) -> Bool {
    strstr(text, "\u{202B}") != nil
  }
}
