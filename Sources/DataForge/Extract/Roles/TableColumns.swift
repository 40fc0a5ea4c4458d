/// The columns of a table: where its cells stand, from left to right.
struct TableColumns {
  private var spans: [ClosedRange<Float>] = []

  var count: Int { spans.count }

  subscript(place: Int) -> ClosedRange<Float> { spans[place] }

  /// Finds the columns of rows with several cells each: the white between them goes through nearly all rows that have
  /// the most usual number of cells or more. Other rows have cells that span, or lack some.
  init(rows: [PrintedRow]) {
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.cells.count, default: 0] += 1 }
    let usual = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 2
    let full = rows.filter { $0.cells.count >= usual }
    var ends: [(x: Float, step: Int)] = []
    for row in full {
      for cell in row.cells { ends += [(cell.x0, 1), (max(cell.x0, cell.x1), -1)] }
    }
    // Where a cell ends and another begins at one place, they touch.
    ends.sort { ($0.x, -$0.step) < ($1.x, -$1.step) }
    // One cell in twelve may stand out of its column.
    let tolerance = full.count / 12
    var depth = 0
    var start: Float?
    for (index, end) in ends.enumerated() {
      depth += end.step
      if start == nil, depth > tolerance { start = end.x }
      if let left = start, depth <= tolerance {
        let next = index + 1 < ends.count ? ends[index + 1].x : .infinity
        // A hair's breadth parts nothing.
        if next - end.x > 0.5 || tolerance == 0 {
          spans.append(left...end.x)
          start = nil
        }
      }
    }
    addMissing(rows)
  }

  /// Columns that only rows with fewer cells use.
  private mutating func addMissing(_ rows: [PrintedRow]) {
    for row in rows {
      for cell in row.cells where !spans.contains(where: { $0.overlaps(cell.x0...max(cell.x0, cell.x1)) }) {
        let place = spans.firstIndex { $0.lowerBound > cell.x0 } ?? spans.count
        spans.insert(cell.x0...max(cell.x0, cell.x1), at: place)
      }
    }
  }

  /// The column that a cell belongs to: the first of those that it stands over, else the nearest.
  func place(of cell: Fragment) -> Int {
    if let first = places(of: cell.x0, cell.x1).first { return first }
    let middle = (cell.x0 + cell.x1) / 2
    return spans.indices.min { distance($0, middle) < distance($1, middle) } ?? 0
  }

  /// The columns that something stands over by a good part of its width or of theirs.
  func places(of x0: Float, _ x1: Float) -> [Int] {
    spans.indices.filter { place in
      let shared = min(x1, spans[place].upperBound) - max(x0, spans[place].lowerBound)
      return shared > 0.25 * min(x1 - x0, spans[place].upperBound - spans[place].lowerBound)
    }
  }

  private func distance(_ place: Int, _ x: Float) -> Float {
    max(spans[place].lowerBound - x, x - spans[place].upperBound, 0)
  }
}
