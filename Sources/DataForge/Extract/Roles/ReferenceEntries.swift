/// Parts the text below “References” into its entries.
struct ReferenceEntries {
  let pages: [PageFragments]

  /// How a list shows where an entry begins.
  private enum Style {
    /// `[12]`, `[Knu84]`.
    case brackets
    /// `12.`
    case numbers
    /// The first line sticks out to the left.
    case hanging
    /// As paragraphs do; the blocks stand.
    case blocks
  }

  /// Whether a line has what only entries of such a list have: a mark before it, a year, an address, page numbers.
  static func isEntry(_ text: ArraySlice<UInt8>) -> Bool {
    if markLength(text) != nil { return true }
    var digits = 0
    var value = 0
    for byte in text {
      if LineLabel.isDigit(byte) {
        digits += 1
        value = digits <= 4 ? value * 10 + Int(byte - 0x30) : 0
      } else {
        if digits == 4, (1500...2100).contains(value) { return true }
        (digits, value) = (0, 0)
      }
    }
    if digits == 4, (1500...2100).contains(value) { return true }
    return clues.contains { contains(text, $0) }
  }

  private static let clues = ["doi", "http", "ISBN", "arXiv", " pp. ", "et al.", "Proc. "].map { Array($0.utf8) }

  private static func contains(_ text: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
    guard text.count >= word.count else { return false }
    return (text.startIndex...text.endIndex - word.count).contains { text[$0...].starts(with: word) }
  }

  /// The length of `[12]` or `[Knu84]` at the beginning of a line.
  static func markLength(_ text: ArraySlice<UInt8>) -> Int? {
    guard text.first == UInt8(ascii: "["),
      let close = text.prefix(24).firstIndex(of: UInt8(ascii: "]")), close > text.startIndex + 1
    else { return nil }
    return close + 1 - text.startIndex
  }

  /// Gives each entry a block of its own, on the page where it begins.
  func part(_ places: [(page: Int, block: Int)], of drafts: inout [[DraftBlock]]) {
    let rows = places.flatMap { drafts[$0.page][$0.block].rows }
    let edges = LeftEdges(rows)
    let style = style(of: rows, edges)
    var entries: [DraftBlock] = []
    for place in places {
      let block = drafts[place.page][place.block]
      for (index, row) in block.rows.enumerated() {
        let begins =
          switch style {
          case .brackets: Self.markLength(bytes(row)) != nil
          case .numbers: isNumbered(row)
          case .hanging: edges.shift(of: row) < 0.5 * row.size
          case .blocks: index == 0
          }
        if begins || entries.isEmpty {
          entries.append(DraftBlock(role: .references, rows: [row]))
        } else {
          entries[entries.count - 1].rows.append(row)
        }
      }
    }
    for place in places.reversed() { drafts[place.page].remove(at: place.block) }
    // The first block of each page says where that page's entries go.
    var at: [Int: Int] = [:]
    for place in places { at[place.page] = min(at[place.page] ?? place.block, place.block) }
    var byPage: [Int: [DraftBlock]] = [:]
    for entry in entries { byPage[entry.first.page, default: []].append(entry) }
    for (page, blocks) in byPage {
      let body = drafts[page].firstIndex { $0.role.isBody } ?? drafts[page].count
      drafts[page].insert(contentsOf: blocks, at: min(at[page] ?? body, drafts[page].count))
    }
  }

  private func bytes(_ row: PrintedRow) -> ArraySlice<UInt8> { pages[row.page].bytes[row.text] }

  private func isNumbered(_ row: PrintedRow) -> Bool {
    guard let first = bytes(row).first, LineLabel.isDigit(first) else { return false }
    if case .item = LineLabel(bytes(row)) { return true }
    return false
  }

  private func style(of rows: [PrintedRow], _ edges: LeftEdges) -> Style {
    if rows.count(where: { Self.markLength(bytes($0)) != nil }) >= 2 { return .brackets }
    if let first = rows.first, isNumbered(first), rows.count(where: isNumbered) >= 2 { return .numbers }
    let hanging = rows.count { edges.shift(of: $0) > 0.8 * $0.size }
    guard hanging * 4 >= rows.count, let first = rows.first else { return .blocks }
    // With the first line set in it would be the other way round.
    return edges.shift(of: first) < 0.5 * first.size ? .hanging : .blocks
  }

  /// The left edges of the columns of each page.
  private struct LeftEdges {
    private var edges: [Int: [Float]] = [:]

    init(_ rows: [PrintedRow]) {
      var starts: [Int: [Float]] = [:]
      for row in rows { starts[row.page, default: []].append(row.x0) }
      for (page, starts) in starts {
        // Indents are narrower than this, columns are wider.
        let sorted = starts.sorted()
        edges[page] = zip([-Float.infinity] + sorted, sorted).filter { $1 - $0 > 60 }.map(\.1)
      }
    }

    /// How far right of its column's edge a row begins.
    func shift(of row: PrintedRow) -> Float {
      row.x0 - (edges[row.page]?.last { $0 <= row.x0 } ?? row.x0)
    }
  }
}
