/// Puts paragraphs and notes together again that go on over a column or a page.
///
/// A paragraph goes on where the text that jumps to the top of a column or page begins with a small letter after no
/// sentence's end, or where the last line is as full as the paragraph's others and the next begins without an indent.
/// Floats (tables, captions) and footnotes between the halves are passed over.
struct FlowJoiner {
  let pages: [PageFragments]

  func join(_ blocks: inout [[DraftBlock]]) {
    var open: (page: Int, block: Int)?
    var openNote: (page: Int, block: Int)?
    for page in blocks.indices {
      var block = 0
      var isNewFlow = true
      while block < blocks[page].count {
        let candidate = blocks[page][block]
        switch candidate.role {
        case .header, .footer, .pageNumber, .caption, .table, .sideNote, .formula:
          block += 1
          continue
        case .footnote:
          if let above = openNote, noteGoesOn(blocks[above.page][above.block], candidate) {
            blocks[above.page][above.block].rows += candidate.rows
            blocks[page].remove(at: block)
          } else {
            openNote = (page, block)
            block += 1
          }
          continue
        case .title, .heading, .code, .contents, .references:
          open = nil
        case .paragraph, .listItem:
          if let above = open, candidate.role == .paragraph || isNewFlow,
            goesOn(blocks[above.page][above.block], candidate)
          {
            blocks[above.page][above.block].rows += candidate.rows
            blocks[page].remove(at: block)
            isNewFlow = false
            continue
          }
          open = candidate.keepsLines ? nil : (page, block)
        }
        isNewFlow = false
        block += 1
      }
    }
  }

  private func goesOn(_ above: DraftBlock, _ below: DraftBlock) -> Bool {
    guard !below.keepsLines, below.role == .paragraph, abs(above.size - below.size) < 0.6 else { return false }
    let last = above.last
    let first = below.first
    // Within a column the builder has decided already; here the text jumps to the top of a column or page.
    let jumps = first.page != last.page || first.y0 < last.y0
    guard jumps, first.page - last.page <= 1 else { return false }
    if above.rows.allSatisfy(\.isBold) != below.rows.allSatisfy(\.isBold) { return false }
    let end = pages[last.page].bytes[last.text]
    let start = pages[first.page].bytes[first.text]
    guard let byte = start.first, !LeaderDots.hasLeader(end) else { return false }
    if SentenceEnd.ends(end) { return above.rows.count > 2 && below.rows.count > 1 && isFull(above) && isFlush(below) }
    if LineLabel.isLower(byte) || (end.last == UInt8(ascii: "-") && LineLabel.isLetter(byte)) { return true }
    return above.rows.count > 1 && isFull(above)
  }

  private func noteGoesOn(_ above: DraftBlock, _ below: DraftBlock) -> Bool {
    let (last, first) = (above.last, below.first)
    let isNextColumn = first.y0 < last.y0 || first.x0 > above.x1
    let jumps = first.page == last.page ? isNextColumn : first.page == last.page + 1
    return jumps && !SentenceEnd.ends(pages[last.page].bytes[last.text])
      && !FootnoteRules.beginsWithMark(pages[first.page].bytes[first.text])
  }

  /// Whether the last line reaches as far to the right as the others do.
  private func isFull(_ block: DraftBlock) -> Bool {
    let last = block.last
    let rows = block.rows.filter { $0.page == last.page && abs($0.x0 - last.x0) < 3 * last.size }
    let right = rows.reduce(last.x1) { max($0, $1.x1) }
    return rows.count > 1 && right - last.x1 < 0.4 * last.size
  }

  /// Whether the first line has no indent.
  private func isFlush(_ block: DraftBlock) -> Bool {
    guard let second = block.rows.dropFirst().first else { return false }
    return abs(block.first.x0 - second.x0) < 0.4 * block.first.size
  }
}
