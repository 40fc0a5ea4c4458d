/// Walks the steps of a pattern over a text, going back where a way fails.
///
/// A way that has failed at a step and a place fails there again, and after many steps the matcher keeps note of such
/// pairs: no pattern takes more than its steps times the length of the text from one start. What it takes from all
/// starts together is limited too, far above what tokenizers need; it finds nothing more from then on.
struct PatternMatcher {
  private struct Frame {
    enum Kind { case resume, giveBack, takeMore, mark }
    var kind: Kind
    var step: Int
    var place: Int
    /// Where a run gives back up to, how many more it may take, or which mark it was.
    var other: Int
  }

  private static let stepsBeforeNotes = 20_000
  private static let mostNotes = 1 << 20
  private static let mostFrames = 1 << 23
  private static let leastBudget = 1_000_000
  private static let budgetPerByte = 200

  private let text: UnsafePointer<UInt8>
  private let start: Int
  private let end: Int
  private let steps: UnsafeBufferPointer<PatternProgram.Step>
  private let sets: UnsafeBufferPointer<PatternSet>
  private var stack: [Frame] = []
  private var marks: [Int]
  private var searchStart = 0
  /// How many more steps and scalars it may look at.
  private var budget: Int

  /// Takes what stays in place while it works.
  init(
    text: UnsafePointer<UInt8>, start: Int, end: Int, steps: UnsafeBufferPointer<PatternProgram.Step>,
    sets: UnsafeBufferPointer<PatternSet>, marks: Int
  ) {
    self.text = text
    self.start = start
    self.end = end
    self.steps = steps
    self.sets = sets
    self.marks = Array(repeating: -1, count: marks)
    budget = Self.leastBudget + (end - start) * Self.budgetPerByte
  }

  /// Whether it gave up.
  var isExhausted: Bool { budget < 0 }

  /// Where the match that starts at a place ends, or -1.
  mutating func match(at place: Int) -> Int {
    searchStart = place
    return run(0, place, lookEnd: -1)
  }

  private mutating func run(_ first: Int, _ from: Int, lookEnd: Int) -> Int {
    let base = stack.count
    var step = first
    var place = from
    var count = 0
    var failed: Set<UInt64> = []
    while true {
      budget -= 1
      if budget < 0 || stack.count > Self.mostFrames {
        budget = -1
        stack.removeLast(stack.count - base)
        return -1
      }
      if advance(&step, &place, lookEnd) {
        if case .done = steps[step] {
          stack.removeLast(stack.count - base)
          return place
        }
        continue
      }
      count += 1
      repeat {
        guard stack.count > base else { return -1 }
        budget -= 1
        if budget < 0 { break }
        resume(&step, &place)
      } while step < 0
        || count > Self.stepsBeforeNotes && !isNew(step, place, &failed)
    }
  }

  /// Whether a way was not taken before, as far as there is room to note it.
  private func isNew(_ step: Int, _ place: Int, _ taken: inout Set<UInt64>) -> Bool {
    let way = UInt64(step) << 40 | UInt64(place)
    return taken.count < Self.mostNotes ? taken.insert(way).inserted : !taken.contains(way)
  }

  /// Takes the newest way that is left; the step is negative where the frame only put a mark back.
  private mutating func resume(_ step: inout Int, _ place: inout Int) {
    let top = stack.count - 1
    let frame = stack[top]
    switch frame.kind {
    case .resume:
      stack.removeLast()
      (step, place) = (frame.step, frame.place)
    case .giveBack:
      place = ByteString.start(before: frame.place, in: text)
      step = frame.step
      if place > frame.other { stack[top].place = place } else { stack.removeLast() }
    case .takeMore:
      stack.removeLast()
      step = -1
      guard case .run(let set, _, _, _) = steps[frame.step], frame.other > 0, frame.place < end else { return }
      let (value, length) = ByteString.scalar(text, frame.place)
      guard sets[set].contains(value) else { return }
      place = frame.place + length
      step = frame.step + 1
      stack.append(Frame(kind: .takeMore, step: frame.step, place: place, other: frame.other - 1))
    case .mark:
      stack.removeLast()
      marks[frame.other] = frame.place
      step = -1
    }
  }

  /// Does one step; false where it fails.
  @inline(__always)
  private mutating func advance(_ step: inout Int, _ place: inout Int, _ lookEnd: Int) -> Bool {
    switch steps[step] {
    case .set(let set):
      guard place < end else { return false }
      let (value, length) = ByteString.scalar(text, place)
      guard sets[set].contains(value) else { return false }
      place += length
      step += 1
    case .run(let set, let least, let most, let greed):
      guard take(set, least, most, greed, step, &place) else { return false }
      step += 1
    case .fork(let first, let second):
      stack.append(Frame(kind: .resume, step: second, place: place, other: 0))
      step = first
    case .jump(let target): step = target
    case .mark(let mark):
      stack.append(Frame(kind: .mark, step: -1, place: marks[mark], other: mark))
      marks[mark] = place
      step += 1
    case .leaveIfStill(let mark):
      // The jump back stands right behind.
      step += marks[mark] == place ? 2 : 1
    case .look(let target, let isNegated, let back):
      guard looks(step + 1, place, back) != isNegated else { return false }
      step = target
    case .atomic(let target):
      let reached = run(step + 1, place, lookEnd: lookEnd)
      guard reached >= 0 else { return false }
      (step, place) = (target, reached)
    case .assertion(let assertion):
      guard holds(assertion, place, lookEnd) else { return false }
      step += 1
    case .done: break
    }
    return true
  }

  private mutating func take(
    _ set: Int, _ least: Int, _ most: Int, _ greed: PatternGreed, _ step: Int, _ place: inout Int
  ) -> Bool {
    let wanted = greed == .lazy ? least : most
    var count = 0
    var givesBackTo = place
    var at = place
    while count < wanted, at < end {
      let (value, length) = ByteString.scalar(text, at)
      guard sets[set].contains(value) else { break }
      at += length
      count += 1
      if count == least { givesBackTo = at }
    }
    budget -= count
    guard count >= least else { return false }
    if greed == .greedy, at > givesBackTo {
      stack.append(Frame(kind: .giveBack, step: step + 1, place: at, other: givesBackTo))
    } else if greed == .lazy, most > least {
      stack.append(Frame(kind: .takeMore, step: step, place: at, other: most - least))
    }
    place = at
    return true
  }

  private mutating func looks(_ step: Int, _ place: Int, _ back: [Int]) -> Bool {
    for distance in back {
      var from = place
      var left = distance
      while left > 0, from > start {
        from = ByteString.start(before: from, in: text)
        left -= 1
      }
      if left == 0, run(step, from, lookEnd: place) >= 0 { return true }
    }
    return false
  }

  private func holds(_ assertion: PatternAssertion, _ place: Int, _ lookEnd: Int) -> Bool {
    switch assertion {
    // A line starts after a line break, but not after one that ends the text.
    case .lineStart: place == start || place < end && text[place - 1] == 10
    case .lineEnd: place == end || text[place] == 10
    case .textStart: place == start
    case .textEnd: place == end
    case .textEndOrLastLineBreak: place == end || place == end - 1 && text[place] == 10
    case .wordBoundary: isWord(before: place) != isWord(at: place)
    case .noWordBoundary: isWord(before: place) == isWord(at: place)
    case .searchStart: place == searchStart
    case .lookEnd: place == lookEnd
    }
  }

  private func isWord(at place: Int) -> Bool {
    place < end && ScalarTable.shared.isWord(ByteString.scalar(text, place).value)
  }

  private func isWord(before place: Int) -> Bool {
    place > start
      && ScalarTable.shared.isWord(ByteString.scalar(text, ByteString.start(before: place, in: text)).value)
  }
}
