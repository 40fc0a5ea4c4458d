import Synchronization

/// Tells one bad reply from a server that is down: after so many failures without a single success between them, going
/// on would only waste time and money.
final class OutageBreaker: Sendable {
  static let limit = 8

  private let failures = Mutex(0)

  func succeeded() { failures.withLock { $0 = 0 } }

  /// Returns whether the run should stop.
  func failed() -> Bool {
    failures.withLock {
      $0 += 1
      return $0 >= Self.limit
    }
  }
}
