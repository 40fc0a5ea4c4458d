/// How a role is shown in a page's picture.
struct RoleLook {
  /// A few letters for the label.
  var short: String
  /// From 0 to 1.
  var red: Double
  var green: Double
  var blue: Double

  /// A role without a look of its own is grey and goes by its name.
  init(_ role: Role) {
    self = Self.known[role.rawValue] ?? RoleLook(role.rawValue, 0.4, 0.4, 0.4)
  }

  private init(_ short: String, _ red: Double, _ green: Double, _ blue: Double) {
    (self.short, self.red, self.green, self.blue) = (short, red, green, blue)
  }

  /// By the names that stand in JSON.
  private static let known: [String: RoleLook] = [
    "title": RoleLook("TT", 0.7, 0, 0.3),
    "heading": RoleLook("H", 0.85, 0.1, 0.1),
    "paragraph": RoleLook("P", 0.1, 0.35, 0.85),
    "list_item": RoleLook("L", 0, 0.6, 0.65),
    "code": RoleLook("CO", 0.3, 0.3, 0.3),
    "table": RoleLook("T", 0.05, 0.55, 0.1),
    "caption": RoleLook("CA", 0.8, 0.45, 0),
    "formula": RoleLook("FO", 0.8, 0.15, 0.6),
    "footnote": RoleLook("FN", 0.55, 0.2, 0.75),
    "side_note": RoleLook("SN", 0.9, 0.4, 0.6),
    "table_of_contents": RoleLook("TC", 0.45, 0.5, 0.05),
    "contents": RoleLook("TC", 0.45, 0.5, 0.05),
    "references": RoleLook("R", 0.5, 0.3, 0.1),
    "reference": RoleLook("R", 0.5, 0.3, 0.1),
    "header": RoleLook("HD", 0.55, 0.55, 0.55),
    "footer": RoleLook("FT", 0.55, 0.55, 0.55),
    "page_number": RoleLook("PN", 0.55, 0.55, 0.55),
  ]
}
