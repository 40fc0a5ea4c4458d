import CPoppler

/// The strip below a page's picture that says what its colours and letters mean.
struct OverlayLegend {
  private let looks: [(name: String, look: RoleLook)]
  private let perRow: Int
  /// In pixels.
  let height: Double

  private static let rowHeight = 18.0
  private static let entryWidth = 130.0

  /// Takes the roles that are on the page, in any order and number.
  init(roles: [Role], width: Double) {
    let used = Set(roles)
    looks = Role.allCases.filter(used.contains).map { ($0.rawValue, RoleLook($0)) }
    perRow = max(1, Int(width / Self.entryWidth))
    height = Self.rowHeight * Double(1 + (looks.count + perRow - 1) / perRow)
  }

  /// Draws it; the context has its font already.
  func draw(title: String, top: Double, in context: OpaquePointer) {
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_rectangle(context, 0, top, 1e6, height)
    cairo_fill(context)
    cairo_set_source_rgb(context, 0.2, 0.2, 0.2)
    cairo_rectangle(context, 0, top, 1e6, 1)
    cairo_fill(context)
    cairo_move_to(context, 6, top + 13)
    cairo_show_text(context, title)
    for (place, entry) in looks.enumerated() {
      let x = 6 + Double(place % perRow) * Self.entryWidth
      let y = top + Self.rowHeight * Double(1 + place / perRow)
      cairo_set_source_rgb(context, entry.look.red, entry.look.green, entry.look.blue)
      cairo_rectangle(context, x, y + 3, 10, 10)
      cairo_fill(context)
      cairo_move_to(context, x + 14, y + 12)
      cairo_show_text(context, "\(entry.look.short) \(entry.name)")
    }
  }
}
