import Synchronization

/// A backend that is asked no more once the server behind it is down: going on would only waste time and money.
///
/// It tells one bad reply from an outage: so many attempts in a row that failed, whoever made them, without a single
/// answer between them. What then still wants a reply gets a `BackendOutage` at once. Replies that are kept (`RecordingBackend`)
/// are no answers of the server, so this stands below them.
public final class OutageBreaker: Backend {
  /// How many attempts may fail in a row: with the usual six attempts for a request that is the third request.
  static let limit = 16

  private let base: any Backend
  private let state = Mutex(State())

  private struct State {
    var failedAttempts = 0
    var hasAnswered = false
    var outage: BackendOutage?
  }

  public init(_ base: any Backend) { self.base = base }

  public var name: String { base.name }
  public var model: String { base.model }
  public var concurrency: Int { base.concurrency }
  public var isFree: Bool { base.isFree }

  /// Why the server is asked no more; `nil` while it is.
  public var outage: BackendOutage? { state.withLock { $0.outage } }

  /// - Throws: `BackendOutage` where the server is down; else what the backend throws.
  public func reply(to request: BackendRequest) async throws -> BackendReply {
    if let outage { throw outage }
    do {
      let reply = try await base.reply(to: request)
      answered()
      return reply
    } catch let error as BackendError {
      switch error.consequence {
      // It knows the request well enough to refuse it.
      case .rejectsItem: answered()
      case .leavesUndone: if let outage = failed(error, attempts: error.attempts) { throw outage }
      case .stopsRun: if let outage = failed(error, attempts: Self.limit) { throw outage }
      }
      throw error
    }
  }

  public func shutdown() async throws { try await base.shutdown() }

  private func answered() {
    state.withLock {
      $0.failedAttempts = 0
      $0.hasAnswered = true
    }
  }

  private func failed(_ error: BackendError, attempts: Int) -> BackendOutage? {
    state.withLock { state in
      state.failedAttempts += attempts
      guard state.failedAttempts >= Self.limit else { return nil }
      let outage = state.outage ?? BackendOutage(cause: error, hasAnswered: state.hasAnswered)
      state.outage = outage
      return outage
    }
  }
}

/// Thrown where a server is not asked, because it is down.
public struct BackendOutage: Error, Hashable, Sendable, CustomStringConvertible {
  /// The failure after which it was asked no more.
  public var cause: BackendError
  /// Whether it answered anything before. Where it never did, nothing was begun that would be worth keeping.
  public var hasAnswered: Bool

  public var description: String { "\(cause)" }
}
