/// A heap of merges, the lowest rank first, and the leftmost of those.
struct MergeHeap {
  /// The rank above, the place below.
  private var entries: [UInt64] = []

  mutating func clear() { entries.removeAll(keepingCapacity: true) }

  /// Adds an entry that `order` puts where it belongs.
  @inline(__always)
  mutating func append(_ rank: UInt32, _ place: Int) {
    entries.append(UInt64(rank) << 32 | UInt64(truncatingIfNeeded: place))
  }

  /// Makes a heap of what was appended.
  mutating func order() {
    entries.withUnsafeMutableBufferPointer { entries in
      for index in stride(from: entries.count / 4, through: 0, by: -1) where index < entries.count {
        Self.sink(entries, index, entries.count)
      }
    }
  }

  @inline(__always)
  mutating func push(_ rank: UInt32, _ place: Int) {
    append(rank, place)
    entries.withUnsafeMutableBufferPointer { entries in
      var index = entries.count - 1
      let entry = entries[index]
      while index > 0 {
        let parent = (index - 1) / 4
        guard entries[parent] > entry else { break }
        entries[index] = entries[parent]
        index = parent
      }
      entries[index] = entry
    }
  }

  @inline(__always)
  mutating func pop() -> (rank: UInt32, place: Int)? {
    guard let last = entries.popLast() else { return nil }
    guard let first = entries.first else { return Self.parts(last) }
    entries.withUnsafeMutableBufferPointer { entries in
      entries[0] = last
      Self.sink(entries, 0, entries.count)
    }
    return Self.parts(first)
  }

  @inline(__always)
  private static func parts(_ entry: UInt64) -> (UInt32, Int) {
    (UInt32(truncatingIfNeeded: entry >> 32), Int(entry & 0xFFFF_FFFF))
  }

  @inline(__always)
  private static func sink(_ entries: UnsafeMutableBufferPointer<UInt64>, _ start: Int, _ count: Int) {
    var index = start
    let entry = entries[index]
    while true {
      let first = index * 4 + 1
      guard first < count else { break }
      var least = first
      for child in (first + 1)..<max(min(first + 4, count), first + 1) where entries[child] < entries[least] {
        least = child
      }
      guard entries[least] < entry else { break }
      entries[index] = entries[least]
      index = least
    }
    entries[index] = entry
  }
}
