/// Groups a region's rows into blocks: where a paragraph, a list item, a heading or a table begins and ends.
///
/// What a block is for (heading, footnote) is decided later, with the whole document in view; tables, list items and
/// captions show here already.
struct BlockBuilder {
  private let rows: [PrintedRow]
  private let bytes: [UInt8]
  private let style: DocumentStyle
  private let outline: OutlineTitles
  /// The usual distance of two lines, in ems.
  private let leading: Float
  private let left: Float
  private let right: Float

  /// The blocks of a region. `isContentsOpen` says that the text before it ended in a table of contents.
  static func blocks(
    of rows: [PrintedRow], bytes: [UInt8], style: DocumentStyle, outline: OutlineTitles, isContentsOpen: Bool = false
  ) -> [DraftBlock] {
    let rows = CodeLines.unnumbered(rows, bytes: bytes)
    return BlockBuilder(rows: rows, bytes: bytes, style: style, outline: outline).build(isContentsOpen)
  }

  private init(rows: [PrintedRow], bytes: [UInt8], style: DocumentStyle, outline: OutlineTitles) {
    self.rows = rows
    self.bytes = bytes
    self.style = style
    self.outline = outline
    left = rows.reduce(.infinity) { min($0, $1.x0) }
    right = rows.reduce(-.infinity) { max($0, $1.x1) }
    var distances: [Int: Int] = [:]
    for (above, below) in zip(rows, rows.dropFirst()) where abs(above.size - below.size) < 0.3 && above.size > 0 {
      let ems = (below.y1 - above.y1) / above.size
      if ems > 0.8 && ems < 3 { distances[Int((ems * 20).rounded()), default: 0] += 1 }
    }
    let usual = distances.max { ($0.value, $1.key) < ($1.value, $0.key) }
    leading = usual.map { Float($0.key) / 20 } ?? 1.2
  }

  private func build(_ isContentsOpen: Bool) -> [DraftBlock] {
    let entries = ContentsFinder.entries(in: rows, bytes: bytes, outline: outline, isOpen: isContentsOpen)
    let tables = TableFinder.tables(in: rows, bytes: bytes).filter { table in
      !entries.contains { $0.overlaps(table.rows) }
    }
    var blocks: [DraftBlock] = []
    var next = 0
    var nextEntry = 0
    var index = 0
    while index < rows.count {
      if nextEntry < entries.count, entries[nextEntry].lowerBound == index {
        blocks.append(DraftBlock(role: .contents, level: 1, rows: Array(rows[entries[nextEntry]])))
        index = entries[nextEntry].upperBound
        nextEntry += 1
        continue
      }
      if next < tables.count, tables[next].rows.lowerBound == index {
        let table = tables[next]
        blocks.append(DraftBlock(role: .table, rows: Array(rows[table.rows]), table: table.cells))
        index = table.rows.upperBound
        next += 1
        continue
      }
      let afterTable = index > 0 && next > 0 && tables[next - 1].rows.upperBound == index
      if let last = blocks.last, !afterTable, last.role != .contents, goesOn(last, index) {
        blocks[blocks.count - 1].rows.append(rows[index])
      } else {
        blocks.append(opened(index))
      }
      index += 1
    }
    return blocks
  }

  /// A line of a program listing. Large letters of one width are a heading; where all text has one width, signs and
  /// wide spaces tell code.
  private func isCode(_ row: PrintedRow) -> Bool {
    guard row.isListing, row.size <= style.bodySize * 1.15 + 0.3 else { return false }
    guard style.isMonospace else { return true }
    var signs = 0
    var spaces = 0
    for byte in bytes[row.text] {
      spaces = byte == 0x20 ? spaces + 1 : 0
      if spaces > 3 { return true }
      if byte > 0x20, byte < 0x7F, !LineLabel.isLetter(byte), !LineLabel.isDigit(byte),
        !".,;:'\"-()?!".utf8.contains(byte)
      {
        signs += 1
      }
    }
    return signs * 6 > row.text.count
  }

  private func opened(_ index: Int) -> DraftBlock {
    let row = rows[index]
    if isCode(row) { return DraftBlock(role: .code, rows: [row], keepsLines: true) }
    if LeaderDots.hasLeader(bytes[row.text]) { return DraftBlock(role: .listItem, level: 1, rows: [row]) }
    switch LineLabel(bytes[row.text]) {
    case .bullet, .item: return DraftBlock(role: .listItem, level: 1, rows: [row])
    case .caption: return DraftBlock(role: .caption, rows: [row])
    case .section, nil: return DraftBlock(role: .paragraph, rows: [row])
    }
  }

  /// Whether a row goes on with the block above it.
  private func goesOn(_ block: DraftBlock, _ index: Int) -> Bool {
    let row = rows[index]
    let last = block.last
    let em = max(row.size, 1)
    // Distance: baselines are compared where the sizes are alike, else the white between the boxes.
    let isAlike = abs(row.size - last.size) <= max(0.6, 0.06 * em)
    let distance = row.y1 - last.y1
    let isCode = isCode(row)
    // Code goes on after an empty line.
    let limit = isCode && block.keepsLines ? 2.1 * leading : 1.22 * leading
    if distance > limit * max(em, last.size) + 0.3 || distance < 0 { return false }
    if isCode, block.keepsLines { return true }
    if block.keepsLines { return false }
    // An address or a name in such letters may take a whole line of a paragraph.
    if isCode, block.role != .paragraph || row.x0 > left + 0.3 * em || isEarly(last, before: row) || endsSentence(last)
    {
      return false
    }
    if !isAlike { return false }
    let blockIsBold = block.rows.allSatisfy(\.isBold)
    if !style.isBold && row.isBold != blockIsBold {
      if blockIsBold || isEarly(last, before: row) || endsSentence(last) { return false }
    }
    if LeaderDots.hasLeader(bytes[last.text]) || LeaderDots.hasLeader(bytes[row.text]) && isEarly(last, before: row) {
      return false
    }
    if row.isBold, blockIsBold, outline.contains(bytes[row.text]) || outline.contains(bytes[last.text]) { return false }
    if beginsItem(row, after: last, in: block) { return false }
    return !beginsParagraph(index, after: last, in: block)
  }

  private func beginsItem(_ row: PrintedRow, after last: PrintedRow, in block: DraftBlock) -> Bool {
    let isFree = isEarly(last, before: row) || endsSentence(last)
    switch LineLabel(bytes[row.text]) {
    case .bullet:
      let first = bytes[row.text.lowerBound]
      // A dash may stand at the beginning of any line.
      return first >= 0x80 && bytes[row.text.lowerBound + 1] != 0x80 || first >= 0x80 && isFree
        || block.role == .listItem
        || isFree
    case .item:
      // The end of `(compare p. 12)` may begin any line of an item's text, which stands right of its mark.
      let text = bytes[row.text]
      if block.role == .listItem, row.x0 > block.first.x0 + 3, !isEarly(last, before: row),
        text.first(where: { !LineLabel.isDigit($0) }) == UInt8(ascii: ")")
      {
        return false
      }
      return isFree || (block.role == .listItem && abs(row.x0 - block.first.x0) < 3)
    case .caption: return isFree
    case .section: return isFree && (row.isBold || row.size > style.bodySize + 0.5)
    case nil: return false
    }
  }

  private func beginsParagraph(_ index: Int, after last: PrintedRow, in block: DraftBlock) -> Bool {
    let row = rows[index]
    let em = max(row.size, 1)
    let shift = row.x0 - last.x0
    let isEarlyEnd = isEarly(last, before: row)
    if block.role == .listItem {
      // A term beside its explanation, as the one above.
      if row.cells.count > 1, last.cells.count > 1 || block.rows.count > 1, row.x0 <= block.first.x0 + 1, isEarlyEnd {
        return true
      }
      let text = textStart(block.first)
      if block.rows.count > 1, row.x0 < min(text, last.x0) - 0.8 * em { return true }
      return isEarlyEnd && endsSentence(last) && shift > -0.5 * em && row.x0 > text + 0.8 * em
    }
    let isCentred = abs((row.x0 + row.x1) - (last.x0 + last.x1)) < em
    if shift > 0.8 * em && !isCentred {
      // An indented first line, unless what follows hangs below this row.
      let below = index + 1 < rows.count ? rows[index + 1] : nil
      let hangs = below.map { abs($0.x0 - row.x0) < 0.4 * em && $0.y1 - row.y1 < leading * em * 1.22 + 0.3 } ?? false
      if isEarlyEnd && endsSentence(last) { return true }
      return !hangs && (block.rows.count > 1 || isEarlyEnd || endsSentence(last))
    }
    if shift < -0.8 * em && !isCentred {
      // Back from an indented first line is the same paragraph; back from an indented block is not.
      return block.rows.count > 1 && !(abs(block.rows[0].x0 - last.x0) > 0.8 * em)
    }
    if row.cells.count > 1, last.cells.count > 1, isEarlyEnd { return true }
    if isEarlyEnd && endsSentence(last) { return true }
    return isEarlyEnd && last.x1 - left < 0.5 * (right - left) && beginsUpper(row) && !isCentred
  }

  /// Where a list item's text begins, after its bullet or number.
  private func textStart(_ row: PrintedRow) -> Float {
    if row.cells.count > 1 { return row.cells[1].x0 }
    return row.x0 + 0.5 * row.size
  }

  /// Whether the first word of `next` would have fitted on the line: it was ended on purpose.
  private func isEarly(_ row: PrintedRow, before next: PrintedRow) -> Bool {
    let word = bytes[next.text].firstIndex(of: 0x20).map { $0 - next.text.lowerBound } ?? next.text.count
    let letter = next.glyphs > 0 ? (next.x1 - next.x0) / Float(next.text.count) : 0
    return right - row.x1 > (Float(word) + 1) * letter + 0.6 * next.size
  }

  private func endsSentence(_ row: PrintedRow) -> Bool { SentenceEnd.ends(bytes[row.text]) }

  private func beginsUpper(_ row: PrintedRow) -> Bool {
    guard let first = bytes[row.text].first else { return false }
    return LineLabel.isUpper(first) || LineLabel.isDigit(first)
  }
}
