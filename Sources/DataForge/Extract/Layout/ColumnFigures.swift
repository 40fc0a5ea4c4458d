/// A column of text in figures.
struct ColumnFigures {
  private(set) var lines = 0
  private(set) var width: Float = 0
  private(set) var height: Float = 0
  /// How much of the width a line takes, on average.
  private(set) var fill: Float = 0
  private(set) var cellsPerLine: Float = 0
  /// Most of it is set in a font whose letters have one width.
  private(set) var isListing = false
  private var tops: [Float] = []

  /// Justified lines of a narrow column have wide spaces too, but they are full.
  var isCells: Bool { cellsPerLine > 1.6 && fill < 0.65 }

  init(_ fragments: [Fragment]) {
    guard let first = fragments.first else { return }
    var (x0, x1, y0, y1) = (first.x0, first.x1, first.y0, first.y1)
    var covered: Float = 0
    var bottom: Float = -.infinity
    for fragment in fragments.sorted(by: { $0.y0 < $1.y0 }) {
      (x0, x1) = (min(x0, fragment.x0), max(x1, fragment.x1))
      (y0, y1) = (min(y0, fragment.y0), max(y1, fragment.y1))
      covered += fragment.width
      if (fragment.y0 + fragment.y1) / 2 > bottom {
        lines += 1
        tops.append(fragment.y0)
        bottom = fragment.y1
      }
    }
    width = x1 - x0
    height = y1 - y0
    fill = width > 0 ? covered / (width * Float(lines)) : 0
    cellsPerLine = Float(fragments.count) / Float(lines)
    isListing = fragments.filter(\.isMonospace).count * 5 > fragments.count * 4
  }

  /// How many lines begin at the height of one of the other column's.
  func sharedLines(with other: ColumnFigures, within tolerance: Float) -> Int {
    var count = 0
    var place = 0
    for top in tops {
      while place < other.tops.count && other.tops[place] < top - tolerance { place += 1 }
      if place < other.tops.count && other.tops[place] <= top + tolerance { count += 1 }
    }
    return count
  }
}
