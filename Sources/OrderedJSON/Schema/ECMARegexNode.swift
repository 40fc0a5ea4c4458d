/// A parsed regular expression.
indirect enum ECMARegexNode: Sendable {
  case empty
  case scalar(UInt32)
  case set(ECMARegexSet)
  case sequence([ECMARegexNode])
  case alternation([ECMARegexNode])
  /// A group with its number (from 1), or `nil` where it does not capture.
  case group(ECMARegexNode, capture: Int?)
  /// A name that two alternatives share stands for several groups.
  case backreference([Int])
  case assertion(ECMARegexAssertion)
  case look(ECMARegexNode, ahead: Bool, negative: Bool)
  /// `captures` are the groups inside, which each round forgets.
  case repetition(ECMARegexNode, minimum: Int, maximum: Int, greedy: Bool, captures: Range<Int>)
}

/// A condition on a place in the text.
enum ECMARegexAssertion: Sendable {
  case start, end, wordBoundary, noWordBoundary
}

extension ECMARegexNode {
  /// Whether it can match no text at all.
  var canBeEmpty: Bool {
    switch self {
    case .scalar, .set: false
    case .empty, .backreference, .assertion, .look: true
    case .sequence(let parts): parts.allSatisfy(\.canBeEmpty)
    case .alternation(let parts): parts.contains(where: \.canBeEmpty)
    case .group(let inner, _): inner.canBeEmpty
    case .repetition(let inner, let minimum, _, _, _): minimum == 0 || inner.canBeEmpty
    }
  }

  /// Whether it can match at the start of the text only.
  var isAnchoredAtStart: Bool {
    switch self {
    case .assertion(.start): true
    case .sequence(let parts): parts.first?.isAnchoredAtStart ?? false
    case .alternation(let parts): parts.allSatisfy(\.isAnchoredAtStart)
    case .group(let inner, _): inner.isAnchoredAtStart
    default: false
    }
  }
}
