/// A table's cells while it is read, and how they are written: as GitHub's Markdown, the first row as the head.
struct FlowTable {
  private static let mostColumns = 200
  private static let mostCells = 500_000

  private(set) var rows: [[String]] = []
  /// For each column, how many more rows a cell from above takes.
  private var taken: [Int] = []

  mutating func beginRow() { rows.append([]) }

  /// Adds a cell to the last row; the places that it spans beside and below it stay empty.
  mutating func addCell(_ text: String, columns: Int = 1, rows span: Int = 1) {
    if rows.isEmpty { beginRow() }
    let row = rows.count - 1
    skipTaken(in: row)
    for index in 0..<max(1, min(columns, Self.mostColumns)) {
      let column = rows[row].count
      guard column < Self.mostColumns else { return }
      rows[row].append(index == 0 ? text : "")
      while taken.count <= column { taken.append(0) }
      taken[column] = max(0, min(span, 1_000) - 1)
    }
  }

  /// Fills up the last row where cells from above reach into it.
  mutating func endRow() { if !rows.isEmpty { skipTaken(in: rows.count - 1) } }

  private mutating func skipTaken(in row: Int) {
    while rows[row].count < taken.count, taken[rows[row].count] > 0 {
      taken[rows[row].count] -= 1
      rows[row].append("")
    }
  }

  /// The table as Markdown; `nil` where it is none: one column, or no text, or too many cells.
  var markdown: String? {
    let rows = rows.filter { $0.contains { !$0.isEmpty } }
    let columns = rows.map { $0.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0 }.max() ?? 0
    guard columns > 1, rows.count * columns <= Self.mostCells else { return nil }
    var text = ""
    for (index, row) in rows.enumerated() {
      if index > 0 { text += "\n" }
      text += "|"
      for column in 0..<columns {
        text += " " + (column < row.count ? Self.escaped(row[column]) : "") + " |"
      }
      if index == 0 { text += "\n|" + String(repeating: " --- |", count: columns) }
    }
    return text
  }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "|") || $0 == 0x0A }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|": result += "\\|"
      case "\n": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
