/// Why a backend gave no reply. Holds no prompt, no key and no document text.
public enum BackendError: Error, Hashable, Sendable {
  /// Nobody listens there, or the name does not resolve.
  case unreachable(address: String, detail: String)
  /// 401 or 403: the key is missing or wrong.
  case unauthorised(status: Int)
  /// 429 after every attempt.
  case rateLimited(attempts: Int)
  /// 5xx after every attempt.
  case serverFailure(status: Int, attempts: Int)
  /// No reply within the time limit, after every attempt.
  case timedOut(seconds: Double, attempts: Int)
  /// The connection broke in the middle of a reply, after every attempt.
  case connectionLost(detail: String, attempts: Int)
  /// A reply that is not what the protocol says, after every attempt.
  case malformed(detail: String, attempts: Int)
  /// The prompt does not fit the model.
  case contextExceeded(detail: String)
  /// Any other 4xx: the server will refuse this request for ever.
  case refused(status: Int, detail: String)
  /// A replay has no recorded answer to the request.
  case notRecorded

  /// What follows from the failure.
  public enum Consequence: Sendable {
    /// Every other request will fail the same way: stop the run.
    case stopsRun
    /// The server may be well again later: leave the item undone, so that the next run asks again.
    case leavesUndone
    /// Only this item is at fault: reject it.
    case rejectsItem
  }

  public var consequence: Consequence {
    switch self {
    case .unauthorised, .unreachable: .stopsRun
    case .rateLimited, .serverFailure, .timedOut, .connectionLost, .malformed: .leavesUndone
    case .contextExceeded, .refused, .notRecorded: .rejectsItem
    }
  }
}
