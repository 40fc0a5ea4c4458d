import OrderedJSON
import Synchronization

/// Writes what many tasks make in the order of what they were given, as JSON Lines: kept values to one file, rejections
/// to another, nothing in silence.
///
/// Only a window of items is held in memory: whoever is ahead of the slowest by more than the window waits.
final class OrderedLines: Sendable {
  fileprivate struct State {
    let kept: JSONLinesWriter
    let rejected: JSONLinesWriter?
    var waiting: [Int: (kept: [JSONValue], rejected: [Rejection])] = [:]
    var next = 0
    var isGivenUp = false
    var parked: [CheckedContinuation<Void, Never>] = []
    var tally = LinesTally()
  }

  private let window: Int
  private let state: Mutex<State>

  init(kept: sending JSONLinesWriter, rejected: sending JSONLinesWriter?, window: Int) {
    self.window = max(window, 1)
    state = Mutex(State(kept: kept, rejected: rejected))
  }

  /// Waits until the item with this number is less than a window ahead of what was written, or the work was given up.
  func waitForRoom(_ number: Int) async {
    while !state.withLock({ $0.hasRoom(for: number, window: window) }) {
      await withCheckedContinuation { continuation in
        let hasRoom = state.withLock { state in
          if state.hasRoom(for: number, window: window) { return true }
          state.parked.append(continuation)
          return false
        }
        if hasRoom { continuation.resume() }
      }
    }
  }

  /// Writes what is left out on purpose, before everything else: it is told of like a rejection and counts as none.
  func skip(_ skipped: [Rejection]) throws {
    try state.withLock { state in
      for rejection in skipped {
        state.tally.skipped[rejection.check, default: 0] += 1
        try state.write(rejection)
      }
    }
  }

  /// Takes the outcome of item `number` (from 0, without gaps) and writes all that is now in order.
  func put(_ number: Int, kept values: [JSONValue], rejected rejections: [Rejection]) throws {
    let parked = try state.withLock { state in
      state.waiting[number] = (values, rejections)
      try state.writeWhatIsInOrder()
      return state.takeParked()
    }
    for continuation in parked { continuation.resume() }
  }

  /// Lets nobody wait for an item that will never come.
  func giveUp() {
    let parked = state.withLock { state in
      state.isGivenUp = true
      return state.takeParked()
    }
    for continuation in parked { continuation.resume() }
  }

  /// Does the work on one item; where that fails, nobody waits for its place any more.
  func orGiveUp(_ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch {
      giveUp()
      throw error
    }
  }

  /// Makes the files appear under their names.
  func finish() throws -> LinesTally {
    try state.withLock { state in
      try state.kept.finish()
      try state.rejected?.finish()
      return state.tally
    }
  }
}

extension OrderedLines.State {
  fileprivate func hasRoom(for number: Int, window: Int) -> Bool { isGivenUp || number - next < window }

  fileprivate mutating func takeParked() -> [CheckedContinuation<Void, Never>] {
    defer { parked = [] }
    return parked
  }

  fileprivate mutating func writeWhatIsInOrder() throws(FileError) {
    while let (values, rejections) = waiting.removeValue(forKey: next) {
      next += 1
      for value in values { try kept.write(value) }
      tally.kept += values.count
      for rejection in rejections {
        tally.rejected[rejection.check, default: 0] += 1
        try write(rejection)
      }
    }
  }

  fileprivate func write(_ rejection: Rejection) throws(FileError) {
    if let json = try? JSONValueEncoder().encode(rejection) { try rejected?.write(json) }
  }
}

/// How many lines were kept, how many were dropped by which check, and how many left out on purpose.
public struct LinesTally: Hashable, Sendable {
  public var kept: Int
  public var rejected: [String: Int]
  /// What the user's own settings leave out, by reason.
  public var skipped: [String: Int] = [:]

  public init(kept: Int = 0, rejected: [String: Int] = [:]) {
    self.kept = kept
    self.rejected = rejected
  }

  public var rejectedTotal: Int { rejected.values.reduce(0, +) }
}
