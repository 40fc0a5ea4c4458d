/// A printed line of a region: its fragments from left to right and what they have in common.
struct PrintedRow {
  /// The page, as an index into the document's pages.
  var page: Int
  var cells: [Fragment]
  /// Where its whole text stands in the page's bytes.
  var text: Range<Int>
  var x0: Float
  var y0: Float
  var x1: Float
  var y1: Float
  /// Of the cell with the most letters.
  var size: Float
  var isBold: Bool
  /// All of it stands in a font whose letters have one width.
  var isListing: Bool
  var glyphs: Int
  /// The way back to the page as it is shown.
  private var turned: TurnedPage

  /// On the page as it is shown; all other coordinates are those of a page turned so that the row is upright.
  var box: Box { turned.shown(x0: x0, y0: y0, x1: x1, y1: y1) }

  /// The row with the cell alone whose text this is; `nil` where no cell has just that.
  func part(_ text: Range<Int>) -> PrintedRow? {
    guard let cell = cells.first(where: { $0.text == text }) else { return nil }
    var row = self
    row.cells = [cell]
    (row.text, row.glyphs, row.size, row.isBold) = (text, cell.glyphs, cell.size, cell.isBold)
    (row.x0, row.y0, row.x1, row.y1) = (cell.x0, cell.y0, cell.x1, cell.y1)
    return row
  }

  /// The most fragments that make a line.
  private static let longest = 1000

  /// Groups a region's fragments into lines, top to bottom.
  static func rows(of region: [Int], on page: inout PageFragments, pageIndex: Int) -> [PrintedRow] {
    let fragments = page.fragments
    let sorted = region.sorted { fragments[$0].y0 + fragments[$0].y1 < fragments[$1].y0 + fragments[$1].y1 }
    var rows: [PrintedRow] = []
    rows.reserveCapacity(sorted.count)
    var cells: [Fragment] = []
    for index in sorted {
      let fragment = fragments[index]
      if !cells.isEmpty && !belongs(fragment, to: cells) {
        rows.append(PrintedRow(cells, on: &page, pageIndex: pageIndex))
        cells.removeAll(keepingCapacity: true)
      }
      cells.append(fragment)
    }
    if !cells.isEmpty { rows.append(PrintedRow(cells, on: &page, pageIndex: pageIndex)) }
    JustifiedRows.mend(&rows)
    return rows
  }

  /// Whether a fragment stands on the line: beside what is there already, not below it.
  private static func belongs(_ fragment: Fragment, to cells: [Fragment]) -> Bool {
    guard cells.count < Self.longest else { return false }
    var touches = false
    for cell in cells {
      let shared = min(cell.y1, fragment.y1) - max(cell.y0, fragment.y0)
      if shared > 0.5 * min(cell.height, fragment.height) { touches = true }
      let overlap = min(cell.x1, fragment.x1) - max(cell.x0, fragment.x0)
      if overlap > 0.5 * min(cell.width, fragment.width) { return false }
    }
    return touches
  }

  private init(_ unsorted: [Fragment], on page: inout PageFragments, pageIndex: Int) {
    var cells = unsorted
    if cells.count > 1 {
      let letters = cells.reduce(0) { $0 + ($1.isRightToLeft ? $1.glyphs : -$1.glyphs) }
      let isRightToLeft = letters > 0
      let rightToLeft = isRightToLeft != (cells[0].turn == .mirrored)
      cells.sort { rightToLeft ? $0.x1 > $1.x1 : $0.x0 < $1.x0 }
    }
    let first = cells[0]
    (x0, y0, x1, y1) = (first.x0, first.y0, first.x1, first.y1)
    (size, glyphs) = (first.size, 0)
    self.page = pageIndex
    turned = TurnedPage(turn: first.turn, width: page.width, height: page.height)
    self.cells = cells
    var bold = 0
    var monospace = 0
    var most = 0
    for cell in cells {
      (x0, y0, x1, y1) = (min(x0, cell.x0), min(y0, cell.y0), max(x1, cell.x1), max(y1, cell.y1))
      glyphs += cell.glyphs
      bold += cell.boldGlyphs
      monospace += cell.monospaceGlyphs
      if cell.glyphs > most { (size, most) = (cell.size, cell.glyphs) }
    }
    isBold = bold * 10 >= glyphs * 9
    isListing = monospace * 10 >= glyphs * 9
    text = first.text
    guard cells.count > 1 else { return }
    write(on: &page)
  }

  /// Writes the row's text, and makes one cell of those that only the wide spaces of a justified line part.
  private mutating func write(on page: inout PageFragments) {
    let start = page.bytes.count
    let parts = cells
    cells = []
    for (place, part) in parts.enumerated() {
      if place > 0 {
        let last = parts[place - 1]
        let gap = max(part.x0 - last.x1, last.x0 - part.x1)
        if isListing {
          let letter = last.width / Float(max(1, last.text.count))
          let count = letter > 1 ? Int((gap / letter).rounded()) : 1
          for _ in 0..<max(1, min(80, count)) { page.bytes.append(0x20) }
        } else if gap > 0.12 * size || part.size == last.size {
          // Raised marks are fragments of their own that touch the word before them: no space for these.
          page.bytes.append(0x20)
        }
      }
      let from = page.bytes.count
      page.bytes.append(contentsOf: page.bytes[part.text])
      if let last = cells.last, !isListing, JustifiedRows.isOneText(last, part) {
        cells[cells.count - 1] = last.joined(with: part, text: last.text.lowerBound..<page.bytes.count)
      } else {
        cells.append(part)
        cells[cells.count - 1].text = from..<page.bytes.count
      }
    }
    text = start..<page.bytes.count
  }
}
