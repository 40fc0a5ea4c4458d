/// Packs units into chunks, in order, each unit into exactly one.
///
/// A chunk ends before a heading (unless it is still small), and where the next unit would exceed the budget. Headings
/// and other units that lead never stay behind at its end.
struct ChunkPacker {
  let blocks: [Block]
  let cutter: BlockCutter
  let options: ChunkOptions

  private var open: [ChunkUnit] = []
  private var tokens = 0
  private var packed: [[ChunkUnit]] = []

  init(blocks: [Block], cutter: BlockCutter, options: ChunkOptions) {
    self.blocks = blocks
    self.cutter = cutter
    self.options = options
  }

  /// The chunks' units; where chunks overlap, a chunk's first units are the end of the one before.
  mutating func pack() -> [[ChunkUnit]] {
    for (index, block) in blocks.enumerated() {
      for unit in cutter.units(of: block, at: index) { add(unit) }
    }
    flush()
    return options.overlap > 0 ? overlapped() : packed
  }

  private mutating func add(_ unit: ChunkUnit) {
    if unit.isHeading, let last = open.last, !last.isHeading, endsSection(before: unit) { flush() }
    var rest = unit
    while !open.isEmpty, tokens + rest.tokens > cutter.budget {
      if tokens < options.minTokens, !rest.isHeading,
        let parts = cutter.split(rest, of: blocks[rest.block], room: cutter.budget - tokens)
      {
        append(parts.first)
        rest = parts.rest
      }
      if open.allSatisfy(\.leads) { break }
      close()
    }
    append(rest)
  }

  /// Whether a heading begins a new chunk: always where it leaves the section that the chunk began in, else as soon as
  /// the chunk is large enough to stand alone.
  private func endsSection(before heading: ChunkUnit) -> Bool {
    if tokens >= options.minTokens { return true }
    guard let first = open.first, first.isHeading else { return false }
    return (blocks[heading.block].headingLevel ?? 1) < (blocks[first.block].headingLevel ?? 1)
  }

  private mutating func append(_ unit: ChunkUnit) {
    open.append(unit)
    tokens += unit.tokens
  }

  private mutating func flush() {
    if !open.isEmpty { packed.append(open) }
    open = []
    tokens = 0
  }

  /// Ends the chunk; what leads to the next unit goes over to the next chunk.
  private mutating func close() {
    guard let last = open.lastIndex(where: { !$0.leads }) else { return flush() }
    packed.append(Array(open[...last]))
    open = Array(open[(last + 1)...])
    tokens = open.reduce(0) { $0 + $1.tokens }
  }

  private func overlapped() -> [[ChunkUnit]] {
    var result: [[ChunkUnit]] = []
    for (index, units) in packed.enumerated() {
      guard index > 0, let first = units.first, !first.isHeading else {
        result.append(units)
        continue
      }
      var repeated: [ChunkUnit] = []
      var room = options.overlap
      for unit in packed[index - 1].reversed() {
        guard let tail = cutter.tail(of: unit, of: blocks[unit.block], room: room) else { break }
        repeated.insert(tail, at: 0)
        room -= tail.tokens
        if tail.range != unit.range { break }
      }
      result.append(repeated + units)
    }
    return result
  }
}
