/// What becomes of the places that a text is split at.
enum SplitBehavior: String, Sendable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"

  /// Hands over the parts that are left of a text, given its matches in order.
  ///
  /// - Parameter isInverted: whether what lies between the matches is taken for the matches.
  func split(
    _ matches: [Range<Int>], _ start: Int, _ end: Int, isInverted: Bool = false, _ body: (Int, Int) -> Void
  ) {
    var parts: [(range: Range<Int>, isMatch: Bool)] = []
    parts.reserveCapacity(matches.count * 2 + 1)
    var place = start
    for match in matches {
      if place < match.lowerBound { parts.append((place..<match.lowerBound, isInverted)) }
      parts.append((match, !isInverted))
      place = match.upperBound
    }
    if place < end { parts.append((place..<end, isInverted)) }
    switch self {
    case .isolated: for part in parts { body(part.range.lowerBound, part.range.upperBound) }
    case .removed: for part in parts where !part.isMatch { body(part.range.lowerBound, part.range.upperBound) }
    case .contiguous: merge(parts, body) { $0 == $1 }
    case .mergedWithPrevious: merge(parts, body) { !$0 && $1 }
    case .mergedWithNext: mergeWithNext(parts, body)
    }
  }

  /// Joins each part with those before it for which the test of (was a match, is a match) holds.
  private func merge(
    _ parts: [(range: Range<Int>, isMatch: Bool)], _ body: (Int, Int) -> Void, _ joins: (Bool, Bool) -> Bool
  ) {
    var open: Range<Int>?
    var wasMatch = false
    for (range, isMatch) in parts {
      if let last = open, joins(wasMatch, isMatch) {
        open = last.lowerBound..<range.upperBound
      } else {
        if let last = open { body(last.lowerBound, last.upperBound) }
        open = range
      }
      wasMatch = isMatch
    }
    if let last = open { body(last.lowerBound, last.upperBound) }
  }

  private func mergeWithNext(_ parts: [(range: Range<Int>, isMatch: Bool)], _ body: (Int, Int) -> Void) {
    var joined: [Range<Int>] = []
    var wasMatch = false
    for (range, isMatch) in parts.reversed() {
      if isMatch, !wasMatch, let last = joined.last {
        joined[joined.count - 1] = range.lowerBound..<last.upperBound
      } else {
        joined.append(range)
      }
      wasMatch = isMatch
    }
    for range in joined.reversed() { body(range.lowerBound, range.upperBound) }
  }
}
