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
    var free = 0
    while start < rows.count {
      guard finder.isTabular(start), let table = finder.table(from: start, after: free) else {
        start += 1
        continue
      }
      tables.append(table)
      start = table.rows.upperBound
      free = start
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

  /// The table that begins at a row; rows before `free` belong to another one.
  private func table(from start: Int, after free: Int) -> Table? {
    var end = lastRow(from: start) + 1
    var tabular = (start..<end).filter { isTabular($0) }
    guard tabular.count >= 2 else { return nil }
    var columns = TableColumns(rows: tabular.map { rows[$0] })
    // Text over the whole width does not belong to a table: it ends before that.
    if let text = (start..<end).first(where: { !isTabular($0) && isRunningText(rows[$0], over: columns) }) {
      end = text
      while end > start, !isTabular(end - 1) { end -= 1 }
      tabular = tabular.filter { $0 < end }
      guard tabular.count >= 2 else { return nil }
      columns = TableColumns(rows: tabular.map { rows[$0] })
    }
    guard columns.count >= 2, isAligned(tabular, columns), !isLooselySet(tabular) else { return nil }
    // The last line's cells may go on, too.
    while end < rows.count, rows[end].cells.count == 1, rows[end].x0 > columns[0].upperBound,
      rows[end].y0 - rows[end - 1].y1 < 0.6 * rows[end].size
    {
      end += 1
    }
    guard isPlausible(start..<end, tabular, columns) else { return nil }
    let first = start > free && isHeader(start - 1, above: start, of: columns) ? start - 1 : start
    return Table(
      rows: first..<end, cells: TableGrid(rows: Array(rows[first..<end]), columns: columns, bytes: bytes).table)
  }

  /// The last tabular row that follows closely enough: rows of a table may stand further apart than lines of text.
  private func lastRow(from start: Int) -> Int {
    var end = start + 1
    var last = start
    var widest: Float = 0
    while end < rows.count {
      let size = rows[start].size
      let gap = rows[end].y0 - rows[end - 1].y1
      if gap > max(1.2 * size, min(3 * size, 1.35 * widest)) || end - last > 3 { break }
      if isTabular(end) { last = end } else if abs(rows[end].size - size) > 1 { break }
      if case .caption = LineLabel(bytes[rows[end].text]) { break }
      widest = max(widest, gap)
      end += 1
    }
    return last
  }

  private func isRunningText(_ row: PrintedRow, over columns: TableColumns) -> Bool {
    row.glyphs > 60 && columns.places(of: row.x0, row.x1).count > 1
  }

  /// Whether most rows put their cells into different columns, and each column is used more than once.
  private func isAligned(_ tabular: [Int], _ columns: TableColumns) -> Bool {
    var uses = [Int](repeating: 0, count: columns.count)
    var good = 0
    for index in tabular {
      let places = rows[index].cells.map { columns.place(of: $0) }
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

  /// No list of terms, no words of a drawing, no lines of text that stand beside each other.
  private func isPlausible(_ range: Range<Int>, _ tabular: [Int], _ columns: TableColumns) -> Bool {
    let others = range.count - tabular.count
    if columns.count == 2 {
      // A term and its explanation, or a label and a paragraph: text, not a table.
      let width = rows[range].reduce(Float(0)) { max($0, $1.x1) } - columns[0].lowerBound
      let second = columns[1].upperBound - columns[1].lowerBound
      if others * 2 >= tabular.count && second > 0.5 * width { return false }
      // Two justified lines may have wide spaces at the same place.
      let isWide = tabular.allSatisfy { rows[$0].cells[1].x0 - rows[$0].cells[0].x1 > 1.5 * rows[$0].size }
      guard tabular.count >= 3 || (others == 0 && isWide) else { return false }
    } else if others > 2 * tabular.count {
      return false
    }
    // Words of a drawing stand at many places of their own.
    let cells = tabular.reduce(0) { $0 + rows[$1].cells.count }
    if columns.count > 3, cells * 20 < 9 * columns.count * tabular.count { return false }
    // Two columns of text have lines that fill them.
    var full = [Int](repeating: 0, count: columns.count)
    for index in tabular {
      for cell in rows[index].cells where cell.glyphs > 30 {
        let place = columns.place(of: cell)
        if cell.width > 0.85 * (columns[place].upperBound - columns[place].lowerBound) { full[place] += 1 }
      }
    }
    return full.count { $0 * 2 > tabular.count } < 2
  }

  /// Whether a single cell directly above stands over columns other than the first: a heading for several of them.
  private func isHeader(_ index: Int, above first: Int, of columns: TableColumns) -> Bool {
    let (row, next) = (rows[index], rows[first])
    guard row.cells.count == 1, !row.isListing, abs(row.size - next.size) < 0.5, next.y0 - row.y1 < 0.8 * row.size,
      row.x0 > columns[0].upperBound, row.x1 <= columns[columns.count - 1].upperBound + row.size, row.glyphs <= 40
    else { return false }
    return LineLabel(bytes[row.text]) == nil
  }
}
