/// Finds the entries of a table of contents among a region's rows: a title, and far right the page that it is on.
///
/// Leader dots tell an entry by themselves. Without them the numbers must stand below each other and rise, and something
/// must speak for a table of contents: its heading above, the page before that ended in one, or the outline.
struct ContentsFinder {
  private let rows: [PrintedRow]
  private let bytes: [UInt8]
  private let outline: OutlineTitles

  /// A row that ends in a page's number.
  private struct Entry {
    var row: Int
    var hasLeader: Bool
    /// `nil` where the number is no arabic one.
    var number: Int?
  }

  /// The rows of each entry, top to bottom. `isOpen` says that the text above ended in a table of contents.
  static func entries(
    in rows: [PrintedRow], bytes: [UInt8], outline: OutlineTitles, isOpen: Bool
  ) -> [Range<Int>] {
    let finder = ContentsFinder(rows: rows, bytes: bytes, outline: outline)
    let entries = rows.indices.compactMap { finder.entry(at: $0) }
    guard !entries.isEmpty else { return [] }
    var found: [Range<Int>] = []
    var run: [Entry] = []
    func close() {
      found += finder.accepted(run, isOpen: isOpen)
      run = []
    }
    for entry in entries {
      if let last = run.last, !finder.isNear(last.row, entry.row) { close() }
      run.append(entry)
    }
    close()
    return found
  }

  private func entry(at index: Int) -> Entry? {
    let row = rows[index]
    let text = bytes[row.text]
    // Most rows of a document end in a letter: these are done with here.
    guard let last = text.last, LineLabel.isDigit(last) || LineLabel.isLetter(last) || last == UInt8(ascii: ".") else {
      return nil
    }
    let start = text.lastIndex { $0 == 0x20 || $0 == UInt8(ascii: ".") }.map { $0 + 1 } ?? text.startIndex
    let token = text[start...]
    // The number may be lost, but nothing else may stand there.
    guard token.isEmpty || Self.isPageLabel(token) else { return nil }
    if LeaderDots.hasLeader(text) {
      guard Self.hasLetter(text) else { return nil }
      return Entry(row: index, hasLeader: true, number: Self.number(token))
    }
    guard !row.isListing, row.cells.count > 1, !token.isEmpty, let cell = row.cells.last,
      cell.text.count == token.count,
      cell.x0 - row.cells[row.cells.count - 2].x1 > 0.8 * row.size, Self.hasLetter(text[..<start])
    else { return nil }
    return Entry(row: index, hasLeader: false, number: Self.number(token))
  }

  /// Few rows without a number may stand between: titles of several lines, parts without a page.
  private func isNear(_ above: Int, _ below: Int) -> Bool {
    below - above <= 3 && rows[below].y0 - rows[above].y1 < 6 * max(rows[above].size, rows[below].size)
  }

  private func accepted(_ run: [Entry], isOpen: Bool) -> [Range<Int>] {
    guard let first = run.first else { return [] }
    let leaders = run.count { $0.hasLeader }
    let isAnnounced = isOpen && first.row < 4 || announces(above: first.row)
    let isAccepted =
      leaders * 3 >= run.count && (leaders >= 2 || isAnnounced)
      || (isAnnounced || inOutline(run) * 2 > run.count) && run.count >= 2 && isColumn(run)
    guard isAccepted else { return [] }
    var ranges: [Range<Int>] = []
    // After its heading, the first title's own first line belongs to it too.
    var start = first.row
    for entry in run {
      start = max(start, ranges.last?.upperBound ?? start)
      // A title of several lines has its number behind the last; a part's name has none.
      while start < entry.row, !runsOn(start) {
        ranges.append(start..<start + 1)
        start += 1
      }
      ranges.append(start..<entry.row + 1)
      start = entry.row + 1
    }
    return ranges
  }

  /// Whether a title goes on in the next row: it fills its line, or the next row hangs below it.
  private func runsOn(_ index: Int) -> Bool {
    let (row, next) = (rows[index], rows[index + 1])
    guard row.isBold == next.isBold, next.y0 - row.y1 < 0.6 * row.size else { return false }
    let right = rows.reduce(-Float.infinity) { max($0, $1.x1) }
    return row.x1 > next.x0 + 0.6 * (right - next.x0) && LineLabel(bytes[next.text]) == nil
  }

  /// Whether a heading above names a table of contents.
  private func announces(above index: Int) -> Bool {
    for row in rows[max(0, index - 4)..<index].reversed()
    where SectionNames.kind(of: bytes[row.text]) == .contents {
      return true
    }
    return false
  }

  private func inOutline(_ run: [Entry]) -> Int {
    guard !outline.isEmpty else { return 0 }
    return run.count { entry in
      let row = rows[entry.row]
      return outline.contains(bytes[row.text.lowerBound..<row.text.upperBound - (row.cells.last?.text.count ?? 0)])
    }
  }

  /// The numbers end at one height and rise.
  private func isColumn(_ run: [Entry]) -> Bool {
    let ends = run.map { rows[$0.row].x1 }.sorted()
    let middle = ends[ends.count / 2]
    let numbers = run.compactMap(\.number)
    let falls = zip(numbers, numbers.dropFirst()).count { $0 > $1 }
    return ends.count { abs($0 - middle) < 3 } * 5 >= run.count * 4 && falls * 6 <= run.count
  }

  private static func hasLetter(_ text: ArraySlice<UInt8>) -> Bool {
    text.contains { LineLabel.isLetter($0) || $0 >= 0x80 }
  }

  private static func number(_ token: ArraySlice<UInt8>) -> Int? {
    guard !token.isEmpty, token.count <= 4, token.allSatisfy(LineLabel.isDigit) else { return nil }
    return token.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// `12`, `xiv`, `A-3`, `3-17`.
  private static func isPageLabel(_ token: ArraySlice<UInt8>) -> Bool {
    guard !token.isEmpty, token.count <= 8 else { return false }
    if number(token) != nil || token.allSatisfy({ "ivxlcIVXLC".utf8.contains($0) }) { return true }
    let parts = token.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.count == 2 && (number(parts[0]) != nil || parts[0].count == 1) && number(parts[1]) != nil
  }
}
