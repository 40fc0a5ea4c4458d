/// Where a model puts the tokens of a piece.
struct TokenSink {
  private(set) var ids: [Int32] = []
  /// Where each token starts and ends in the bytes of the working text.
  private(set) var starts: [Int] = []
  private(set) var ends: [Int] = []

  @inline(__always)
  mutating func add(_ id: Int32, _ start: Int, _ end: Int) {
    ids.append(id)
    starts.append(start)
    ends.append(end)
  }

  mutating func reserve(_ count: Int) {
    ids.reserveCapacity(count)
    starts.reserveCapacity(count)
    ends.reserveCapacity(count)
  }
}
