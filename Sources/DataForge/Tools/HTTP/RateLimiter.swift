/// Spaces requests to one host out in time.
actor RateLimiter {
  private var next: [String: ContinuousClock.Instant] = [:]

  /// Waits for the turn of a request.
  /// - Throws: `CancellationError`.
  func wait(for host: String, perSecond: Double) async throws {
    let now = ContinuousClock.now
    let turn = max(now, next[host] ?? now)
    next[host] = turn + .seconds(1 / perSecond)
    if turn > now { try await Task.sleep(until: turn) }
  }
}
