/// A table's cells while it is read.
struct FlowTable {
  private static let mostColumns = 200
  private static let mostCells = 500_000

  private(set) var rows: [[String]] = []
  private var headerRows = 0
  private var count = 0
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
      guard column < Self.mostColumns, count <= Self.mostCells else { return }
      count += 1
      rows[row].append(index == 0 ? text : "")
      while taken.count <= column { taken.append(0) }
      taken[column] = max(0, min(span, 1_000) - 1)
    }
  }

  /// Fills up the last row where cells from above reach into it.
  mutating func endRow() { if !rows.isEmpty { skipTaken(in: rows.count - 1) } }

  private mutating func skipTaken(in row: Int) {
    while rows[row].count < taken.count, taken[rows[row].count] > 0 {
      guard count <= Self.mostCells else { return }
      count += 1
      taken[rows[row].count] -= 1
      rows[row].append("")
    }
  }

  /// Counts the last row as one that names the columns, where all rows above it do.
  mutating func markHeader() { if headerRows == rows.count - 1 { headerRows += 1 } }

  /// The table; `nil` where it is none: one column, or no text, or too many cells.
  var table: Table? {
    let isFilled = rows.map { $0.contains { !$0.isEmpty } }
    let columns = rows.map { ($0.lastIndex { !$0.isEmpty } ?? -1) + 1 }.max() ?? 0
    let count = isFilled.count { $0 }
    guard columns > 1, self.count <= Self.mostCells, count * columns <= Self.mostCells else { return nil }
    let header = isFilled[..<headerRows].count { $0 }
    let cells = zip(rows, isFilled).filter(\.1).map { row, _ in
      (0..<columns).map { $0 < row.count ? row[$0] : "" }
    }
    return Table(headerRows: header, rows: cells)
  }
}
