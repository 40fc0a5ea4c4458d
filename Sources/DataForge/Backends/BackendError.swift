/// Why a backend gave no reply. Holds no prompt, no key and no document text.
public enum BackendError: Error, Hashable, Sendable {
  /// Nobody listens there, the name does not resolve, or no secure connection comes about.
  case unreachable(address: String, detail: String)
  /// The server is there, but not what was asked for: 404, 405 or a redirect. The path or the model's name is wrong.
  case notFound(address: String, status: Int, detail: String)
  /// 401 or 403: the key is missing or wrong. 402 or 429: the account has nothing left to spend.
  case unauthorised(status: Int)
  /// 429 after every attempt.
  case rateLimited(attempts: Int)
  /// 5xx (or 408, 409, 425) after every attempt.
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
    /// The server may be well again later, or be asked in another way: leave the item undone, so that the next run asks again.
    case leavesUndone
    /// Only this item is at fault: reject it.
    case rejectsItem
  }

  public var consequence: Consequence {
    switch self {
    case .unauthorised, .unreachable, .notFound: .stopsRun
    case .rateLimited, .serverFailure, .timedOut, .connectionLost, .malformed, .refused: .leavesUndone
    case .contextExceeded, .notRecorded: .rejectsItem
    }
  }
}

extension BackendError {
  /// How often the request was made.
  var attempts: Int {
    switch self {
    case .rateLimited(let attempts), .serverFailure(_, let attempts), .timedOut(_, let attempts),
      .connectionLost(_, let attempts), .malformed(_, let attempts):
      attempts
    case .unreachable, .notFound, .unauthorised, .contextExceeded, .refused, .notRecorded: 1
    }
  }
}

extension BackendError: CustomStringConvertible {
  /// What is wrong, where, and what to do, in one line.
  public var description: String {
    switch self {
    case .unreachable(let address, let detail):
      "no connection to the server at \(address): \(detail); is it running? start it or pass --base-url"
    case .notFound(let address, let status, let detail):
      "the server has nothing at \(address) (HTTP \(status))\(Self.said(detail)); check --base-url (most servers want "
        + "a /v1 at its end) and --model"
    case .unauthorised(402), .unauthorised(429):
      "the account that the key belongs to has nothing left to spend; top it up, or use another key or server"
    case .unauthorised(let status):
      "the server did not accept the key (HTTP \(status)); set \(OpenAIOptions.apiKeyVariable) to a valid one"
    case .rateLimited(let attempts):
      "the server limits the rate of requests (HTTP 429, \(Self.times(attempts))); lower --concurrency, or run again "
        + "later: what is finished is kept"
    case .serverFailure(let status, let attempts):
      "the server failed (HTTP \(status), \(Self.times(attempts))); look into its log, then run again: what is "
        + "finished is kept"
    case .timedOut(let seconds, let attempts):
      "the server gave no whole reply within \(Self.short(seconds)) s (\(Self.times(attempts))); lower --concurrency "
        + "or use a faster server, then run again: what is finished is kept"
    case .connectionLost(let detail, let attempts):
      "the connection broke before the reply was whole: \(detail) (\(Self.times(attempts))); look into the server's "
        + "log, then run again: what is finished is kept"
    case .malformed(let detail, let attempts):
      "the server's reply is not a chat completion: \(detail) (\(Self.times(attempts))); does --base-url lead to an "
        + "OpenAI-compatible server?"
    case .contextExceeded(let detail):
      "the prompt does not fit the model's context\(Self.said(detail)); make the chunks smaller or start the server "
        + "with a larger context"
    case .refused(let status, let detail):
      "the server refused the request (HTTP \(status))\(Self.said(detail))"
    case .notRecorded:
      "no answer to this request is recorded; the recording was made with another model, prompt or setting"
    }
  }

  private static func said(_ detail: String) -> String { detail.isEmpty ? "" : ", saying “\(detail)”" }

  private static func times(_ attempts: Int) -> String { attempts == 1 ? "1 attempt" : "\(attempts) attempts" }

  private static func short(_ seconds: Double) -> String {
    seconds == seconds.rounded() && abs(seconds) < 1e9 ? String(Int(seconds)) : String(seconds)
  }
}
