/// Cuts a block into the units that chunks are packed from.
///
/// A block within the budget is one unit. A longer paragraph is cut between sentences, a table between rows (each part
/// with the table's header), code between lines, and all into parts of about equal size, so that no scrap of one
/// sentence is left over. A sentence or a row that is longer
/// than the budget stays whole up to twice the budget; beyond that it is none (such text comes from listings and from
/// damaged files) and is cut at the white space before the budget's end, or within a run of letters where there is no
/// white space at all.
struct BlockCutter {
  let counter: any TokenCounter
  let budget: Int

  /// The units of a block, in order; empty where the block is blank.
  func units(of block: Block, at index: Int) -> [ChunkUnit] {
    let range = trimmed(block, 0..<block.text.utf8.count)
    guard !range.isEmpty else { return [] }
    let tokens = count(block.text, range)
    let isHeading = block.role.isHeading
    let announces = block.role == .paragraph && block.text.utf8[utf8: range.upperBound - 1] == UInt8(ascii: ":")
    let leads = isHeading || announces || block.role == .caption
    let whole = ChunkUnit(block: index, range: range, tokens: tokens, leads: leads, isHeading: isHeading)
    return tokens <= budget ? [whole] : cut(whole, of: block, into: (tokens + budget - 1) / budget)
  }

  /// Cuts a unit so that its first part has at most `room` tokens; `nil` where no sentence or row fits.
  func split(_ unit: ChunkUnit, of block: Block, room: Int) -> (first: ChunkUnit, rest: ChunkUnit)? {
    let atoms = atoms(of: block, in: unit.range)
    var end: Int?
    for atom in atoms.dropLast() {
      guard count(block.text, unit.range.lowerBound..<atom.upperBound) <= room else { break }
      end = atom.upperBound
    }
    guard let end else { return nil }
    var first = unit
    first.range = unit.range.lowerBound..<end
    first.tokens = count(block.text, first.range) + unit.headerTokens(header(of: block))
    first.leads = false
    var rest = unit
    rest.range = trimmed(block, end..<unit.range.upperBound)
    let header = header(of: block)
    rest.header = header?.range
    rest.tokens = count(block.text, rest.range) + (header?.tokens ?? 0)
    return (first, rest)
  }

  /// The last whole sentences of a unit that together have at most `room` tokens; `nil` where none fits.
  func tail(of unit: ChunkUnit, of block: Block, room: Int) -> ChunkUnit? {
    guard block.role != .table, block.role != .code, !unit.isHeading else { return nil }
    var start: Int?
    for atom in atoms(of: block, in: unit.range).reversed() {
      guard count(block.text, atom.lowerBound..<unit.range.upperBound) <= room else { break }
      start = atom.lowerBound
    }
    guard let start else { return nil }
    var tail = unit
    tail.range = start..<unit.range.upperBound
    tail.tokens = count(block.text, tail.range)
    return tail
  }

  // MARK: Parts

  /// A table's header, where it leaves room for rows below it.
  private func header(of block: Block) -> (range: Range<Int>, tokens: Int)? {
    guard let table = block.table, table.headerRows > 0 else { return nil }
    // Below the first row stands Markdown's rule.
    var lines = table.headerRows + 1
    for (offset, byte) in block.text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
      lines -= 1
      guard lines == 0 else { continue }
      let tokens = count(block.text, 0..<offset)
      return tokens * 2 <= budget ? (0..<offset, tokens) : nil
    }
    return nil
  }

  /// The sentences of running text, the rows of a table (the first with the header), the lines of code.
  private func atoms(of block: Block, in range: Range<Int>) -> [Range<Int>] {
    guard block.role == .table || block.role == .code else {
      var text = block.text
      return text.withUTF8 { SentenceSplitter.sentences(in: $0, from: range) }
    }
    var rows: [Range<Int>] = []
    var start = range.lowerBound
    let headerEnd = header(of: block)?.range.upperBound ?? -1
    for (offset, byte) in zip(range, block.text.utf8.dropFirst(range.lowerBound))
    where byte == UInt8(ascii: "\n") && offset > headerEnd {
      rows.append(start..<offset)
      start = offset + 1
    }
    rows.append(start..<range.upperBound)
    return rows.map { trimmed(block, $0) }.filter { !$0.isEmpty }
  }

  private func cut(_ unit: ChunkUnit, of block: Block, into parts: Int) -> [ChunkUnit] {
    let target = (unit.tokens + parts - 1) / parts
    let header = header(of: block)
    var units: [ChunkUnit] = []
    func add(_ range: Range<Int>, _ tokens: Int) {
      units.append(
        ChunkUnit(
          block: unit.block, range: range, tokens: tokens, leads: false, isHeading: unit.isHeading,
          header: units.isEmpty ? nil : header?.range))
    }
    var open: (range: Range<Int>, tokens: Int)?
    func close() {
      if let part = open { add(part.range, part.tokens) }
      open = nil
    }
    for atom in atoms(of: block, in: unit.range) {
      let tokens = count(block.text, atom)
      if tokens > 2 * budget {
        close()
        for piece in slices(of: block.text, in: atom, tokens: tokens) { add(piece, count(block.text, piece)) }
        continue
      }
      if let part = open {
        if part.tokens >= target || part.tokens + tokens > budget {
          close()
        } else {
          // The sum of the parts: at most a few tokens off the whole, for the space between.
          open = (part.range.lowerBound..<atom.upperBound, part.tokens + tokens)
          continue
        }
      }
      open = (atom, tokens + (units.isEmpty ? 0 : header?.tokens ?? 0))
    }
    close()
    return units
  }

  /// Slices text without sentences into about equal parts within the budget.
  private func slices(of text: String, in range: Range<Int>, tokens: Int) -> [Range<Int>] {
    let parts = (tokens + budget - 1) / budget
    let stride = max(1, range.count / parts)
    var slices: [Range<Int>] = []
    var start = range.lowerBound
    var copy = text
    copy.withUTF8 { bytes in
      while range.upperBound - start > stride + stride / 8 {
        var stop = start + stride
        while stop > start + stride / 2, !isSpace(bytes[stop]) { stop -= 1 }
        if !isSpace(bytes[stop]) {
          stop = start + stride
          while stop < range.upperBound, bytes[stop] & 0xC0 == 0x80 { stop += 1 }
        }
        slices.append(start..<stop)
        start = stop
      }
    }
    slices.append(start..<range.upperBound)
    return slices.map { trimmed(text, $0) }.filter { !$0.isEmpty }
  }

  private func count(_ text: String, _ range: Range<Int>) -> Int { counter.count(text.slice(utf8: range)) }

  /// The range without white space at its ends, but with the indentation of code.
  private func trimmed(_ block: Block, _ range: Range<Int>) -> Range<Int> {
    let inner = trimmed(block.text, range)
    guard block.role == .code, !inner.isEmpty else { return inner }
    var start = inner.lowerBound
    while start > range.lowerBound, block.text.utf8[utf8: start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start..<inner.upperBound
  }

  private func trimmed(_ text: String, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, isSpace(text.utf8[utf8: start]) { start += 1 }
    while end > start, isSpace(text.utf8[utf8: end - 1]) { end -= 1 }
    return start..<end
  }
}

extension String {
  /// The part between two UTF-8 offsets, which must lie within the text.
  func slice(utf8 range: Range<Int>) -> Substring {
    let start = utf8.index(startIndex, offsetBy: range.lowerBound)
    return self[start..<utf8.index(start, offsetBy: range.count)]
  }
}

extension String.UTF8View {
  /// The byte at an offset, which must lie within the text.
  subscript(utf8 offset: Int) -> UInt8 { self[index(startIndex, offsetBy: offset)] }
}
