/// A regular expression as a tree.
indirect enum PatternNode: Sendable {
  case empty
  case set(PatternSet.Item)
  case sequence([PatternNode])
  /// The first that leads to a match counts, not the longest.
  case choice([PatternNode])
  /// - Parameter most: `nil` where there is no end.
  case loop(PatternNode, least: Int, most: Int?, PatternGreed)
  case look(PatternNode, isAhead: Bool, isNegated: Bool)
  case atomic(PatternNode)
  case assertion(PatternAssertion)
}

/// How much a loop takes.
enum PatternGreed: Sendable {
  /// As much as it can, giving back where the rest needs it.
  case greedy
  /// As little as it can.
  case lazy
  /// As much as it can, giving nothing back.
  case possessive
}

/// A place in the text, with nothing taken.
enum PatternAssertion: Sendable {
  case lineStart, lineEnd, textStart, textEnd, textEndOrLastLineBreak, wordBoundary, noWordBoundary, searchStart
  /// The place that a lookbehind was asked at, which it has to reach.
  case lookEnd
}

extension PatternNode {
  /// Whether it can match without taking anything.
  var canBeEmpty: Bool {
    switch self {
    case .empty, .look, .assertion: true
    case .set: false
    case .sequence(let nodes): nodes.allSatisfy(\.canBeEmpty)
    case .choice(let nodes): nodes.contains(where: \.canBeEmpty)
    case .loop(let node, let least, _, _): least == 0 || node.canBeEmpty
    case .atomic(let node): node.canBeEmpty
    }
  }

  /// More than a lookbehind has to go back anywhere.
  private static let maximumFixedLength = 1000

  /// How many scalars it takes, where that is always the same, and no large number.
  var fixedLength: Int? {
    switch self {
    case .empty, .look, .assertion: return 0
    case .set: return 1
    case .sequence(let nodes):
      var sum = 0
      for node in nodes {
        guard let length = node.fixedLength else { return nil }
        sum += length
        guard sum <= Self.maximumFixedLength else { return nil }
      }
      return sum
    case .choice(let nodes):
      guard let first = nodes.first?.fixedLength, nodes.allSatisfy({ $0.fixedLength == first }) else { return nil }
      return first
    case .loop(let node, let least, let most, _):
      guard most == least, let length = node.fixedLength else { return nil }
      return length > 0 && least > Self.maximumFixedLength / length ? nil : length * least
    case .atomic(let node): return node.fixedLength
    }
  }
}
