/// What stands on both sides of a gutter looks like.
enum GutterLook {
  /// Columns of text.
  case columns
  /// Rows of a table, or terms beside their explanations.
  case rows
  /// The same as far as one can tell, unless there are columns above or below: a table in one of two columns.
  case looseRows
  /// Text with notes in the margin.
  case noteAtLeft
  case noteAtRight
  /// Too little to say, or only one side.
  case either

  /// Judges by the columns next to the gutter: what stands beyond other gutters says little about this one.
  init(left: [Fragment], right: [Fragment], em: Float) {
    let (all, others) = (ColumnFigures(left), ColumnFigures(right))
    guard all.lines > 0 && others.lines > 0 else {
      self = .either
      return
    }
    if all.lines <= 2 && others.lines <= 2 {
      self = .either
    } else if Self.isUneven(all, others, em: em) {
      self = .columns
    } else {
      let near = ColumnFigures(nearest(left, isLeft: true, em: em))
      let far = ColumnFigures(nearest(right, isLeft: false, em: em))
      if Self.isNote(others, beside: near, em: em) {
        self = .noteAtRight
      } else if Self.isNote(all, beside: far, em: em) {
        self = .noteAtLeft
      } else {
        self = Self.judge(near, far, em: em)
        if self == .rows, !Self.isFirm(near, far, em: em) { self = .looseRows }
      }
    }
  }

  /// Rows of a table share their baselines; columns of text rarely do for long, whatever stands in them.
  private static func isUneven(_ left: ColumnFigures, _ right: ColumnFigures, em: Float) -> Bool {
    let fewer = min(left.lines, right.lines)
    guard fewer >= 8, min(left.width, right.width) >= 10 * em else { return false }
    // Four in ten meet by chance.
    return left.sharedLines(with: right, within: em / 4) * 20 < fewer * (fewer < 20 ? 8 : 13)
  }

  /// Whether a narrow column holds notes on the wide one: small text, or lines that do not keep to the text's.
  private static func isNote(_ note: ColumnFigures, beside text: ColumnFigures, em: Float) -> Bool {
    guard text.lines >= 4, text.width >= 15 * em, text.fullLines >= 0.4, !text.isCells, !note.isCells,
      note.width < 0.45 * text.width, note.lines >= 2, note.lines * 5 < text.lines * 4, note.glyphsPerLine >= 5
    else { return false }
    let shared = note.sharedLines(with: text, within: em / 4)
    return note.size < 0.94 * text.size ? shared < note.lines : note.lines >= 3 && shared * 2 < note.lines
  }

  /// Whether rows can be nothing else: each has its two sides, and neither side reads on by itself.
  private static func isFirm(_ left: ColumnFigures, _ right: ColumnFigures, em: Float) -> Bool {
    let fewer = min(left.lines, right.lines)
    guard fewer >= 4, left.sharedLines(with: right, within: em / 3) * 5 >= fewer * 4 else { return false }
    return ![left, right].contains { $0.lines >= 4 && $0.width >= 10 * em && $0.fullLines >= 0.5 && !$0.isCells }
  }

  private static func judge(_ left: ColumnFigures, _ right: ColumnFigures, em: Float) -> GutterLook {
    let narrower = min(left.width, right.width)
    let fewer = min(left.lines, right.lines)
    let shared = left.sharedLines(with: right, within: em / 4)
    if left.isListing && right.isListing && shared * 2 > fewer { return .rows }
    if isUneven(left, right, em: em) { return .columns }
    if narrower < 6 * em || left.isCells || right.isCells { return .rows }
    // An index or a glossary: short lines, but many, in columns of like width and look.
    let isLong = fewer >= 12 && max(left.width, right.width) < 1.6 * narrower && abs(left.listing - right.listing) < 0.5
    // Text fills its lines; the cells of a table may be as wide, but each line on one side has its like on the other.
    let paired = left.sharedLines(with: right, within: em / 3)
    let isPaired = paired * 10 >= fewer * 9
    if paired * 5 >= fewer * 4, abs(left.listing - right.listing) >= 0.5 { return .rows }
    let isText = min(left.fill, right.fill) > 0.5 && (!isPaired || min(left.fullLines, right.fullLines) >= 0.5)
    guard narrower >= 8 * em, isText, left.lines > 1 || right.lines > 3 else { return isLong ? .columns : .rows }
    // Terms beside their explanations: each line on the left begins one on the right, with room between.
    if left.lines >= 2, left.lines * 3 < right.lines * 2, left.sharedLines(with: right, within: em / 3) == left.lines,
      left.height > 1.8 * Float(left.lines) * em
    {
      return .rows
    }
    return .columns
  }
}

/// The fragments of the column next to a gutter: up to the next strip that hardly anything crosses.
private func nearest(_ fragments: [Fragment], isLeft: Bool, em: Float) -> [Fragment] {
  guard let first = fragments.map(\.x0).min(), let last = fragments.map(\.x1).max() else { return [] }
  let width = em / 4
  let count = Int(min(4000, (last - first) / width)) + 1
  var steps = [Float](repeating: 0, count: count + 1)
  for fragment in fragments {
    let low = Int((fragment.x0 - first) / width)
    let high = Int((fragment.x1 - first) / width)
    steps[min(count, max(0, low))] += fragment.height
    steps[min(count, max(0, high) + 1)] -= fragment.height
  }
  var total: Float = 0
  let coverage = steps.prefix(count).map { step in
    total += step
    return total
  }
  // From the gutter outwards.
  var fullest: Float = 0
  var free = 0
  for place in 0..<count {
    let bin = isLeft ? count - 1 - place : place
    fullest = max(fullest, coverage[bin])
    free = coverage[bin] <= 0.1 * fullest ? free + 1 : 0
    guard free >= 3 else { continue }
    let edge = first + width * Float(isLeft ? bin + 1 : bin)
    return fragments.filter { isLeft ? $0.x0 > edge : $0.x1 < edge + width }
  }
  return fragments
}
