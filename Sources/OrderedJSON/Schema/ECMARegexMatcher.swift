/// Runs a compiled regular expression over a text: backtracking with an own stack.
struct ECMARegexMatcher {
  /// Choices that may wait at once; beyond that the search counts as too long.
  static let maximumFrames = 500_000

  private struct Frame {
    enum Kind: UInt8 { case resume, enterLoop, giveBack, takeMore, restoreCapture, restoreRegister }
    var kind: Kind
    /// An instruction, or the slot to restore.
    var target: Int
    /// A place in the text, or the value to restore.
    var position: Int
    /// How far a loop may give back, or how many rounds it may still take.
    var limit: Int
  }

  private let program: ECMARegexProgram
  private let text: UnsafeBufferPointer<UInt8>
  private var frames: [Frame] = []
  private var captures: [Int]
  private var registers: [Int]
  /// What is left of the budget.
  private(set) var steps: Int

  init(program: ECMARegexProgram, text: UnsafeBufferPointer<UInt8>, steps: Int) {
    self.program = program
    self.text = text
    self.steps = steps
    captures = program.captureSlots == 0 ? [] : Array(repeating: -1, count: program.captureSlots)
    registers = program.registers == 0 ? [] : Array(repeating: -1, count: program.registers)
  }

  /// Tries every place from the front.
  mutating func search() -> ECMARegex.Outcome {
    var start = 0
    while true {
      if run(from: 0, at: start, backward: false) != nil { return .found }
      if steps <= 0 { return .tookTooLong }
      guard !program.isAnchored, start < text.count else { return .notFound }
      _ = step(&start, backward: false)
    }
  }

  /// Runs from an instruction to the next `match`; gives the place reached.
  private mutating func run(from start: Int, at place: Int, backward: Bool) -> Int? {
    let base = frames.count
    var counter = start
    var position = place
    while true {
      steps -= 1
      if steps <= 0 {
        frames.removeSubrange(base...)
        return nil
      }
      var goesOn = true
      switch program.instructions[counter] {
      case .match: return position
      case .scalar(let value):
        goesOn = step(&position, backward: backward) == value
        counter += 1
      case .set(let index):
        if let value = step(&position, backward: backward) {
          goesOn = program.sets[index].contains(value)
        } else {
          goesOn = false
        }
        counter += 1
      case .jump(let target): counter = target
      case .split(let first, let second):
        push(.resume, second, position)
        counter = first
      case .save(let slot):
        push(.restoreCapture, slot, captures[slot])
        captures[slot] = position
        counter += 1
      case .forget(let slots):
        for slot in slots where captures[slot] != -1 {
          push(.restoreCapture, slot, captures[slot])
          captures[slot] = -1
        }
        counter += 1
      case .assertion(let assertion):
        goesOn = holds(assertion, at: position)
        counter += 1
      case .backreference(let index):
        goesOn = matches(program.backreferences[index], at: &position, backward: backward)
        counter += 1
      case .look(let ahead, let negative, let end):
        goesOn = look(from: counter + 1, at: position, ahead: ahead, negative: negative)
        counter = end
      case .scalarLoop(let index):
        goesOn = runScalarLoop(index, counter, &position, backward: backward)
        counter += 1
      case .loopStart(let register):
        setRegister(register, 0)
        setRegister(register + 1, -1)
        counter += 1
      case .loop(let index, let register, let exit):
        goesOn = decide(program.loops[index], register, exit, &counter, position)
      }
      if !goesOn {
        guard let (next, at) = backtrack(to: base, backward: backward) else { return nil }
        counter = next
        position = at
      }
    }
  }

  /// Takes up the last choice that waits, undoing what was done since.
  private mutating func backtrack(to base: Int, backward: Bool) -> (Int, Int)? {
    while frames.count > base, var frame = frames.popLast() {
      switch frame.kind {
      case .restoreCapture: captures[frame.target] = frame.position
      case .restoreRegister: registers[frame.target] = frame.position
      case .resume: return (frame.target, frame.position)
      case .enterLoop:
        guard case .loop(_, let register, _) = program.instructions[frame.target] else { return nil }
        setRegister(register, registers[register] + 1)
        setRegister(register + 1, frame.position)
        return (frame.target + 1, frame.position)
      case .giveBack:
        _ = step(&frame.position, backward: !backward)
        if frame.position != frame.limit { frames.append(frame) }
        return (frame.target + 1, frame.position)
      case .takeMore:
        guard case .scalarLoop(let index) = program.instructions[frame.target],
          let value = step(&frame.position, backward: backward), holds(program.loops[index], value)
        else { continue }
        if frame.limit > 1 {
          frames.append(Frame(kind: .takeMore, target: frame.target, position: frame.position, limit: frame.limit - 1))
        }
        return (frame.target + 1, frame.position)
      }
    }
    return nil
  }

  @inline(__always)
  private func holds(_ loop: ECMARegexProgram.Loop, _ value: UInt32) -> Bool {
    if value < 64 { return loop.low >> UInt64(value) & 1 == 1 }
    if value < 128 { return loop.high >> UInt64(value - 64) & 1 == 1 }
    return program.sets[loop.set].contains(value)
  }

  private mutating func runScalarLoop(_ index: Int, _ counter: Int, _ position: inout Int, backward: Bool) -> Bool {
    let loop = program.loops[index]
    let minimum = loop.minimum
    let most = loop.greedy ? loop.maximum : minimum
    var count = 0
    var least = position
    while count < most {
      var next = position
      guard let value = step(&next, backward: backward), holds(loop, value) else { break }
      position = next
      count += 1
      if count == minimum { least = position }
    }
    steps -= count / 4
    guard count >= minimum else { return false }
    if loop.greedy {
      if position != least { push(.giveBack, counter, position, least) }
    } else if loop.maximum > minimum {
      push(.takeMore, counter, position, loop.maximum - minimum)
    }
    return true
  }

  /// Enters another round of a loop or leaves it; false where the last round was optional and matched nothing.
  private mutating func decide(
    _ loop: ECMARegexProgram.Loop, _ register: Int, _ exit: Int, _ counter: inout Int, _ position: Int
  ) -> Bool {
    var count = registers[register]
    if count > 0, registers[register + 1] == position {
      guard count <= loop.minimum else { return false }
      // A round that must be and is empty: the others would be empty as well.
      count = loop.minimum
    }
    let mayEnter = count < loop.maximum
    if count >= loop.minimum {
      if mayEnter, loop.greedy {
        push(.resume, exit, position)
      } else {
        if mayEnter { push(.enterLoop, counter, position) }
        counter = exit
        return true
      }
    }
    setRegister(register, count + 1)
    setRegister(register + 1, position)
    counter += 1
    return true
  }

  /// Runs a lookaround. Recurses; the reader's limit on nesting bounds the depth.
  private mutating func look(from start: Int, at position: Int, ahead: Bool, negative: Bool) -> Bool {
    let base = frames.count
    let found = run(from: start, at: position, backward: !ahead) != nil
    if steps <= 0 { return false }
    if found && !negative {
      // The choices inside are final, but what they set has to be undone when the search backs out of here.
      var kept = base
      for index in base..<frames.count
      where frames[index].kind == .restoreCapture || frames[index].kind == .restoreRegister {
        frames[kept] = frames[index]
        kept += 1
      }
      frames.removeSubrange(kept...)
    } else if found {
      while frames.count > base, let frame = frames.popLast() {
        if frame.kind == .restoreCapture { captures[frame.target] = frame.position }
        if frame.kind == .restoreRegister { registers[frame.target] = frame.position }
      }
    }
    return found != negative
  }

  private mutating func push(_ kind: Frame.Kind, _ target: Int, _ position: Int, _ limit: Int = 0) {
    if frames.count >= Self.maximumFrames { steps = 0 }
    frames.append(Frame(kind: kind, target: target, position: position, limit: limit))
  }

  private mutating func setRegister(_ register: Int, _ value: Int) {
    push(.restoreRegister, register, registers[register])
    registers[register] = value
  }
}

// Reading the text.
extension ECMARegexMatcher {
  /// Reads a code point and moves past it, forward or backward; `nil` at the end.
  @inline(__always)
  private func step(_ position: inout Int, backward: Bool) -> UInt32? {
    if backward {
      guard position > 0 else { return nil }
      position -= 1
      while position > 0, text[position] & 0xC0 == 0x80 { position -= 1 }
      var copy = position
      return decode(&copy)
    }
    guard position < text.count else { return nil }
    return decode(&position)
  }

  @inline(__always)
  private func decode(_ position: inout Int) -> UInt32 {
    let first = UInt32(text[position])
    position += 1
    if first < 0x80 { return first }
    // The bytes are a Swift string's and so valid UTF-8; the bounds are checked all the same.
    let extra = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
    var value = first & (extra == 3 ? 0x07 : extra == 2 ? 0x0F : 0x1F)
    for _ in 0..<extra where position < text.count {
      value = value << 6 | UInt32(text[position] & 0x3F)
      position += 1
    }
    return value
  }

  private func holds(_ assertion: ECMARegexAssertion, at position: Int) -> Bool {
    switch assertion {
    case .start: position == 0
    case .end: position == text.count
    case .wordBoundary: isWord(position - 1) != isWord(position)
    case .noWordBoundary: isWord(position - 1) == isWord(position)
    }
  }

  private func isWord(_ position: Int) -> Bool {
    guard position >= 0, position < text.count else { return false }
    return switch text[position] {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }

  /// Matches what a group caught; a group that caught nothing matches the empty text.
  private func matches(_ groups: [Int], at position: inout Int, backward: Bool) -> Bool {
    guard let group = groups.first(where: { captures[$0 * 2] >= 0 && captures[$0 * 2 + 1] >= 0 }) else { return true }
    let start = captures[group * 2]
    let length = captures[group * 2 + 1] - start
    let place = backward ? position - length : position
    guard length >= 0, place >= 0, place + length <= text.count else { return false }
    for offset in 0..<length where text[start + offset] != text[place + offset] { return false }
    position = backward ? place : place + length
    return true
  }
}
