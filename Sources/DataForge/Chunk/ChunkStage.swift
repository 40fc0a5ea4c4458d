import OrderedJSON

/// Cuts a document into passages that fit one prompt, along its headings, paragraphs and sentences.
///
/// Every character of the document's body that is not white space lies in a chunk, in the document's order, and without
/// overlap in exactly one. White space where a paragraph is cut belongs to none. Tables of contents and lists of
/// references are left out, with their headings, unless the options name them. A table that is cut has its header in
/// each part.
public struct ChunkStage: Stage {
  public static let name = StageName.chunk

  public var options: ChunkOptions
  public var counter: any TokenCounter

  public init(options: ChunkOptions = ChunkOptions(), counter: any TokenCounter = TokenEstimator()) {
    self.options = options
    self.counter = counter
  }

  public var parameters: JSONValue {
    ["version": 2, "options": options.json, "counter": .string(counter.name)]
  }

  public func run(_ document: Document) async throws -> [Outcome<Chunk>] {
    let chunks = chunks(of: document)
    guard chunks.isEmpty else { return chunks.map { .kept($0) } }
    return [
      .rejected(
        Rejection(
          stage: .chunk, check: "no-body-text",
          reason:
            "\(document.path) has no text besides running heads, page numbers, contents and references, so there is nothing to ask about.",
          document: document.path, values: ["pages": .integer(document.pages.count)], id: document.id))
    ]
  }

  /// The chunks of a document, in its order.
  public func chunks(of document: Document) -> [Chunk] {
    let blocks = body(of: document)
    let cutter = BlockCutter(counter: counter, budget: max(1, options.maxTokens))
    var packer = ChunkPacker(blocks: blocks, cutter: cutter, options: options)
    var path = HeadingPath()
    var seen = 0
    return packer.pack().enumerated().map { index, units in
      // The path holds for the first unit that is no heading, so a section's own heading is part of it.
      let first = units.first { !$0.isHeading } ?? units[units.count - 1]
      enterHeadings(upTo: first.block, of: blocks, from: &seen, into: &path)
      let chunk = chunk(of: units, blocks: blocks, headings: path.texts, index: index, documentID: document.id)
      enterHeadings(upTo: units[units.count - 1].block, of: blocks, from: &seen, into: &path)
      return chunk
    }
  }

  /// What becomes chunks: blocks of the body, without headings below which only left-out sections stand.
  private func body(of document: Document) -> [Block] {
    var blocks: [Block] = []
    var heading: Int?
    for block in document.pages.lazy.flatMap(\.blocks) where block.role.isBody {
      if options.takes(block.role) {
        heading = block.role == .heading ? blocks.count : nil
        blocks.append(block)
      } else if let place = heading {
        // The heading's section is one that is left out; what may follow in it has no heading then.
        blocks.remove(at: place)
        heading = nil
      }
    }
    return blocks
  }

  private func enterHeadings(upTo last: Int, of blocks: [Block], from seen: inout Int, into path: inout HeadingPath) {
    while seen <= last {
      let block = blocks[seen]
      if let level = block.headingLevel { path.enter(oneLine(block.text), level: level) }
      seen += 1
    }
  }

  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func chunk(
    of units: [ChunkUnit], blocks: [Block], headings: [String], index: Int, documentID: String
  ) -> Chunk {
    var text = ""
    var pieces: [Chunk.Piece] = []
    var previous: ChunkUnit?
    for unit in units {
      let block = blocks[unit.block]
      if let previous { text += separator(previous, unit, blocks) }
      let goesOn = previous?.block == unit.block
      let start = text.utf8.count
      var lines: [Line] = []
      if let header = unit.header, !goesOn {
        lines = self.lines(of: block, in: header, movedTo: start)
        text += block.text.slice(utf8: header) + "\n"
      }
      lines += self.lines(of: block, in: unit.range, movedTo: text.utf8.count)
      text += block.text.slice(utf8: unit.range)
      if goesOn, let last = pieces.indices.last {
        pieces[last].end = text.utf8.count
        pieces[last].lines += lines
      } else {
        pieces.append(
          Chunk.Piece(role: block.role, level: block.level, start: start, end: text.utf8.count, lines: lines))
      }
      previous = unit
    }
    return Chunk(
      id: StableID.of("chunk", documentID, String(index), text), documentID: documentID, index: index,
      headings: headings, text: text, tokens: counter.count(text), pieces: pieces)
  }

  /// The printed lines of a part of a block's text that begins at an offset of the chunk's.
  private func lines(of block: Block, in range: Range<Int>, movedTo start: Int) -> [Line] {
    block.lines.filter { $0.range.overlaps(range) }.map { line in
      var line = line
      line.range = line.range.clamped(to: range)
      return line.shifted(by: start - range.lowerBound)
    }
  }

  /// A blank line between blocks, a line break between list items, and within a block what stands there.
  private func separator(_ left: ChunkUnit, _ right: ChunkUnit, _ blocks: [Block]) -> String {
    let role = blocks[right.block].role
    if left.block == right.block {
      return String(blocks[left.block].text.slice(utf8: left.range.upperBound..<right.range.lowerBound))
    }
    let isList = role == .listItem || role == .contents
    return isList && blocks[left.block].role == role ? "\n" : "\n\n"
  }
}
