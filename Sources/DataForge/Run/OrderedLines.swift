import OrderedJSON

/// Writes what many tasks make in the order of what they were given, as JSON Lines: kept values to one file, rejections
/// to another, nothing in silence.
///
/// Only a window of items is held in memory: whoever is ahead of the slowest by more than the window waits.
actor OrderedLines {
  private let kept: JSONLinesWriter
  private let rejected: JSONLinesWriter?
  private let window: Int
  private var waiting: [Int: (kept: [JSONValue], rejected: [Rejection])] = [:]
  private var next = 0
  private var isGivenUp = false
  private var parked: [CheckedContinuation<Void, Never>] = []
  private(set) var tally = LinesTally()

  init(kept: sending JSONLinesWriter, rejected: sending JSONLinesWriter?, window: Int) {
    self.kept = kept
    self.rejected = rejected
    self.window = max(window, 1)
  }

  /// Waits until the item with this number is less than a window ahead of what was written, or the work was given up.
  func waitForRoom(_ number: Int) async {
    while !isGivenUp, number - next >= window {
      await withCheckedContinuation { parked.append($0) }
    }
  }

  /// Writes what is left out on purpose, before everything else: it is told of like a rejection and counts as none.
  func skip(_ skipped: [Rejection]) throws(FileError) {
    for rejection in skipped {
      tally.skipped[rejection.check, default: 0] += 1
      try writeRejected(rejection)
    }
  }

  /// Takes the outcome of item `number` (from 0, without gaps) and writes all that is now in order.
  func put(_ number: Int, kept values: [JSONValue], rejected rejections: [Rejection]) throws(FileError) {
    waiting[number] = (values, rejections)
    defer { wake() }
    while let (values, rejections) = waiting.removeValue(forKey: next) {
      next += 1
      for value in values { try kept.write(value) }
      tally.kept += values.count
      for rejection in rejections {
        tally.rejected[rejection.check, default: 0] += 1
        try writeRejected(rejection)
      }
    }
  }

  private func writeRejected(_ rejection: Rejection) throws(FileError) {
    if let json = try? JSONValueEncoder().encode(rejection) { try rejected?.write(json) }
  }

  /// Lets nobody wait for an item that will never come.
  func giveUp() {
    isGivenUp = true
    wake()
  }

  /// Makes the files appear under their names.
  func finish() throws(FileError) -> LinesTally {
    try kept.finish()
    try rejected?.finish()
    return tally
  }

  private func wake() {
    let all = parked
    parked = []
    for continuation in all { continuation.resume() }
  }
}

extension OrderedLines {
  /// Does the work on one item; where that fails, nobody waits for its place any more.
  nonisolated func orGiveUp(_ work: @Sendable () async throws -> Void) async throws {
    do {
      try await work()
    } catch {
      await giveUp()
      throw error
    }
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
