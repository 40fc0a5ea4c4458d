/// A column of text in figures.
struct ColumnFigures {
  private(set) var width: Float = 0
  private(set) var height: Float = 0
  private(set) var cellsPerLine: Float = 0
  /// How much of the width a line takes, on average.
  private(set) var fill: Float = 0
  /// The share of lines that take most of the width.
  private(set) var fullLines: Float = 0
  /// The share of fragments in a font whose letters have one width.
  private(set) var listing: Float = 0
  private(set) var glyphsPerLine: Float = 0
  /// The median of its fragments.
  private(set) var size: Float = 0
  private var tops: [Float] = []

  var lines: Int { tops.count }
  var isListing: Bool { listing > 0.8 }
  /// Justified lines of a narrow column have wide spaces too, but they are full.
  var isCells: Bool { cellsPerLine > 1.6 && fill < 0.65 }

  init(_ fragments: [Fragment]) {
    guard let first = fragments.first else { return }
    var (x0, x1, y0, y1) = (first.x0, first.x1, first.y0, first.y1)
    var lines: [(x0: Float, x1: Float)] = []
    var covered: Float = 0
    var bottom: Float = -.infinity
    for fragment in fragments.sorted(by: { $0.y0 < $1.y0 }) {
      (x0, x1) = (min(x0, fragment.x0), max(x1, fragment.x1))
      (y0, y1) = (min(y0, fragment.y0), max(y1, fragment.y1))
      covered += fragment.width
      if (fragment.y0 + fragment.y1) / 2 > bottom {
        tops.append(fragment.y0)
        lines.append((fragment.x0, fragment.x1))
        bottom = fragment.y1
      } else {
        let last = lines.count - 1
        lines[last] = (min(lines[last].x0, fragment.x0), max(lines[last].x1, fragment.x1))
      }
    }
    width = x1 - x0
    height = y1 - y0
    fill = width > 0 ? covered / (width * Float(lines.count)) : 0
    fullLines = Float(lines.filter { $0.x1 - $0.x0 > 0.75 * width }.count) / Float(lines.count)
    cellsPerLine = Float(fragments.count) / Float(lines.count)
    glyphsPerLine = Float(fragments.reduce(0) { $0 + $1.glyphs }) / Float(lines.count)
    let sizes = fragments.map(\.size).sorted()
    size = sizes[sizes.count / 2]
    listing = Float(fragments.filter(\.isMonospace).count) / Float(fragments.count)
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
