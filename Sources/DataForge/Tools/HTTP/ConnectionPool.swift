import NIOCore
import NIOSSL
import Synchronization

/// Connections that are open and wait for their next request, and a bound on how many there are at once.
final class ConnectionPool: Sendable {
  /// The authorities whose certificates are trusted cannot be read.
  struct NoAuthorities: Error {}

  /// Connections at once, to all servers.
  private static let most = 256
  /// Servers close idle connections after two seconds and more; a request must not meet that moment.
  private static let longestIdle = TimeAmount.milliseconds(1_500)

  private struct Idle {
    let connection: HTTPConnection
    let since: NIODeadline
  }

  private struct State {
    var idle: [Route: [Idle]] = [:]
    var tls: NIOSSLContext?
    var free = ConnectionPool.most
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let largest: Int
  private let trust: TLSConfiguration

  /// - Parameters:
  ///   - largest: bytes that a compressed body may have when it is unpacked.
  ///   - trust: which certificates servers may show.
  init(largest: Int, trust: TLSConfiguration) {
    self.largest = largest
    self.trust = trust
  }

  deinit {
    for idle in state.withLock({ Array($0.idle.values.joined()) }) { idle.connection.close() }
  }

  /// Runs `body`, which uses one connection at a time, as soon as there is room for one more.
  func withRoom<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async {
    let isFree = state.withLock { state in
      guard state.free > 0 else { return false }
      state.free -= 1
      return true
    }
    if isFree { return }
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.free > 0 else {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  private func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.free += 1
      return nil
    }
    next?.resume()
  }

  /// An open connection that waits for a request; `nil` where there is none.
  func idleConnection(_ route: Route) -> HTTPConnection? {
    let now = NIODeadline.now()
    return state.withLock { state in
      // The one that was used last is the least likely to be closed.
      while let idle = state.idle[route]?.popLast() {
        if idle.connection.isOpen, now - idle.since < Self.longestIdle { return idle.connection }
        idle.connection.close()
      }
      return nil
    }
  }

  /// Opens a connection.
  /// - Throws: the system's error, `ChannelError.connectTimeout`, or `NoAuthorities`.
  func newConnection(_ route: Route, within time: TimeAmount) async throws -> HTTPConnection {
    try await .open(route, tls: route.isSecure ? try tls() : nil, largest: largest, within: time)
  }

  /// Takes a connection whose request was answered.
  func giveBack(_ connection: HTTPConnection) {
    state.withLock {
      $0.idle[connection.route, default: []].append(Idle(connection: connection, since: .now()))
    }
  }

  private func tls() throws -> NIOSSLContext {
    try state.withLock { state in
      if let tls = state.tls { return tls }
      var configuration = trust
      configuration.applicationProtocols = ["http/1.1"]
      do {
        let tls = try NIOSSLContext(configuration: configuration)
        state.tls = tls
        return tls
      } catch {
        throw NoAuthorities()
      }
    }
  }
}
