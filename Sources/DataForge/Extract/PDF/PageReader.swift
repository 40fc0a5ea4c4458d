import CPoppler
import Glibc

/// Reads a poppler page into fragments, in one pass over poppler's C arrays.
///
/// Poppler gives the text, one rectangle for each of its scalars, and runs of attributes. Its lines are only a hint
/// (it joins over columns where their gap is small), so letters are parted wherever they stand far apart.
struct PageReader: ~Copyable {
  private(set) var fonts = FontTable()
  /// Whether to keep where each font begins.
  var keepsRuns = false

  /// Reads one page; its number is counted from 1.
  mutating func read(_ page: OpaquePointer, number: Int) -> PageFragments {
    var width = 0.0
    var height = 0.0
    poppler_page_get_size(page, &width, &height)
    var result = PageFragments(number: number, label: nil, width: Float(width), height: Float(height))
    if let label = poppler_page_get_label(page) {
      let text = String(cString: label)
      if !text.isEmpty && text != "\(number)" { result.label = text }
      g_free(label)
    }
    guard let selected = SelectedText(page, width: width, height: height) else { return result }
    let attributes = selected.attributes
    let length = selected.length
    result.bytes.reserveCapacity(length + length / 8)
    selected.text.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
      var scan = FragmentScan(
        runs: AttributeRuns(attributes), rectangles: selected.rectangles, keepsRuns: keepsRuns)
      scan.read(UnsafeBufferPointer(start: bytes, count: length), fonts: &fonts, into: &result)
    }
    DoubledText.remove(from: &result)
    return result
  }
}

extension PageReader {
  /// How much of a page its pictures cover where it may be a scan; a logo or an ornament covers less.
  private static let coverOfScan = 0.1

  /// Whether a page shows a picture that text could be in. Costs as much as drawing the page: for pages without text
  /// only.
  static func hasPicture(_ page: OpaquePointer) -> Bool {
    let pictures = poppler_page_get_image_mapping(page)
    defer { poppler_page_free_image_mapping(pictures) }
    var (width, height) = (0.0, 0.0)
    poppler_page_get_size(page, &width, &height)
    var covered = 0.0
    var node = pictures
    while let current = node {
      node = current.pointee.next
      guard let area = current.pointee.data?.assumingMemoryBound(to: PopplerImageMapping.self).pointee.area else {
        continue
      }
      covered += abs((area.x2 - area.x1) * (area.y2 - area.y1))
    }
    return covered > 0 && covered >= coverOfScan * width * height
  }
}
