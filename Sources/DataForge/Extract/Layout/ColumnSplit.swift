/// Tries one gutter: parts a region into bands between what spans the gutter, and the bands into columns.
struct ColumnSplit {
  /// The parts in reading order; `nil` where the sides of the gutter are no columns of text.
  private(set) var parts: [Region]?

  private let fragments: [Fragment]
  private let gutter: Gutter
  private let em: Float
  /// Marks right of the gutter's middle that hang on a line at its left.
  private var leftMarks: Set<Int> = []

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
    let middles = sorted.map(middle)
    var result = sorted.map { gutter.isSpanned(by: fragments[$0]) && !isMark(fragments[$0]) }
    // How many spanning lines begin and end before each place.
    var steps = [Int](repeating: 0, count: sorted.count + 1)
    for (place, index) in sorted.enumerated() where result[place] && fragments[index].height < 3 * em {
      steps[Self.firstPlace(in: middles) { $0 > fragments[index].y0 }] += 1
      steps[Self.firstPlace(in: middles) { $0 >= fragments[index].y1 }] -= 1
    }
    var open = 0
    for place in sorted.indices {
      open += steps[place]
      if open > 0 { result[place] = true }
    }
    return result
  }

  /// The first place of a sorted array from which on the condition holds.
  private static func firstPlace(in values: [Float], where holds: (Float) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let half = (low + high) / 2
      if holds(values[half]) { high = half } else { low = half + 1 }
    }
    return low
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
    let marks = sorted.filter {
      let mark = fragments[$0]
      return isMark(mark) && mark.x0 >= gutter.middle - em && mark.x0 < gutter.middle + em
    }
    // A page of dust has no marks.
    guard near.count * marks.count < 100_000 else { return [] }
    let hanging = marks.filter { index in
      let mark = fragments[index]
      return near.contains { place in
        let line = fragments[place]
        return abs(mark.x0 - line.x1) < 0.3 * em && mark.y0 < line.y1 && mark.y1 > line.y0
      }
    }
    return Set(hanging)
  }

  private func isLeft(_ index: Int) -> Bool { leftMarks.contains(index) || fragments[index].x0 < gutter.middle }

  private func middle(_ index: Int) -> Float { (fragments[index].y0 + fragments[index].y1) / 2 }

  private func split(_ sorted: [Int], _ spanning: [Bool]) -> [Region]? {
    var parts: [Region] = []
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
          guard stretch.look != .rows else {
            rows += stretch.indices
            continue
          }
          found = true
          parts.append(Region(fragments: rows))
          rows = []
          let left = stretch.indices.filter { isLeft($0) }
          let right = stretch.indices.filter { !isLeft($0) }
          switch stretch.look {
          case .noteAtLeft: parts += [Region(fragments: right), Region(fragments: left, isAside: true)]
          case .noteAtRight: parts += [Region(fragments: left), Region(fragments: right, isAside: true)]
          default: parts += [Region(fragments: left), Region(fragments: right)]
          }
        }
      }
      place = end
    }
    parts.append(Region(fragments: rows))
    return found ? parts.filter { !$0.fragments.isEmpty } : nil
  }

  private typealias Stretch = (indices: [Int], look: GutterLook)

  /// Parts a band at white strips that go through both sides, decides what each stretch is, and puts neighbours that
  /// are alike together again.
  private func stretches(_ band: [Int]) -> [Stretch] {
    var pieces: [Stretch] = []
    var current: [Int] = []
    var bottom: Float = -.infinity
    let byTop = band.sorted { fragments[$0].y0 < fragments[$1].y0 }
    for index in byTop {
      if !current.isEmpty && fragments[index].y0 - bottom > em {
        pieces.append((current, look(of: current)))
        current = []
      }
      current.append(index)
      bottom = max(bottom, fragments[index].y1)
    }
    if !current.isEmpty { pieces.append((current, look(of: current))) }
    for place in pieces.indices.dropLast() {
      guard pieces[place].look != .columns, isCentred(pieces[place].indices, in: band) else { break }
      pieces[place].look = .rows
    }
    // What is too small to tell is like the rest; where all is (large leading), the band tells as a whole.
    let usual = usualLook(pieces, band)
    var result: [Stretch] = []
    for piece in pieces {
      let look =
        switch piece.look {
        case .either: usual
        case .looseRows: usual == .columns ? .columns : GutterLook.rows
        default: piece.look
        }
      if let last = result.last, last.look == look {
        result[result.count - 1].indices += piece.indices
      } else {
        result.append((piece.indices, look))
      }
    }
    return result
  }

  private func usualLook(_ pieces: [Stretch], _ band: [Int]) -> GutterLook {
    var counts: [GutterLook: Int] = [:]
    for piece in pieces { counts[piece.look, default: 0] += piece.indices.count }
    let columns = counts[.columns] ?? 0
    if columns > 0, columns * 2 > counts[.looseRows] ?? 0 { return .columns }
    if let note = [GutterLook.noteAtLeft, .noteAtRight].first(where: { counts[$0] != nil }) { return note }
    if columns > 0 { return counts[.looseRows] == nil ? .columns : .rows }
    if counts[.rows] != nil || counts[.looseRows] != nil { return .rows }
    let whole = look(of: band)
    return whole == .either || whole == .looseRows ? .rows : whole
  }

  /// A line or two in the middle of the band, by themselves: an author's name stands over the middle one of three
  /// columns, and is no part of it.
  private func isCentred(_ piece: [Int], in band: [Int]) -> Bool {
    guard piece.count <= 4, let first = piece.first else { return false }
    var (x0, x1) = (fragments[first].x0, fragments[first].x1)
    var (left, right) = (x0, x1)
    for index in piece { (x0, x1) = (min(x0, fragments[index].x0), max(x1, fragments[index].x1)) }
    for index in band { (left, right) = (min(left, fragments[index].x0), max(right, fragments[index].x1)) }
    return abs((x0 + x1) - (left + right)) < 1.5 * em && x1 - x0 < 0.5 * (right - left)
  }

  private func look(of indices: [Int]) -> GutterLook {
    GutterLook(
      left: indices.filter { isLeft($0) }.map { fragments[$0] },
      right: indices.filter { !isLeft($0) }.map { fragments[$0] }, em: em)
  }
}
