/// How much of an input that may have been made to do harm is looked at.
struct InputLimits: Sendable {
  /// The most bytes of a text file: Markdown, HTML, plain text.
  var textSize = 64 << 20
  /// The most bytes that one part of a package may unpack to.
  var partSize = 64 << 20
  /// The most bytes that all parts of a package that are read may unpack to.
  var packageSize = 512 << 20
  /// The most entries that a package may list.
  var entries = 100_000
  /// How deep elements may be nested: a parser's work at each end tag grows with it.
  var depth = 1_000
  /// The most attributes of one tag: parsers compare each with every other.
  var attributes = 256
  /// How deep quotations and lists may be nested in Markdown.
  var markdownDepth = 200
  /// The most cells in one row of a Markdown table.
  var markdownColumns = 2_000
  /// The most blocks, and lines in them: each takes some hundred bytes more than its text.
  static let blocks = 500_000
  static let lines = 2_000_000
  /// The most pages.
  var pages = 100_000
}
