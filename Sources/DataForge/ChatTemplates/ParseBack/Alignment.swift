/// Pairs what a row says with what its text says, in order.
enum Alignment {
  /// The most pairs that are all looked at; a longer conversation that was torn apart is paired step by step.
  private static let mostCells = 1 << 20
  /// How far a step looks ahead.
  private static let lookahead = 64

  /// For each element of the row the one of the text that is equal to it: the longest common subsequence.
  static func pairs<Row, Parsed>(
    _ rows: [Row], _ parsed: [Parsed], _ areEqual: (Row, Parsed) -> Bool
  ) -> [Int?] {
    let shorter = min(rows.count, parsed.count)
    var head = 0
    while head < shorter, areEqual(rows[head], parsed[head]) { head += 1 }
    var tail = 0
    while tail < shorter - head, areEqual(rows[rows.count - 1 - tail], parsed[parsed.count - 1 - tail]) { tail += 1 }
    let (left, right) = (rows[head..<rows.count - tail], parsed[head..<parsed.count - tail])
    let middle =
      left.count * right.count <= mostCells
      ? longest(Array(left), Array(right), areEqual) : stepwise(Array(left), Array(right), areEqual)
    return Array(0..<head) + middle.map { $0.map { $0 + head } } + (parsed.count - tail..<parsed.count).map { $0 }
  }

  private static func longest<Row, Parsed>(
    _ rows: [Row], _ parsed: [Parsed], _ areEqual: (Row, Parsed) -> Bool
  ) -> [Int?] {
    var equal = [Bool](repeating: false, count: rows.count * parsed.count)
    var longest = [Int](repeating: 0, count: (rows.count + 1) * (parsed.count + 1))
    let width = parsed.count + 1
    for row in rows.indices.reversed() {
      for other in parsed.indices.reversed() {
        let isEqual = areEqual(rows[row], parsed[other])
        equal[row * parsed.count + other] = isEqual
        let without = max(longest[(row + 1) * width + other], longest[row * width + other + 1])
        longest[row * width + other] = isEqual ? max(without, longest[(row + 1) * width + other + 1] + 1) : without
      }
    }
    var pairs = [Int?](repeating: nil, count: rows.count)
    var other = 0
    for row in rows.indices {
      // Skips what the text has more, as long as nothing is lost by it.
      while other < parsed.count, !equal[row * parsed.count + other],
        longest[row * width + other] == longest[row * width + other + 1]
      {
        other += 1
      }
      guard other < parsed.count, equal[row * parsed.count + other],
        longest[row * width + other] == longest[(row + 1) * width + other + 1] + 1
      else { continue }
      pairs[row] = other
      other += 1
    }
    return pairs
  }

  /// Each element with the next one that is equal to it and near.
  private static func stepwise<Row, Parsed>(
    _ rows: [Row], _ parsed: [Parsed], _ areEqual: (Row, Parsed) -> Bool
  ) -> [Int?] {
    var other = 0
    return rows.map { row in
      let near = other..<min(other + lookahead, parsed.count)
      guard let found = near.first(where: { areEqual(row, parsed[$0]) }) else { return nil }
      other = found + 1
      return found
    }
  }
}
