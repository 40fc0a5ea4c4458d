/// A compiled regular expression.
struct ECMARegexProgram: Sendable {
  enum Instruction: Sendable {
    case scalar(UInt32)
    case set(Int)
    case jump(Int)
    /// Goes on at the first place and, where that fails, at the second.
    case split(Int, Int)
    /// Notes the place in the text.
    case save(Int)
    case forget(Range<Int>)
    case assertion(ECMARegexAssertion)
    /// Index into `backreferences`.
    case backreference(Int)
    /// The condition stands between here and `end`.
    case look(ahead: Bool, negative: Bool, end: Int)
    /// One code point, repeated: index into `loops`.
    case scalarLoop(Int)
    case loopStart(Int)
    /// Decides about another round; index into `loops`, the register and where to go on afterwards.
    case loop(Int, register: Int, exit: Int)
    case match
  }

  struct Loop: Sendable {
    var minimum: Int
    var maximum: Int
    var greedy: Bool
    /// What a loop over one code point repeats: index into `sets`, and the set's part below 128.
    var set = 0
    var low: UInt64 = 0
    var high: UInt64 = 0
  }

  var instructions: [Instruction] = []
  var sets: [ECMARegexSet] = []
  var loops: [Loop] = []
  var backreferences: [[Int]] = []
  var captureSlots = 0
  var registers = 0
  /// It can match at the start of the text only.
  var isAnchored = false
}

/// Writes the program for a tree.
struct ECMARegexCompiler {
  /// A program longer than this belongs to no honest schema.
  static let maximumInstructions = 200_000

  private var program = ECMARegexProgram()
  private let keepsCaptures: Bool

  /// - Parameter keepsCaptures: whether groups have to be remembered; only backreferences need that.
  static func program(
    for tree: ECMARegexNode, captureCount: Int, keepsCaptures: Bool
  ) throws(ECMARegex.SyntaxError) -> ECMARegexProgram {
    var compiler = ECMARegexCompiler(keepsCaptures: keepsCaptures)
    compiler.program.isAnchored = tree.isAnchoredAtStart
    compiler.program.captureSlots = keepsCaptures ? (captureCount + 1) * 2 : 0
    try compiler.emit(tree, backward: false)
    compiler.program.instructions.append(.match)
    return compiler.program
  }

  private init(keepsCaptures: Bool) { self.keepsCaptures = keepsCaptures }

  private var here: Int { program.instructions.count }

  private mutating func emit(_ node: ECMARegexNode, backward: Bool) throws(ECMARegex.SyntaxError) {
    guard here < Self.maximumInstructions else {
      throw ECMARegex.SyntaxError(reason: "the pattern is too large", offset: 0)
    }
    switch node {
    case .empty: break
    case .scalar(let value): program.instructions.append(.scalar(value))
    case .set(let set):
      program.instructions.append(.set(program.sets.count))
      program.sets.append(set)
    case .sequence(let parts):
      for part in backward ? parts.reversed() : parts { try emit(part, backward: backward) }
    case .alternation(let parts): try emit(alternation: parts, backward: backward)
    case .group(let inner, let capture):
      guard keepsCaptures, let capture else { return try emit(inner, backward: backward) }
      program.instructions.append(.save(capture * 2 + (backward ? 1 : 0)))
      try emit(inner, backward: backward)
      program.instructions.append(.save(capture * 2 + (backward ? 0 : 1)))
    case .backreference(let groups):
      program.instructions.append(.backreference(program.backreferences.count))
      program.backreferences.append(groups)
    case .assertion(let assertion): program.instructions.append(.assertion(assertion))
    case .look(let inner, let ahead, let negative):
      let start = here
      program.instructions.append(.match)
      try emit(inner, backward: !ahead)
      program.instructions.append(.match)
      program.instructions[start] = .look(ahead: ahead, negative: negative, end: here)
    case .repetition(let inner, let minimum, let maximum, let greedy, let captures):
      let loop = ECMARegexProgram.Loop(minimum: minimum, maximum: maximum, greedy: greedy)
      try emit(loop, of: inner, captures: captures, backward: backward)
    }
  }

  private mutating func emit(
    alternation parts: [ECMARegexNode], backward: Bool
  ) throws(ECMARegex.SyntaxError) {
    var jumps: [Int] = []
    for (index, part) in parts.enumerated() {
      let split = here
      if index < parts.count - 1 { program.instructions.append(.match) }
      try emit(part, backward: backward)
      if index < parts.count - 1 {
        jumps.append(here)
        program.instructions.append(.match)
        program.instructions[split] = .split(split + 1, here)
      }
    }
    for jump in jumps { program.instructions[jump] = .jump(here) }
  }

  private mutating func emit(
    _ loop: ECMARegexProgram.Loop, of inner: ECMARegexNode, captures: Range<Int>, backward: Bool
  ) throws(ECMARegex.SyntaxError) {
    let number = program.loops.count
    if let set = Self.set(of: inner) {
      var loop = loop
      loop.set = program.sets.count
      (loop.low, loop.high) = set.ascii
      program.sets.append(set)
      program.loops.append(loop)
      program.instructions.append(.scalarLoop(number))
    } else if loop.minimum == 0, loop.maximum == 1, !inner.canBeEmpty, captures.isEmpty || !keepsCaptures {
      let split = here
      program.instructions.append(.match)
      try emit(inner, backward: backward)
      program.instructions[split] = loop.greedy ? .split(split + 1, here) : .split(here, split + 1)
    } else {
      program.loops.append(loop)
      let register = program.registers
      program.registers += 2
      program.instructions.append(.loopStart(register))
      let decision = here
      program.instructions.append(.match)
      if keepsCaptures, !captures.isEmpty {
        program.instructions.append(.forget(captures.lowerBound * 2..<captures.upperBound * 2))
      }
      try emit(inner, backward: backward)
      program.instructions.append(.jump(decision))
      program.instructions[decision] = .loop(number, register: register, exit: here)
    }
  }

  /// The set that a node stands for, where it always matches one code point.
  private static func set(of node: ECMARegexNode) -> ECMARegexSet? {
    switch node {
    case .scalar(let value): ECMARegexSet([value...value])
    case .set(let set): set
    default: nil
    }
  }
}
