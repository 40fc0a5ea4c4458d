/// Puts the cells of a table's printed rows into rows and columns.
struct TableGrid {
  let rows: [PrintedRow]
  let columns: TableColumns
  let bytes: [UInt8]

  private typealias Cells = [[Range<Int>]]

  var table: DraftTable {
    let lines = rows.map(cells)
    var result: [DraftTable.Row] = []
    for group in groups(lines) {
      var start = group.lowerBound
      for index in group.dropFirst() where !isOneRow(lines[group]) && !goesOn(index, lines) {
        result.append(row(start..<index, lines))
        start = index
      }
      result.append(row(start..<group.upperBound, lines))
    }
    return DraftTable(rows: result, headerRows: headerRows(result))
  }

  private func row(_ range: Range<Int>, _ lines: [Cells]) -> DraftTable.Row {
    var cells = Cells(repeating: [], count: columns.count)
    for line in lines[range] { for place in cells.indices { cells[place] += line[place] } }
    return DraftTable.Row(cells: cells, printed: range)
  }

  // MARK: Cells

  private func cells(of row: PrintedRow) -> Cells {
    var cells = Cells(repeating: [], count: columns.count)
    for cell in row.cells {
      var rest = cell
      let places = columns.places(of: cell.x0, cell.x1)
      // What stands over several columns is a heading of them, or cells whose gap is no wider than a space.
      for (left, right) in zip(places, places.dropFirst()) {
        guard let space = space(in: rest, between: left, right) else { break }
        cells[left].append(rest.text.lowerBound..<space)
        rest.x0 = columns[right].lowerBound
        rest.text = space + 1..<rest.text.upperBound
      }
      cells[columns.place(of: rest)].append(rest.text)
    }
    return cells
  }

  /// The space that stands between two columns, where one does.
  private func space(in cell: Fragment, between left: Int, _ right: Int) -> Int? {
    guard cell.glyphs > 3, cell.x0 < columns[left].upperBound, cell.x1 > columns[right].lowerBound,
      columns[right].lowerBound - columns[left].upperBound < 1.5 * cell.size
    else { return nil }
    let letter = cell.width / Float(cell.text.count)
    let middle = (columns[left].upperBound + columns[right].lowerBound) / 2
    let spaces = cell.text.filter { bytes[$0] == 0x20 }
    let distance = { (space: Int) in abs(cell.x0 + (Float(space - cell.text.lowerBound) + 0.5) * letter - middle) }
    guard let best = spaces.min(by: { distance($0) < distance($1) }), distance(best) < 0.8 * cell.size else {
      return nil
    }
    return best
  }

  // MARK: Rows

  /// Printed rows that stand closer to each other than to the rest: the lines of one row's cells, perhaps.
  private func groups(_ lines: [Cells]) -> [Range<Int>] {
    let distances = zip(rows, rows.dropFirst()).map { $1.y1 - $0.y1 }
    guard let least = distances.filter({ $0 > 0 }).min() else { return [rows.indices] }
    var groups: [Range<Int>] = []
    var start = 0
    for (index, distance) in distances.enumerated() where distance > 1.12 * least + 0.5 {
      groups.append(start..<index + 1)
      start = index + 1
    }
    groups.append(start..<rows.count)
    return groups
  }

  /// Whether printed rows are lines of one row: it has a cell of fewer lines, and no column has a number in two.
  private func isOneRow(_ lines: ArraySlice<Cells>) -> Bool {
    guard lines.count > 1, lines.count <= 12 else { return false }
    var isShort = false
    for place in 0..<columns.count {
      let filled = lines.filter { !$0[place].isEmpty }
      if filled.isEmpty { continue }
      if filled.count == 1 { isShort = true }
      if filled.count > 1, filled.allSatisfy({ isNumber($0[place]) }) { return false }
    }
    return isShort
  }

  /// Whether a printed row without a first cell goes on with the row above.
  private func goesOn(_ index: Int, _ lines: [Cells]) -> Bool {
    let (line, above) = (lines[index], lines[index - 1])
    guard rows[index].y0 - rows[index - 1].y1 < 0.6 * rows[index].size, !line.contains(where: isNumber) else {
      return false
    }
    if line[0].isEmpty { return zip(line, above).allSatisfy { $0.isEmpty || !$1.isEmpty } }
    // All that is there begins like the middle of a sentence, and something is missing.
    return line.contains(where: \.isEmpty)
      && line.allSatisfy { cell in
        cell.first.flatMap { bytes[$0].first }.map { LineLabel.isLower($0) } ?? true
      }
      && zip(line, above).allSatisfy { $0.isEmpty || !$1.isEmpty }
  }

  /// Digits, with signs and units of a letter or two.
  private func isNumber(_ cell: [Range<Int>]) -> Bool {
    var digits = 0
    var letters = 0
    for range in cell {
      for byte in bytes[range] {
        if LineLabel.isDigit(byte) { digits += 1 } else if LineLabel.isLetter(byte) { letters += 1 }
      }
    }
    return digits > 0 && letters <= 2
  }

  // MARK: Header

  /// The rows above those with numbers where the columns have numbers; else those that alone are bold; else one.
  private func headerRows(_ table: [DraftTable.Row]) -> Int {
    guard table.count > 1 else { return 0 }
    let most = min(4, table.count - 1)
    let bold = table.prefix { row in rows[row.printed].allSatisfy(\.isBold) }.count
    if bold > 0, bold <= most { return bold }
    let body = table.suffix(max(1, table.count - 2))
    let numeric = (1..<columns.count).filter { place in
      let filled = body.filter { !$0.cells[place].isEmpty }
      return !filled.isEmpty && filled.count { isNumber($0.cells[place]) } * 3 >= filled.count * 2
    }
    if !numeric.isEmpty {
      let words = table.prefix { row in !numeric.contains { isNumber(row.cells[$0]) } }.count
      // Numbers from the first row on: years as heads, or no head at all.
      if words == 0 { return table[0].cells[0].isEmpty ? 1 : 0 }
      if words <= most { return words }
    }
    return 1
  }
}
