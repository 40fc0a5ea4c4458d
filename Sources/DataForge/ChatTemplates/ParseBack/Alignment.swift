/// Pairs what a row says with what its text says, in order.
enum Alignment {
  /// For each element of the row the one of the text that is equal to it: the longest common subsequence.
  static func pairs<Row, Parsed>(
    _ rows: [Row], _ parsed: [Parsed], _ areEqual: (Row, Parsed) -> Bool
  ) -> [Int?] {
    if rows.count == parsed.count, zip(rows, parsed).allSatisfy(areEqual) { return Array(rows.indices) }
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
}
