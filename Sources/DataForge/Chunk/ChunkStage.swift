import OrderedJSON

/// Cuts a document into passages that fit one prompt, along its headings, paragraphs and sentences.
///
/// Every character of the document's body that is not white space lies in a chunk, in the document's order, and without
/// overlap in exactly one. White space where a paragraph is cut belongs to none.
public struct ChunkStage: Stage {
  public static let name = StageName.chunk

  public var options: ChunkOptions
  public var counter: any TokenCounter

  public init(options: ChunkOptions = ChunkOptions(), counter: any TokenCounter = TokenEstimator()) {
    self.options = options
    self.counter = counter
  }

  public var parameters: JSONValue {
    ["version": 1, "options": options.json, "counter": .string(counter.name)]
  }

  public func run(_ document: Document) async throws -> [Outcome<Chunk>] {
    let chunks = chunks(of: document)
    guard chunks.isEmpty else { return chunks.map { .kept($0) } }
    return [
      .rejected(
        Rejection(
          stage: .chunk, check: "no-body-text",
          reason:
            "\(document.path) has no text besides running heads and page numbers, so there is nothing to ask about.",
          document: document.path, values: ["pages": .integer(document.pages.count)], id: document.id))
    ]
  }

  /// The chunks of a document, in its order.
  public func chunks(of document: Document) -> [Chunk] {
    let blocks = document.pages.flatMap(\.blocks).filter(\.role.isBody)
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

  private func enterHeadings(upTo last: Int, of blocks: [Block], from seen: inout Int, into path: inout HeadingPath) {
    while seen <= last {
      let block = blocks[seen]
      if block.role == .heading { path.enter(oneLine(block.text), level: block.level ?? 1) }
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
      let start = text.utf8.count
      text += block.text.slice(utf8: unit.range)
      let shift = start - unit.range.lowerBound
      let lines = block.lines.filter { $0.range.overlaps(unit.range) }.map { line in
        var line = line
        line.range = line.range.clamped(to: unit.range)
        return line.shifted(by: shift)
      }
      if let previous, previous.block == unit.block, let last = pieces.indices.last {
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

  /// A blank line between blocks, a line break between list items, and within a block what stands there.
  private func separator(_ left: ChunkUnit, _ right: ChunkUnit, _ blocks: [Block]) -> String {
    let role = blocks[right.block].role
    if left.block == right.block {
      return String(blocks[left.block].text.slice(utf8: left.range.upperBound..<right.range.lowerBound))
    }
    return role == .listItem && blocks[left.block].role == .listItem ? "\n" : "\n\n"
  }
}
