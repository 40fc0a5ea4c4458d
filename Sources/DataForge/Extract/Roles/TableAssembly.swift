/// Joins the lines of a table's cells to its text, row by row.
struct TableAssembly {
  let pages: [PageFragments]
  let hyphens: LineEndHyphens

  func block(_ draft: DraftBlock, _ table: DraftTable) -> Block {
    let page = pages[draft.first.page]
    let cells = Table(
      headerRows: table.headerRows, rows: table.rows.map { row in row.cells.map { joined($0, on: page) } })
    var text = ""
    var lines: [Line] = []
    for (row, markdown) in zip(table.rows, cells.markdownRows) {
      if !text.isEmpty { text += "\n" }
      let start = text.utf8.count
      text += markdown
      let boxes = draft.rows[row.printed].map(\.box)
      let box = boxes.dropFirst().reduce(boxes[0]) { $0.union($1) }
      lines.append(Line(range: start..<text.utf8.count, page: page.number, box: box))
    }
    return Block(
      role: draft.role, text: text, table: cells, fontSize: Double((draft.size * 10).rounded()) / 10, lines: lines)
  }

  private func joined(_ lines: [Range<Int>], on page: PageFragments) -> String {
    var text: [UInt8] = []
    for (place, line) in lines.enumerated() {
      if place > 0 {
        switch hyphens.join(page.bytes[lines[place - 1]], page.bytes[line]) {
        case .space: text.append(0x20)
        case .nothing(let count): text.removeLast(min(count, text.count))
        }
      }
      text += page.bytes[line]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
