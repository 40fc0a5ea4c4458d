/// A table's cells.
public struct Table: Codable, Hashable, Sendable {
  /// How many of the rows, from the first, name the columns; 0 where none does.
  public var headerRows: Int
  /// The text of every cell, row by row; all rows have as many cells. A cell over several columns or rows has its text
  /// in the first of its places and leaves the others empty.
  public var rows: [[String]]

  public init(headerRows: Int, rows: [[String]]) {
    self.headerRows = headerRows
    self.rows = rows
  }

  enum CodingKeys: String, CodingKey {
    case headerRows = "header_rows"
    case rows
  }

  /// The table in GitHub's Markdown: one text for each row, and the rule below the header as a second line of the first.
  ///
  /// Markdown knows one header row. Where the table has several, or none, the first row stands in its place.
  public var markdownRows: [String] {
    rows.enumerated().map { index, cells in
      let row = cells.reduce(into: "|") { $0 += " " + Self.escaped($1) + " |" }
      return index == 0 ? row + "\n|" + String(repeating: " --- |", count: cells.count) : row
    }
  }

  private static func escaped(_ cell: String) -> String {
    var text = ""
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "|": text += "\\|"
      case "\n", "\r": text += "<br>"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
