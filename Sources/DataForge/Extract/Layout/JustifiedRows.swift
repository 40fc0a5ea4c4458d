/// Tells the wide spaces of a justified line from the gaps between cells.
enum JustifiedRows {
  /// How much wider than its narrowest space a line's widest may be: after a full stop, programs leave more.
  private static let evenness: Float = 2.2

  /// Whether the gap between two neighbours is a space like those between their words.
  static func isOneText(_ left: Fragment, _ right: Fragment) -> Bool {
    let space = min(left.wordGap, right.wordGap)
    guard space < .infinity, abs(left.size - right.size) < 0.5 else { return false }
    let gap = max(right.x0 - left.x1, left.x0 - right.x1)
    return gap < evenness * space && gap < 4 * left.size
  }

  /// Makes one cell of a line that is nothing but single words, where it is as wide as a full line of text next to it.
  static func mend(_ rows: inout [PrintedRow]) {
    guard rows.contains(where: { $0.cells.count > 1 }) else { return }
    var run = 0
    for index in rows.indices.dropFirst() {
      run = isFull(rows[index], like: rows[index - 1]) && run < 3 ? run + 1 : 0
      if run > 0 { rows[index].joinCells() }
    }
    run = 0
    for index in rows.indices.dropLast().reversed() {
      run = isFull(rows[index], like: rows[index + 1]) && run < 3 ? run + 1 : 0
      if run > 0 { rows[index].joinCells() }
    }
  }

  private static func isFull(_ row: PrintedRow, like other: PrintedRow) -> Bool {
    guard row.cells.count > 1, other.cells.count == 1, !row.isListing, abs(row.size - other.size) < 0.5 else {
      return false
    }
    let em = max(row.size, 1)
    guard abs(row.x1 - other.x1) < 0.2 * em,
      abs(row.x0 - other.x0) < 0.2 * em || row.x0 > other.x0 && other.y0 > row.y0,
      abs(row.y1 - other.y1) < 1.6 * em
    else { return false }
    var narrowest = Float.infinity
    var widest: Float = 0
    for (left, right) in zip(row.cells, row.cells.dropFirst()) {
      let gap = max(right.x0 - left.x1, left.x0 - right.x1)
      narrowest = min(narrowest, gap, left.wordGap, right.wordGap)
      widest = max(widest, gap)
    }
    return widest < evenness * narrowest
  }
}

extension Fragment {
  /// Both as one, with their text at another place of the page's bytes.
  func joined(with other: Fragment, text: Range<Int>) -> Fragment {
    var result = self
    result.text = text
    (result.x0, result.x1) = (min(x0, other.x0), max(x1, other.x1))
    (result.y0, result.y1) = (min(y0, other.y0), max(y1, other.y1))
    result.glyphs += other.glyphs
    result.boldGlyphs += other.boldGlyphs
    result.monospaceGlyphs += other.monospaceGlyphs
    result.wordGap = min(wordGap, other.wordGap)
    return result
  }
}

extension PrintedRow {
  /// Makes one cell of all.
  fileprivate mutating func joinCells() {
    guard let first = cells.first else { return }
    cells = [cells.dropFirst().reduce(first) { $0.joined(with: $1, text: text) }]
  }
}
