/// The memory that a model works in, which one text at a time uses.
struct ModelState {
  var cache = WordCache()
  var work = MergeWork()
  var path: [PathNode] = []

  /// Words of this many symbols are rare, and what they took is given back.
  private static let mostKept = 1 << 20

  /// Frees what only a very long word needed.
  mutating func shrink() {
    if path.capacity > Self.mostKept { path = [] }
    if work.capacity > Self.mostKept { work = MergeWork() }
  }
}

/// The best way to a place of a piece.
struct PathNode {
  var score: Double
  /// Where the last token of the way starts, or -1 where no way leads here.
  var start: Int32
  var token: UInt32
}
