/// A regular expression as steps that a matcher takes.
struct PatternProgram: Sendable {
  enum Step: Sendable {
    case set(Int)
    /// A loop over a set; `most` is `Int.max` where there is no end.
    case run(Int, least: Int, most: Int, PatternGreed)
    /// Goes on at the first, and at the second where that fails.
    case fork(Int, Int)
    case jump(Int)
    /// Leaves the loop where the last round took nothing.
    case mark(Int)
    case leaveIfStill(Int)
    /// Steps up to `done` that take nothing; then goes on after it.
    case look(end: Int, isNegated: Bool, back: [Int])
    case atomic(end: Int)
    case assertion(PatternAssertion)
    case done
  }

  private(set) var steps: [Step] = []
  private(set) var sets: [PatternSet] = []
  private(set) var marks = 0

  static let maximumSteps = 20_000
  /// Each takes the memory of a bit for every scalar.
  static let maximumSets = 1000

  private var visits = 0
  private var setPlaces: [PatternSet.Item: Int] = [:]

  init(_ node: PatternNode) throws(PatternParser.Failure) {
    try add(node)
    steps.append(.done)
    setPlaces = [:]
  }

  private mutating func add(_ node: PatternNode) throws(PatternParser.Failure) {
    // Repeated groups that are empty add no steps.
    visits += 1
    guard steps.count < Self.maximumSteps, visits < Self.maximumSteps * 10 else {
      throw PatternParser.Failure(isSyntax: false, message: "a pattern of that size")
    }
    switch node {
    case .empty: break
    case .set(let set): steps.append(.set(try index(of: set)))
    case .sequence(let nodes): for node in nodes { try add(node) }
    case .choice(let nodes): try add(choice: nodes)
    case .loop(.set(let set), let least, let most, let greed):
      steps.append(.run(try index(of: set), least: least, most: most ?? .max, greed))
    case .loop(let node, let least, let most, .possessive):
      try addEnclosed(.loop(node, least: least, most: most, .greedy)) { .atomic(end: $0) }
    case .loop(let node, let least, let most, let greed): try add(loop: node, least, most, isLazy: greed == .lazy)
    case .look(let node, let isAhead, let isNegated):
      if isAhead {
        try addEnclosed(node) { .look(end: $0, isNegated: isNegated, back: [0]) }
      } else {
        // Each branch starts as far back as it is long.
        let branches = if case .choice(let branches) = node { branches } else { [node] }
        let lengths = Set(branches.compactMap(\.fixedLength)).sorted()
        let exact = PatternNode.sequence([node, .assertion(.lookEnd)])
        try addEnclosed(exact) { .look(end: $0, isNegated: isNegated, back: lengths) }
      }
    case .atomic(let node): try addEnclosed(node) { .atomic(end: $0) }
    case .assertion(let assertion): steps.append(.assertion(assertion))
    }
  }

  private mutating func index(of item: PatternSet.Item) throws(PatternParser.Failure) -> Int {
    if let place = setPlaces[item] { return place }
    guard sets.count < Self.maximumSets else {
      throw PatternParser.Failure(isSyntax: false, message: "a pattern of that many classes")
    }
    sets.append(PatternSet(item))
    setPlaces[item] = sets.count - 1
    return sets.count - 1
  }

  private mutating func addEnclosed(_ node: PatternNode, _ step: (Int) -> Step) throws(PatternParser.Failure) {
    let start = steps.count
    steps.append(.done)
    try add(node)
    steps.append(.done)
    steps[start] = step(steps.count)
  }

  private mutating func add(choice nodes: [PatternNode]) throws(PatternParser.Failure) {
    var jumps: [Int] = []
    for (index, node) in nodes.enumerated() {
      guard index < nodes.count - 1 else {
        try add(node)
        break
      }
      let fork = steps.count
      steps.append(.done)
      try add(node)
      jumps.append(steps.count)
      steps.append(.done)
      steps[fork] = .fork(fork + 1, steps.count)
    }
    for jump in jumps { steps[jump] = .jump(steps.count) }
  }

  private mutating func add(
    loop node: PatternNode, _ least: Int, _ most: Int?, isLazy: Bool
  ) throws(PatternParser.Failure) {
    for _ in 0..<least { try add(node) }
    guard let most else {
      let mark = marks
      let canBeEmpty = node.canBeEmpty
      if canBeEmpty { marks += 1 }
      let fork = steps.count
      steps.append(.done)
      if canBeEmpty { steps.append(.mark(mark)) }
      try add(node)
      if canBeEmpty { steps.append(.leaveIfStill(mark)) }
      steps.append(.jump(fork))
      steps[fork] = isLazy ? .fork(steps.count, fork + 1) : .fork(fork + 1, steps.count)
      return
    }
    var forks: [Int] = []
    for _ in least..<most {
      forks.append(steps.count)
      steps.append(.done)
      try add(node)
    }
    for fork in forks { steps[fork] = isLazy ? .fork(steps.count, fork + 1) : .fork(fork + 1, steps.count) }
  }
}
