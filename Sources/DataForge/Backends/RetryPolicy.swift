/// When to ask a server again, and how long to wait before: a decision over values, without a clock or a network.
///
/// The waiting time grows exponentially with full jitter (a random share of it), so that many clients do not come
/// back together: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
public struct RetryPolicy: Sendable, Hashable {
  /// What to do after a failed attempt.
  public enum Decision: Hashable, Sendable {
    case retry(after: Duration)
    case giveUp(BackendError)
  }

  /// How often a request is tried in all.
  public var maxAttempts = 6
  /// How often where nobody listens: the server may be starting.
  public var maxRefusedConnections = 4
  /// How often where no reply comes in time: each attempt costs the whole time limit.
  public var maxTimedOut = 3
  /// How often where the reply cannot be read: once is an accident, more is the server's way.
  public var maxMalformed = 3
  /// The longest first wait; each further one may be twice as long.
  public var base: Duration = .seconds(1)
  /// The longest wait that we choose.
  public var ceiling: Duration = .seconds(30)
  /// The longest wait that a server's `Retry-After` can make us take.
  public var retryAfterCeiling: Duration = .seconds(120)
  /// No attempt starts later than this after the first one.
  public var deadline: Duration = .seconds(900)

  public init() {}

  /// Decides after the `attempt`-th attempt (counted from 1) failed.
  /// - Parameters:
  ///   - elapsed: since the first attempt began.
  ///   - address: where the request went, for the error.
  ///   - timeout: what one attempt may take, for the error.
  ///   - jitter: a random number in `0..<1`.
  func decision(
    after failure: AttemptFailure, attempt: Int, elapsed: Duration, address: String, timeout: Duration, jitter: Double
  ) -> Decision {
    let error = failure.error(address: address, attempts: attempt, timeout: timeout)
    guard attempt < attempts(for: failure) else { return .giveUp(error) }
    let backOff = min(ceiling, base * Self.power(of: attempt - 1)) * jitter
    // A server's wish is a lower bound; the jitter on top keeps the crowd apart.
    let wait = failure.retryAfter.map { min($0, retryAfterCeiling) + min(backOff, base) } ?? backOff
    return elapsed + wait <= deadline ? .retry(after: wait) : .giveUp(error)
  }

  private func attempts(for failure: AttemptFailure) -> Int {
    switch failure {
    case .refusedConnection: min(maxAttempts, maxRefusedConnections)
    case .malformed: min(maxAttempts, maxMalformed)
    case .timedOut: min(maxAttempts, maxTimedOut)
    case .lost: maxAttempts
    case .insecure: 1
    case .answered(let complaint): complaint.mayPass ? maxAttempts : 1
    }
  }

  /// 2 to the `exponent`, bounded so that no count of attempts overflows.
  private static func power(of exponent: Int) -> Int { 1 << min(max(exponent, 0), 20) }
}
