/// Merges the symbols of one word, pair by pair, in the order of the merges' ranks and from left to right.
///
/// Its memory is used again for the next word.
struct MergeWork {
  private struct Symbol {
    var id: UInt32
    /// Where it ends, counted from the start of the word.
    var end: Int32
    /// The rank of the merge with the symbol after it, or `noMerge`, and what they become.
    var rank: UInt32
    var merged: UInt32
  }

  private static let noMerge = UInt32.max
  /// From here on a heap finds the next merge faster than a look at all symbols.
  private static let mostForScan = 40

  private var symbols: [Symbol] = []
  private var heap = MergeHeap()
  private var previous: [Int32] = []
  private var next: [Int32] = []

  mutating func clear() { symbols.removeAll(keepingCapacity: true) }

  /// Adds a symbol that ends at a place of the word.
  @inline(__always)
  mutating func add(_ id: UInt32, _ end: Int) {
    symbols.append(Symbol(id: id, end: Int32(truncatingIfNeeded: end), rank: Self.noMerge, merged: 0))
  }

  /// How many symbols there is memory for.
  var capacity: Int { symbols.capacity }
  var isEmpty: Bool { symbols.isEmpty }
  /// Where the last symbol ends.
  var end: Int { Int(symbols.last?.end ?? 0) }

  /// Hands over what is left after all merges: each number, where it starts and where it ends.
  mutating func merge(_ merges: FlatTable, _ body: (UInt32, Int, Int) -> Void) {
    let count =
      symbols.count <= Self.mostForScan
      ? Self.mergeByScan(&symbols, merges) : Self.mergeByHeap(&symbols, &heap, &previous, &next, merges)
    var start = 0
    for symbol in symbols[0..<count] {
      body(symbol.id, start, Int(symbol.end))
      start = Int(symbol.end)
    }
  }

  @inline(__always)
  private static func rate(_ symbol: UnsafeMutablePointer<Symbol>, _ right: UInt32, _ merges: FlatTable) {
    if let slot = merges.find(UInt64(symbol.pointee.id) << 32 | UInt64(right)) {
      symbol.pointee.rank = slot.pointee.first
      symbol.pointee.merged = slot.pointee.second
    } else {
      symbol.pointee.rank = noMerge
    }
  }

  /// Returns how many symbols are left, at the start.
  private static func mergeByScan(_ symbols: inout [Symbol], _ merges: FlatTable) -> Int {
    symbols.withUnsafeMutableBufferPointer { buffer in
      guard let symbols = buffer.baseAddress, buffer.count > 1 else { return buffer.count }
      var count = buffer.count
      for index in 0..<(count - 1) { rate(symbols + index, symbols[index + 1].id, merges) }
      symbols[count - 1].rank = noMerge
      while true {
        var best = 0
        var rank = symbols[0].rank
        for index in 1..<count where symbols[index].rank < rank {
          rank = symbols[index].rank
          best = index
        }
        if rank == noMerge { return count }
        symbols[best].id = symbols[best].merged
        symbols[best].end = symbols[best + 1].end
        count -= 1
        for index in (best + 1)..<max(count, best + 1) { symbols[index] = symbols[index + 1] }
        if best + 1 < count {
          rate(symbols + best, symbols[best + 1].id, merges)
        } else {
          symbols[best].rank = noMerge
        }
        if best > 0 { rate(symbols + best - 1, symbols[best].id, merges) }
        if count == 1 { return 1 }
      }
    }
  }

  /// The same in a time that hardly grows with the square of the length, whatever the word.
  private static func mergeByHeap(
    _ symbols: inout [Symbol], _ heap: inout MergeHeap, _ previous: inout [Int32], _ next: inout [Int32],
    _ merges: FlatTable
  ) -> Int {
    let count = symbols.count
    previous.removeAll(keepingCapacity: true)
    next.removeAll(keepingCapacity: true)
    for index in 0..<count {
      previous.append(Int32(index - 1))
      next.append(index + 1 < count ? Int32(index + 1) : -1)
    }
    heap.clear()
    symbols.withUnsafeMutableBufferPointer { buffer in
      guard let symbols = buffer.baseAddress else { return }
      for index in 0..<(count - 1) {
        rate(symbols + index, symbols[index + 1].id, merges)
        if symbols[index].rank != noMerge { heap.append(symbols[index].rank, index) }
      }
      heap.order()
      while let (rank, left) = heap.pop() {
        // Entries of pairs that are no more.
        guard symbols[left].rank == rank else { continue }
        let right = Int(next[left])
        guard right >= 0 else { continue }
        symbols[left].id = symbols[left].merged
        symbols[left].end = symbols[right].end
        symbols[right].rank = noMerge
        symbols[right].end = -1
        let after = Int(next[right])
        next[left] = Int32(after)
        if after >= 0 {
          previous[after] = Int32(left)
          rate(symbols + left, symbols[after].id, merges)
          if symbols[left].rank != noMerge { heap.push(symbols[left].rank, left) }
        } else {
          symbols[left].rank = noMerge
        }
        let before = Int(previous[left])
        if before >= 0 {
          rate(symbols + before, symbols[left].id, merges)
          if symbols[before].rank != noMerge { heap.push(symbols[before].rank, before) }
        }
      }
    }
    var left = 0
    for index in 0..<count where symbols[index].end >= 0 {
      symbols[left] = symbols[index]
      left += 1
    }
    return left
  }
}
