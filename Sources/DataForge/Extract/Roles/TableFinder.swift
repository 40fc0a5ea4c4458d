/// Finds tables among a region's rows: cells that stand below each other.
struct TableFinder {
  struct Table {
    /// The printed rows.
    var rows: Range<Int>
    var cells: DraftTable
  }

  private let rows: [PrintedRow]
  private let bytes: [UInt8]

  static func tables(in rows: [PrintedRow], bytes: [UInt8]) -> [Table] {
    guard rows.contains(where: { $0.cells.count > 1 }) else { return [] }
    let finder = TableFinder(rows: rows, bytes: bytes)
    var tables: [Table] = []
    var start = 0
    while start < rows.count {
      guard finder.isTabular(start), let table = finder.table(from: start) else {
        start += 1
        continue
      }
      tables.append(table)
      start = table.rows.upperBound
    }
    return tables
  }

  /// Several cells, and no bullet or number before one cell, and no entry of a table of contents.
  private func isTabular(_ index: Int) -> Bool {
    let row = rows[index]
    guard row.cells.count > 1, !row.isListing, !row.cells.contains(where: \.isRightToLeft) else { return false }
    if row.cells.count == 2, row.cells[0].glyphs <= 5 {
      if let label = LineLabel(bytes[row.text]) {
        switch label {
        case .bullet, .item, .section: return false
        case .caption: break
        }
      }
    }
    return !LeaderDots.hasLeader(bytes[row.text])
  }

  private func table(from start: Int) -> Table? {
    var end = start + 1
    var lastTabular = start
    while end < rows.count {
      let gap = rows[end].y0 - rows[end - 1].y1
      if gap > 1.2 * rows[start].size || end - lastTabular > 3 { break }
      if isTabular(end) { lastTabular = end } else if abs(rows[end].size - rows[start].size) > 1 { break }
      end += 1
    }
    end = lastTabular + 1
    let tabular = (start..<end).filter { isTabular($0) }
    guard tabular.count >= 2 else { return nil }
    let columns = columns(of: tabular)
    guard columns.count >= 2, isAligned(tabular, columns), !isLooselySet(tabular) else { return nil }
    // The last line's cells may go on, too.
    while end < rows.count, rows[end].cells.count == 1, rows[end].x0 > columns[0].upperBound,
      rows[end].y0 - rows[end - 1].y1 < 0.6 * rows[end].size
    {
      end += 1
    }
    let others = end - start - tabular.count
    if columns.count == 2 {
      // A term and its explanation, or a label and a paragraph: text, not a table.
      let width = rows[start..<end].reduce(Float(0)) { max($0, $1.x1) } - columns[0].lowerBound
      let second = columns[1].upperBound - columns[1].lowerBound
      if others * 2 >= tabular.count && second > 0.5 * width { return nil }
      // Two justified lines may have wide spaces at the same place.
      let isWide = tabular.allSatisfy { rows[$0].cells[1].x0 - rows[$0].cells[0].x1 > 1.5 * rows[$0].size }
      guard tabular.count >= 3 || (others == 0 && isWide) else { return nil }
    } else if others > 2 * tabular.count {
      return nil
    }
    // Rows between that are text over the whole width do not belong to a table.
    for index in start..<end where !isTabular(index) {
      let touched = columns.filter { $0.overlaps(rows[index].x0...max(rows[index].x0, rows[index].x1)) }
      if touched.count > 1 && rows[index].glyphs > 60 { return nil }
    }
    return Table(rows: start..<end, cells: cells(start..<end, columns))
  }

  /// The columns' extents: those of the rows with the most usual number of cells, where they do not overlap.
  private func columns(of tabular: [Int]) -> [ClosedRange<Float>] {
    var counts: [Int: Int] = [:]
    for index in tabular { counts[rows[index].cells.count, default: 0] += 1 }
    let usual = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 2
    var spans: [ClosedRange<Float>] = []
    for index in tabular where rows[index].cells.count >= usual {
      spans += rows[index].cells.map { $0.x0...max($0.x0, $0.x1) }
    }
    spans.sort { $0.lowerBound < $1.lowerBound }
    var columns: [ClosedRange<Float>] = []
    for span in spans {
      if let last = columns.last, span.lowerBound <= last.upperBound {
        columns[columns.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        columns.append(span)
      }
    }
    return columns
  }

  /// Whether most rows put their cells into different columns, and each column is used more than once.
  private func isAligned(_ tabular: [Int], _ columns: [ClosedRange<Float>]) -> Bool {
    var uses = [Int](repeating: 0, count: columns.count)
    var good = 0
    for index in tabular {
      let places = rows[index].cells.map { place(of: $0, in: columns) }
      if Set(places).count == places.count { good += 1 }
      for place in Set(places) { uses[place] += 1 }
    }
    return good * 4 >= tabular.count * 3 && uses.filter { $0 >= 2 }.count >= 2
  }

  /// Justified lines of a narrow column have wide spaces too, but no wider than this for long.
  private func isLooselySet(_ tabular: [Int]) -> Bool {
    let wide = tabular.filter { index in
      let row = rows[index]
      return zip(row.cells, row.cells.dropFirst()).contains { $1.x0 - $0.x1 > 1.3 * row.size }
    }
    return wide.count * 2 < tabular.count
  }

  private func place(of cell: Fragment, in columns: [ClosedRange<Float>]) -> Int {
    var best = 0
    var most: Float = -.infinity
    for (place, column) in columns.enumerated() {
      let shared = min(cell.x1, column.upperBound) - max(cell.x0, column.lowerBound)
      if shared > most { (best, most) = (place, shared) }
    }
    return best
  }

  /// A printed row without a first cell that follows closely goes on with the row above.
  private func cells(_ range: Range<Int>, _ columns: [ClosedRange<Float>]) -> DraftTable {
    var table: [DraftTable.Row] = []
    for index in range {
      let row = rows[index]
      var cells = [[Range<Int>]](repeating: [], count: columns.count)
      for cell in row.cells { cells[place(of: cell, in: columns)].append(cell.text) }
      let printed = index - range.lowerBound..<index - range.lowerBound + 1
      let goesOn =
        cells[0].isEmpty && !table.isEmpty && index > range.lowerBound && row.y0 - rows[index - 1].y1 < 0.6 * row.size
        && zip(cells, table[table.count - 1].cells).allSatisfy { $0.isEmpty || !$1.isEmpty }
      guard goesOn else {
        table.append(DraftTable.Row(cells: cells, printed: printed))
        continue
      }
      let last = table.count - 1
      for place in cells.indices { table[last].cells[place] += cells[place] }
      table[last].printed = table[last].printed.lowerBound..<printed.upperBound
    }
    return DraftTable(rows: table, headerRows: 1)
  }
}
