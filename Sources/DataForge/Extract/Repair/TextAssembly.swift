/// Joins the rows of a block to its text, and keeps which part of it stands in which printed line.
struct TextAssembly {
  let pages: [PageFragments]
  let hyphens: LineEndHyphens

  func block(_ draft: DraftBlock) -> Block {
    if let table = draft.table { return TableAssembly(pages: pages, hyphens: hyphens).block(draft, table) }
    var text: [UInt8] = []
    var lines: [Line] = []
    lines.reserveCapacity(draft.rows.count)
    let left = draft.keepsLines ? draft.x0 : 0
    for (place, row) in draft.rows.enumerated() { append(row, at: place, of: draft, left: left, to: &text, &lines) }
    return Block(
      role: draft.role, level: draft.level, mark: BlockMark.mark(of: draft.role, text[...]),
      text: String(decoding: text, as: UTF8.self),
      fontSize: Double((draft.size * 10).rounded()) / 10, lines: lines)
  }

  private func append(
    _ row: PrintedRow, at place: Int, of draft: DraftBlock, left: Float, to text: inout [UInt8], _ lines: inout [Line]
  ) {
    let bytes = pages[row.page].bytes[row.text]
    if place > 0 {
      let above = draft.rows[place - 1]
      if draft.keepsLines {
        text.append(0x0A)
        if row.page == above.page, row.y1 - above.y1 > 1.9 * above.size { text.append(0x0A) }
      } else {
        switch hyphens.join(pages[above.page].bytes[above.text], bytes) {
        case .space: text.append(0x20)
        case .nothing(let count):
          text.removeLast(count)
          if let last = lines.indices.last {
            lines[last].range = lines[last].range.lowerBound..<lines[last].range.upperBound - count
          }
        }
      }
    }
    if draft.keepsLines, row.x0 > left {
      let letters = bytes.count { $0 & 0xC0 != 0x80 }
      let letter = letters == 0 ? 0 : (row.x1 - row.x0) / Float(letters)
      if letter > 1 { text += [UInt8](repeating: 0x20, count: min(80, Int(((row.x0 - left) / letter).rounded()))) }
    }
    let start = text.count
    if draft.role != .paragraph && !draft.keepsLines && LeaderDots.hasLeader(bytes) {
      text += LeaderDots.removed(from: bytes)
    } else if bytes.suffix(2).elementsEqual([0xC2, 0xAD]) && place == draft.rows.count - 1 {
      text += bytes.dropLast(2)
      text.append(UInt8(ascii: "-"))
    } else if draft.keepsLines {
      text += bytes
    } else {
      // Words of a listing's font keep their distance when they are read; within running text one space is enough.
      for byte in bytes where byte != 0x20 || text.count == start || text[text.count - 1] != 0x20 { text.append(byte) }
    }
    lines.append(Line(range: start..<text.count, page: pages[row.page].number, box: row.box))
  }
}
