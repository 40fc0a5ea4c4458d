/// The lines of a block that stand below each other on one page: a box of the picture.
struct OverlayPart {
  /// The block's place on the page that it begins on, from 1.
  var number: Int
  var block: Block
  /// The page, counted from 1.
  var page: Int
  var lines: [Box]
  /// The block began further up, in another column or on another page.
  var isContinued: Bool

  /// The block began on an earlier page.
  var goesOn: Bool { page != block.page }

  var box: Box { lines.dropFirst().reduce(lines[0]) { $0.union($1) } }

  /// Cuts a block where it goes on in another column or on another page.
  static func parts(of block: Block, number: Int) -> [OverlayPart] {
    var parts: [OverlayPart] = []
    for line in block.lines {
      let box = line.box
      guard [box.x0, box.y0, box.x1, box.y1].allSatisfy(\.isFinite) else { continue }
      if let last = parts.last, last.page == line.page, let above = last.lines.last,
        box.y1 > above.y0, box.x0 < last.box.x1 + 1, box.x1 > last.box.x0 - 1 || box.y0 < above.y1
      {
        parts[parts.count - 1].lines.append(box)
      } else {
        parts.append(
          OverlayPart(number: number, block: block, page: line.page, lines: [box], isContinued: !parts.isEmpty))
      }
    }
    return parts
  }
}
