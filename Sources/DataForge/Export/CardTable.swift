/// A table in a README.
struct CardTable {
  var header: [String]
  var rows: [[String]]

  /// The table in Markdown.
  var text: String {
    Self.line(header) + String(repeating: "|---", count: header.count) + "|\n" + rows.map(Self.line).joined()
  }

  private static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }

  /// A file's name may hold what would break the table or pose as markup.
  static func cell(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "|", "\\", "`", "<", "[", "*", "_": result += "\\\(character)"
      case _ where character.isNewline: result += " "
      default: result.append(character)
      }
    }
    return result
  }
}
