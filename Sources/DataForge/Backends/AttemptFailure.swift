/// Why one attempt at a request gave no reply.
enum AttemptFailure: Error, Hashable, Sendable {
  /// Nobody listens there, or the name does not resolve.
  case refusedConnection(detail: String)
  /// No secure connection came about: a wrong certificate, or a server that speaks plain HTTP.
  case insecure(detail: String)
  case timedOut
  case lost(detail: String)
  case malformed(detail: String)
  /// The server answered, but with an error.
  case answered(ServerComplaint)

  /// How long the server asked us to wait.
  var retryAfter: Duration? {
    if case .answered(let complaint) = self { complaint.retryAfter } else { nil }
  }

  /// What to tell when this was the last attempt.
  func error(address: String, attempts: Int, timeout: Duration) -> BackendError {
    switch self {
    case .refusedConnection(let detail), .insecure(let detail): .unreachable(address: address, detail: detail)
    case .timedOut: .timedOut(seconds: timeout / .seconds(1), attempts: attempts)
    case .lost(let detail): .connectionLost(detail: detail, attempts: attempts)
    case .malformed(let detail): .malformed(detail: detail, attempts: attempts)
    case .answered(let complaint): complaint.error(address: address, attempts: attempts)
    }
  }
}
