/// Tries one gutter: parts a region into bands between what spans the gutter, and the bands into columns.
struct ColumnSplit {
  /// The parts in reading order; `nil` where the sides of the gutter are no columns of text.
  private(set) var parts: [[Int]]?

  private let fragments: [Fragment]
  private let gutter: Gutter
  private let em: Float
  /// Marks right of the gutter's middle that hang on a line at its left.
  private var leftMarks: Set<Int> = []

  /// What a stretch of a band looks like.
  private enum Look {
    /// Text on both sides.
    case columns
    /// Both sides, but as in a table or a list of terms.
    case rows
    /// Too little to say, or only one side.
    case either
  }

  init(fragments: [Fragment], indices: [Int], gutter: Gutter, em: Float) {
    self.fragments = fragments
    self.gutter = gutter
    self.em = em
    let sorted = indices.sorted { (fragments[$0].y0 + fragments[$0].y1) < (fragments[$1].y0 + fragments[$1].y1) }
    leftMarks = marks(sorted)
    var spanning = spans(sorted)
    keepLastLines(sorted, &spanning)
    parts = split(sorted, spanning)
  }

  /// Which of the sorted fragments span the gutter, or stand on one line with one that does.
  private func spans(_ sorted: [Int]) -> [Bool] {
    let crosses = sorted.map { gutter.isSpanned(by: fragments[$0]) && !isMark(fragments[$0]) }
    var result = crosses
    for (place, index) in sorted.enumerated() where crosses[place] && fragments[index].height < 3 * em {
      let (top, bottom) = (fragments[index].y0, fragments[index].y1)
      var other = place - 1
      while other >= 0, middle(sorted[other]) > top {
        result[other] = true
        other -= 1
      }
      other = place + 1
      while other < sorted.count, middle(sorted[other]) < bottom {
        result[other] = true
        other += 1
      }
    }
    return result
  }

  /// A full-width paragraph's last line is too short to span: it stays with the line above it.
  private func keepLastLines(_ sorted: [Int], _ spanning: inout [Bool]) {
    for place in sorted.indices.dropFirst() where !spanning[place] && spanning[place - 1] {
      let (last, index) = (fragments[sorted[place - 1]], fragments[sorted[place]])
      let isAlone = place + 1 >= sorted.count || fragments[sorted[place + 1]].y0 > index.y1 - 0.3 * em
      let isNear = index.y0 - last.y1 < 0.5 * em && abs(index.size - last.size) < 0.5
      if isAlone && isNear && index.x0 - last.x0 < 2 * em && last.x1 > index.x1 && index.x0 < gutter.middle {
        spanning[place] = true
      }
    }
  }

  /// A raised mark may hang over the edge of its column.
  private func isMark(_ fragment: Fragment) -> Bool { fragment.glyphs <= 3 && fragment.width < 1.5 * em }

  private func marks(_ sorted: [Int]) -> Set<Int> {
    let near = sorted.filter { abs(fragments[$0].x1 - gutter.middle) < 2 * em && !isMark(fragments[$0]) }
    let marks = sorted.filter { index in
      let mark = fragments[index]
      guard isMark(mark), mark.x0 >= gutter.middle - em, mark.x0 < gutter.middle + em else { return false }
      return near.contains { place in
        let line = fragments[place]
        return abs(mark.x0 - line.x1) < 0.3 * em && mark.y0 < line.y1 && mark.y1 > line.y0
      }
    }
    return Set(marks)
  }

  private func isLeft(_ index: Int) -> Bool { leftMarks.contains(index) || fragments[index].x0 < gutter.middle }

  private func middle(_ index: Int) -> Float { (fragments[index].y0 + fragments[index].y1) / 2 }

  private func split(_ sorted: [Int], _ spanning: [Bool]) -> [[Int]]? {
    var parts: [[Int]] = []
    var rows: [Int] = []
    var found = false
    var place = 0
    while place < sorted.count {
      var end = place
      while end < sorted.count && spanning[end] == spanning[place] { end += 1 }
      if spanning[place] {
        rows += sorted[place..<end]
      } else {
        for stretch in stretches(Array(sorted[place..<end])) {
          guard stretch.isColumns else {
            rows += stretch.indices
            continue
          }
          found = true
          if !rows.isEmpty { parts.append(rows) }
          rows = []
          parts.append(stretch.indices.filter { isLeft($0) })
          parts.append(stretch.indices.filter { !isLeft($0) })
        }
      }
      place = end
    }
    if !rows.isEmpty { parts.append(rows) }
    return found ? parts.filter { !$0.isEmpty } : nil
  }

  /// Parts a band at white strips that go through both sides, decides what each stretch is, and puts neighbours that
  /// are alike together again.
  private func stretches(_ band: [Int]) -> [(indices: [Int], isColumns: Bool)] {
    var pieces: [(indices: [Int], look: Look)] = []
    var current: [Int] = []
    var bottom: Float = -.infinity
    let byTop = band.sorted { fragments[$0].y0 < fragments[$1].y0 }
    for index in byTop {
      if !current.isEmpty && fragments[index].y0 - bottom > em {
        pieces.append((current, look(current)))
        current = []
      }
      current.append(index)
      bottom = max(bottom, fragments[index].y1)
    }
    if !current.isEmpty { pieces.append((current, look(current))) }
    let hasColumns = pieces.contains { $0.look == .columns }
    let hasRows = pieces.contains { $0.look == .rows }
    // A band whose pieces are each too small to tell (large leading) may be plain as a whole.
    let whole: Look = hasColumns || hasRows ? .either : look(band)
    var result: [(indices: [Int], isColumns: Bool)] = []
    for piece in pieces {
      let isColumns =
        switch piece.look {
        case .columns: true
        case .rows: false
        case .either: hasColumns || whole == .columns
        }
      if let last = result.last, last.isColumns == isColumns {
        result[result.count - 1].indices += piece.indices
      } else {
        result.append((piece.indices, isColumns))
      }
    }
    return result
  }

  private func look(_ indices: [Int]) -> Look {
    let left = Side(indices.filter { isLeft($0) }.map { fragments[$0] })
    let right = Side(indices.filter { !isLeft($0) }.map { fragments[$0] })
    guard left.lines > 0 && right.lines > 0 else { return .either }
    if left.lines <= 2 && right.lines <= 2 { return .either }
    let narrower = min(left.width, right.width)
    // Rows of a table share their baselines; columns of text rarely do for long, whatever stands in them.
    let shared = left.sharedLines(with: right, within: em / 4)
    let isListing = indices.filter { fragments[$0].isMonospace }.count * 5 > indices.count * 4
    if isListing && shared * 2 > min(left.lines, right.lines) { return .rows }
    let isUneven = shared * 5 < min(left.lines, right.lines) * 2
    if isUneven, min(left.lines, right.lines) >= 8, narrower >= 10 * em { return .columns }
    if narrower < 6 * em || left.cellsPerLine > 1.6 || right.cellsPerLine > 1.6 { return .rows }
    // An index or a glossary: short lines, but many, in columns of like width.
    let isLong = min(left.lines, right.lines) >= 12 && max(left.width, right.width) < 1.6 * narrower
    guard narrower >= 8 * em, left.fill > 0.5, right.fill > 0.5, left.lines > 1 || right.lines > 3 else {
      return isLong ? .columns : .rows
    }
    // Terms beside their explanations: each line on the left begins one on the right, with room between.
    if left.lines >= 2, left.lines * 3 < right.lines * 2, left.sharedLines(with: right, within: em / 3) == left.lines,
      left.height > 1.8 * Float(left.lines) * em
    {
      return .rows
    }
    return .columns
  }

  /// One side of a gutter in figures.
  private struct Side {
    var lines = 0
    var width: Float = 0
    var height: Float = 0
    /// How much of the width a line takes, on average.
    var fill: Float = 0
    var cellsPerLine: Float = 0
    private var tops: [Float] = []

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
    }

    /// How many lines begin at the height of one of the other side's.
    func sharedLines(with other: Side, within tolerance: Float) -> Int {
      var count = 0
      var place = 0
      for top in tops {
        while place < other.tops.count && other.tops[place] < top - tolerance { place += 1 }
        if place < other.tops.count && other.tops[place] <= top + tolerance { count += 1 }
      }
      return count
    }
  }
}
