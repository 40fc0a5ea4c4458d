import CPoppler
import Glibc

/// A picture of one page, of at most about four megapixels whatever the page's size.
///
/// The page is drawn in points; what is drawn over it is in pixels, so that labels can be read on large pages too.
struct OverlayCanvas: ~Copyable {
  /// Pixels to a point of 1/72 inch.
  private let scale: Double
  private let surface: OpaquePointer
  private let legend: OverlayLegend
  /// Of the page's part, in pixels.
  private let across: Double
  private let pageHeight: Double

  private static let usualScale = 2.0
  private static let mostPixels = 3_800_000.0
  /// Of one side: a page may be very long and thin.
  private static let longestSide = 8_000.0
  static let fontSize = 11.0

  /// Makes a white picture with room for the legend below it.
  /// - Parameters:
  ///   - width: of the page, in points.
  ///   - height: of the page, in points.
  ///   - roles: of what will be drawn.
  init?(width: Double, height: Double, roles: [Role]) {
    let (width, height) = (Self.side(width), Self.side(height))
    let fitting = min((Self.mostPixels / (width * height)).squareRoot(), Self.longestSide / max(width, height))
    scale = min(Self.usualScale, fitting)
    across = max(1, (width * scale).rounded(.up))
    pageHeight = max(1, (height * scale).rounded(.up))
    legend = OverlayLegend(roles: roles, width: across)
    guard
      let surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(across), Int32(pageHeight + legend.height))
    else { return nil }
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else {
      cairo_surface_destroy(surface)
      return nil
    }
    self.surface = surface
    withContext { context in
      cairo_set_source_rgb(context, 1, 1, 1)
      cairo_paint(context)
    }
  }

  deinit { cairo_surface_destroy(surface) }

  private static func side(_ length: Double) -> Double { length.isFinite ? min(max(length, 1), 1e7) : 1 }

  /// Lends a context of its own: an error in one, which a damaged page may cause, must not reach the next.
  @discardableResult
  private borrowing func withContext(_ body: (OpaquePointer) -> Void) -> Bool {
    guard let context = cairo_create(surface) else { return false }
    defer { cairo_destroy(context) }
    body(context)
    return cairo_status(context) == CAIRO_STATUS_SUCCESS
  }

  /// Draws the page itself; `false` where it broke off.
  borrowing func draw(page: OpaquePointer) -> Bool {
    withContext { context in
      cairo_rectangle(context, 0, 0, across, pageHeight)
      cairo_clip(context)
      cairo_scale(context, scale, scale)
      poppler_page_render(page, context)
    }
  }

  /// Draws the boxes, the order and the legend.
  borrowing func draw(_ parts: [OverlayPart], on page: Page, note: String) {
    withContext { context in
      cairo_select_font_face(context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD)
      cairo_set_font_size(context, Self.fontSize)
      for part in parts { draw(part, in: context) }
      for (from, to) in zip(parts, parts.dropFirst()) { drawStep(from, to, in: context) }
      for part in parts { label(part, in: context) }
      let name = page.label.map { " (\($0))" } ?? ""
      let title = "page \(page.number)\(name), \(page.blocks.count) blocks" + (note.isEmpty ? "" : ", " + note)
      legend.draw(title: title, top: pageHeight, in: context)
    }
  }

  /// The picture as PNG.
  borrowing func png() -> [UInt8]? {
    var bytes: [UInt8] = []
    let status = withUnsafeMutablePointer(to: &bytes) { target in
      cairo_surface_write_to_png_stream(
        surface,
        { target, data, count in
          target?.assumingMemoryBound(to: [UInt8].self).pointee.append(
            contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
          return CAIRO_STATUS_SUCCESS
        }, target)
    }
    return status == CAIRO_STATUS_SUCCESS ? bytes : nil
  }

  private borrowing func draw(_ part: OverlayPart, in context: OpaquePointer) {
    let look = RoleLook(part.block.role)
    cairo_set_source_rgba(context, look.red, look.green, look.blue, 0.13)
    for line in part.lines {
      cairo_rectangle(context, line.x0 * scale, line.y0 * scale, line.width * scale, line.height * scale)
    }
    cairo_fill(context)
    cairo_set_source_rgba(context, look.red, look.green, look.blue, 0.35)
    cairo_set_line_width(context, 0.6)
    for line in part.lines {
      cairo_rectangle(context, line.x0 * scale, line.y0 * scale, line.width * scale, line.height * scale)
    }
    cairo_stroke(context)
    let box = part.box
    cairo_set_source_rgb(context, look.red, look.green, look.blue)
    cairo_set_line_width(context, 1.6)
    cairo_rectangle(
      context, box.x0 * scale - 1.5, box.y0 * scale - 1.5, box.width * scale + 3, box.height * scale + 3)
    cairo_stroke(context)
  }

  /// An arrow from the end of one part to the beginning of the next.
  private borrowing func drawStep(_ from: OverlayPart, _ to: OverlayPart, in context: OpaquePointer) {
    guard let last = from.lines.last, let first = to.lines.first else { return }
    let (x0, y0) = ((last.x0 + last.x1) / 2 * scale, last.y1 * scale)
    let (x1, y1) = (first.x0 * scale + 4, first.y0 * scale)
    cairo_set_source_rgba(context, 0.95, 0.35, 0, 0.7)
    cairo_set_line_width(context, 1.2)
    cairo_move_to(context, x0, y0)
    cairo_line_to(context, x1, y1)
    cairo_stroke(context)
    let angle = atan2(y1 - y0, x1 - x0)
    cairo_move_to(context, x1, y1)
    cairo_line_to(context, x1 - 8 * cos(angle - 0.4), y1 - 8 * sin(angle - 0.4))
    cairo_line_to(context, x1 - 8 * cos(angle + 0.4), y1 - 8 * sin(angle + 0.4))
    cairo_close_path(context)
    cairo_fill(context)
  }

  /// The part's number and role, at its upper left corner and still on the page.
  private borrowing func label(_ part: OverlayPart, in context: OpaquePointer) {
    let look = RoleLook(part.block.role)
    let level = part.block.level.map(String.init) ?? ""
    // A block from an earlier page has that page's number before its own.
    let number = part.goesOn ? "p\(part.block.page):\(part.number)" : "\(part.number)"
    let text = "\(number) \(look.short)\(level)\(part.isContinued ? " …" : "")"
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    let corner = part.box
    let x = max(0, corner.x0 * scale - extents.x_advance - 6)
    let y = max(0, corner.y0 * scale - 2)
    cairo_set_source_rgba(context, look.red, look.green, look.blue, 0.85)
    cairo_rectangle(context, x, y, extents.x_advance + 5, Self.fontSize + 3)
    cairo_fill(context)
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_move_to(context, x + 2.5, y + Self.fontSize)
    cairo_show_text(context, text)
  }
}
