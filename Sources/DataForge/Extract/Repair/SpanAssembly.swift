/// Says which part of a block's text is set in which font and size, for those who ask for it.
///
/// The text was put together from the page's bytes with spaces, hyphens and dots added or taken out; so each line is
/// laid beside the bytes that it came from, letter by letter.
struct SpanAssembly {
  let pages: [PageFragments]
  let fonts: [FontStyle]

  func spans(of draft: DraftBlock, in block: Block) -> [Span] {
    let sources = sources(of: draft)
    guard sources.count == block.lines.count else { return [] }
    let text = Array(block.text.utf8)
    var spans: [Span] = []
    for (line, source) in zip(block.lines, sources) {
      guard !source.isEmpty else { continue }
      var place = 0
      for offset in line.range {
        if let found = Self.match(text[offset], in: source, from: place) { place = found + 1 }
        // What was added looks like what stands before it.
        add(source[max(0, place - 1)].look, at: offset, to: &spans)
      }
    }
    return spans.map { rounded($0, text) }
  }

  /// A byte of the page with its look, as an empty span.
  private struct Source {
    var byte: UInt8
    var look: Span
  }

  /// The bytes of each line.
  private func sources(of draft: DraftBlock) -> [[Source]] {
    guard let table = draft.table else {
      return draft.rows.map { row in row.cells.flatMap { bytes(of: $0, in: row) } }
    }
    return table.rows.map { line in
      let rows = draft.rows[line.printed]
      return line.cells.joined().flatMap { cell in
        rows.first {
          $0.cells.contains { $0.text.lowerBound <= cell.lowerBound && cell.upperBound <= $0.text.upperBound }
        }
        .map { bytes(cell, of: $0) } ?? []
      }
    }
  }

  /// The bytes of a cell as they were read: text that was mended later stands elsewhere, without its fonts.
  private func bytes(of cell: Fragment, in row: PrintedRow) -> [Source] {
    let page = pages[row.page]
    guard cell.text.upperBound > page.read else { return bytes(cell.text, of: row) }
    let printed = page.fragments.filter { part in
      part.text.upperBound <= page.read && part.x0 > cell.x0 - 0.5 && part.x1 < cell.x1 + 0.5
        && min(part.y1, cell.y1) - max(part.y0, cell.y0) > 0.5 * part.height
    }
    if printed.isEmpty { return bytes(cell.text, of: row) }
    return printed.sorted { $0.x0 < $1.x0 }.flatMap { part in
      var row = row
      row.cells = [part]
      return bytes(part.text, of: row)
    }
  }

  private func bytes(_ range: Range<Int>, of row: PrintedRow) -> [Source] {
    let page = pages[row.page]
    let cell = row.cells.first { $0.text.lowerBound <= range.lowerBound && range.upperBound <= $0.text.upperBound }
    let isRaised = cell.map { $0.size < 0.85 * row.size && $0.y1 < row.y1 - 0.1 * row.size } ?? false
    var run = page.runs.partitioningIndex { $0.start > range.lowerBound } - 1
    return range.map { offset in
      while run + 1 < page.runs.count, page.runs[run + 1].start <= offset { run += 1 }
      var look = Span(range: 0..<0, font: nil, size: Double(cell?.size ?? row.size), isRaised: isRaised)
      if offset < page.read, page.runs.indices.contains(run) {
        let font = fonts[page.runs[run].font]
        look.font = font.name.isEmpty ? nil : font.name
        look.size = Double(page.runs[run].size)
        (look.isBold, look.isItalic, look.isMonospace) = (font.isBold, font.isItalic, font.isMonospace)
      } else {
        // Mended text stands elsewhere than what was read.
        (look.isBold, look.isMonospace) = (cell?.isBold ?? row.isBold, cell?.isMonospace ?? row.isListing)
      }
      look.size = (look.size * 10).rounded() / 10
      return Source(byte: page.bytes[offset], look: look)
    }
  }

  /// Where a byte of the text comes from: nearly always the next one.
  private static func match(_ byte: UInt8, in source: [Source], from place: Int) -> Int? {
    var place = place
    guard place < source.count else { return nil }
    if source[place].byte == byte { return place }
    // Spaces, and the frame of a table, are put in.
    if byte == 0x20 || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "-") || byte == 0x0A { return nil }
    // Wide spaces and the dots of contents are taken out.
    while place < source.count, source[place].byte == 0x20 || source[place].byte == UInt8(ascii: ".") {
      place += 1
      if place < source.count, source[place].byte == byte { return place }
    }
    return (place..<min(place + 4, source.count)).first { source[$0].byte == byte }
  }

  private func add(_ look: Span, at offset: Int, to spans: inout [Span]) {
    if let last = spans.last, last.looks(like: look) {
      spans[spans.count - 1].range = last.range.lowerBound..<offset + 1
    } else {
      var span = look
      span.range = offset..<offset + 1
      spans.append(span)
    }
  }

  /// Ends between letters, not within one.
  private func rounded(_ span: Span, _ text: [UInt8]) -> Span {
    var (start, end) = (span.range.lowerBound, span.range.upperBound)
    while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    var span = span
    span.range = min(start, end)..<end
    return span
  }
}

extension Array {
  /// The first index whose element fulfils a condition that all later ones fulfil too.
  fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
