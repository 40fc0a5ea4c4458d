/// Puts paragraphs together again that go on over a column or a page.
///
/// Only clear evidence counts: no sentence ends above, the next text begins with a small letter (or the word was cut),
/// and both look alike. Floats (tables, captions) and footnotes between the halves are passed over.
struct FlowJoiner {
  let pages: [PageFragments]

  func join(_ blocks: inout [[DraftBlock]]) {
    var open: (page: Int, block: Int)?
    for page in blocks.indices {
      var block = 0
      var isNewFlow = true
      while block < blocks[page].count {
        let candidate = blocks[page][block]
        switch candidate.role {
        case .header, .footer, .pageNumber, .footnote, .caption, .table:
          block += 1
          continue
        case .heading:
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
    guard let byte = start.first, !SentenceEnd.ends(end), !LeaderDots.hasLeader(end) else { return false }
    return LineLabel.isLower(byte) || (end.last == UInt8(ascii: "-") && LineLabel.isLetter(byte))
  }
}
