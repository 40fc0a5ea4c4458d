/// What the parts of marked-up files become. The one place that knows which roles there are.
enum InputRole {
  static let title = Role.heading
  /// Lines that stay lines.
  static let code = Role.paragraph
  static let formula = Role.paragraph
}
