/// Gathers the blocks of a file that has no print: its lines have pages, and boxes of zero.
struct FlowBuilder {
  /// A list item's mark that still waits for the item's text.
  private struct Mark {
    var text: String
    var level: Int
  }

  private(set) var blocks: [Block] = []
  private var lineCount = 0
  /// Whether there was more than is kept: such a file was made to fill the memory.
  private(set) var isFull = false
  /// The page that text comes to now, counted from 1.
  private(set) var page: Int
  var text = FlowText()
  private var mark: Mark?
  /// Where the open block's text goes on with another page.
  private var turns: [(offset: Int, page: Int)] = []

  init(page: Int = 1) { self.page = page }

  /// Goes on with the next page; an open block stays one block.
  mutating func turnPage() {
    text.settle()
    page += 1
    if !text.isEmpty { turns.append((text.bytes.count, page)) }
  }

  /// Puts a mark (`-`, `3.`) before the text that comes next and makes that a list item.
  mutating func beginItem(_ mark: String, level: Int) { self.mark = Mark(text: mark, level: level) }

  /// Forgets a mark that got no text.
  mutating func endItem() { mark = nil }

  /// Ends the open block, where there is one.
  mutating func close(_ role: Role = .paragraph, level: Int? = nil, language: String? = nil) {
    text.settle()
    defer {
      text = FlowText()
      turns = []
    }
    var bytes = text.bytes
    let trimmed = Self.trimmed(bytes)
    guard !trimmed.isEmpty else { return }
    bytes = Array(bytes[trimmed])
    turns = turns.map { ($0.offset - trimmed.lowerBound, $0.page) }.filter { $0.0 > 0 && $0.0 < bytes.count }
    var (role, level) = (role, level)
    var sign: String?
    if let mark {
      self.mark = nil
      // A heading, a table or a listing in an item stays what it is.
      if role == .paragraph || role == .footnote {
        let prefix = Array(mark.text.utf8) + [0x20]
        bytes = prefix + bytes
        turns = turns.map { ($0.offset + prefix.count, $0.page) }
        if role == .paragraph { (role, level) = (.listItem, mark.level) }
        sign = BlockMark.mark(of: role, bytes[...]) ?? mark.text
      }
    }
    let first = turns.isEmpty ? page : turns[0].page - 1
    append(bytes, role, level, page: first, turns: turns)
    guard !isFull else { return }
    blocks[blocks.count - 1].mark = sign
    blocks[blocks.count - 1].language = language
  }

  /// Adds a block that is complete.
  mutating func add(_ text: String, role: Role, page: Int? = nil) {
    guard !text.isEmpty else { return }
    append(Array(text.utf8), role, nil, page: page ?? self.page, turns: [])
    guard !isFull else { return }
    blocks[blocks.count - 1].mark = BlockMark.mark(of: role, Array(text.utf8.prefix(16))[...])
  }

  /// Adds a table.
  mutating func add(_ table: Table, page: Int? = nil) {
    add(table.markdownRows.joined(separator: "\n"), role: .table, page: page)
    guard !isFull, !blocks.isEmpty else { return }
    blocks[blocks.count - 1].table = table
  }

  /// Takes back the blocks from `index` on.
  mutating func remove(from index: Int) { blocks.removeSubrange(min(index, blocks.count)...) }

  private mutating func append(
    _ bytes: [UInt8], _ role: Role, _ level: Int?, page first: Int, turns: [(offset: Int, page: Int)]
  ) {
    guard blocks.count < InputLimits.blocks, lineCount < InputLimits.lines else {
      isFull = true
      return
    }
    var lines: [Line] = []
    var start = 0
    var page = first
    var turns = turns[...]
    func cut(at end: Int) {
      if end > start { lines.append(Line(range: start..<end, page: page, box: Box(x0: 0, y0: 0, x1: 0, y1: 0))) }
      start = end
    }
    for (offset, byte) in bytes.enumerated() {
      while let turn = turns.first, turn.offset == offset {
        cut(at: offset)
        page = turn.page
        turns.removeFirst()
      }
      guard byte == 0x0A else { continue }
      cut(at: offset)
      start = offset + 1
    }
    cut(at: bytes.count)
    lineCount += lines.count
    blocks.append(
      Block(role: role, level: level, text: String(decoding: bytes, as: UTF8.self), fontSize: 0, lines: lines))
  }

  /// Without empty lines before and white space after; the first line keeps its indentation.
  private static func trimmed(_ bytes: [UInt8]) -> Range<Int> {
    var end = bytes.count
    while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
    var start = 0
    for (offset, byte) in bytes[..<end].enumerated() {
      if byte > 0x20 { break }
      if byte == 0x0A { start = offset + 1 }
    }
    return start..<end
  }

  /// - Throws: `too-complex` where not everything was kept.
  func check() throws(InputFailure) {
    if isFull { throw .tooComplex("has more blocks than a text can have", limit: InputLimits.blocks) }
  }

  /// The pages up to the last one that was begun, each with its blocks; zero sizes say that there is no print.
  func pages(labels: [Int: String] = [:]) -> [Page] {
    var pages = (1...max(1, page)).map { Page(number: $0, label: labels[$0], width: 0, height: 0, blocks: []) }
    for block in blocks where pages.indices.contains(block.page - 1) { pages[block.page - 1].blocks.append(block) }
    return pages
  }
}
