import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Connections that are open and wait for their next request, and a bound on how many there are at once.
///
/// New ones to one server are opened a few at a time: many servers keep only five that they have not accepted yet, and the
/// system drops the others without a word, so that they hang for seconds.
final class ConnectionPool: Sendable {
  /// The authorities whose certificates are trusted cannot be read.
  struct NoAuthorities: Error {}

  /// Connections at once, to all servers.
  fileprivate static let most = 256
  /// New connections to one server that wait for their first answer. After `longestTurn` they no longer count: the server is
  /// slow, but has accepted.
  fileprivate static let mostNew = 4
  private static let longestTurn = TimeAmount.milliseconds(10)
  /// Servers close idle connections after two seconds and more; a request must not meet that moment.
  fileprivate static let longestIdle = TimeAmount.milliseconds(1_500)

  /// One's turn to open a connection; it ends once.
  private final class Turn: Sendable {
    let route: Route
    let hasEnded = Atomic(false)

    init(_ route: Route) { self.route = route }
  }

  fileprivate struct Idle {
    let connection: HTTPConnection
    let since: NIODeadline
  }

  fileprivate struct Waiter {
    let takesIdle: Bool
    /// Hears an idle connection, or `nil` for a turn.
    let continuation: CheckedContinuation<HTTPConnection?, Never>
  }

  /// What there is to one server.
  fileprivate struct Site {
    var idle: [Idle] = []
    var new = 0
    var waiting: [Waiter] = []
  }

  fileprivate struct State {
    var sites: [Route: Site] = [:]
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
    for site in state.withLock({ Array($0.sites.values) }) { for idle in site.idle { idle.connection.close() } }
  }

  // MARK: Room

  /// Runs `body`, which uses one connection at a time, as soon as there is room for one more.
  func withRoom<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async {
    if state.withLock({ $0.takeRoom() }) { return }
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.takeRoom() { return true }
        state.waiting.append(continuation)
        return false
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

  // MARK: Connections

  /// A connection that takes a request: one that is open already, or a new one.
  /// - Parameter takesIdle: whether it may be one that was used before.
  /// - Returns: also whether it was used before.
  /// - Throws: the system's error, `ChannelError.connectTimeout`, or `NoAuthorities`.
  func connection(
    _ route: Route, takesIdle: Bool, within time: TimeAmount
  ) async throws -> (HTTPConnection, wasUsed: Bool) {
    if let idle = await idleOrTurn(route, takesIdle) { return (idle, true) }
    let turn = Turn(route)
    NIOSingletons.posixEventLoopGroup.next().scheduleTask(in: Self.longestTurn) { self.end(turn) }
    do {
      let tls = route.isSecure ? try tls() : nil
      let connection = try await HTTPConnection.open(route, tls: tls, largest: largest, within: time) {
        self.end(turn)
      }
      return (connection, false)
    } catch {
      end(turn)
      throw error
    }
  }

  /// Takes a connection whose request was answered.
  func giveBack(_ connection: HTTPConnection) {
    let waiter = state.withLock { state -> Waiter? in
      var site = state.sites.removeValue(forKey: connection.route) ?? Site()
      defer { state.sites[connection.route] = site }
      if let place = site.waiting.firstIndex(where: \.takesIdle) { return site.waiting.remove(at: place) }
      site.idle.append(Idle(connection: connection, since: .now()))
      return nil
    }
    waiter?.continuation.resume(returning: connection)
  }

  /// Waits for an idle connection or, where it is `nil`, for one's turn to open one.
  private func idleOrTurn(_ route: Route, _ takesIdle: Bool) async -> HTTPConnection? {
    switch state.withLock({ $0.sites[route, default: Site()].take(idle: takesIdle) }) {
    case .idle(let connection): return connection
    case .turn: return nil
    case .wait: break
    }
    return await withCheckedContinuation { continuation in
      let taking = state.withLock { state -> Site.Taking in
        let taking = state.sites[route, default: Site()].take(idle: takesIdle)
        if case .wait = taking {
          state.sites[route]?.waiting.append(Waiter(takesIdle: takesIdle, continuation: continuation))
        }
        return taking
      }
      switch taking {
      case .idle(let connection): continuation.resume(returning: connection)
      case .turn: continuation.resume(returning: nil)
      case .wait: break
      }
    }
  }

  private func end(_ turn: Turn) {
    guard !turn.hasEnded.exchange(true, ordering: .relaxed) else { return }
    let next = state.withLock { state -> Waiter? in
      guard state.sites[turn.route]?.waiting.isEmpty == false else {
        state.sites[turn.route]?.new -= 1
        return nil
      }
      return state.sites[turn.route]?.waiting.removeFirst()
    }
    next?.continuation.resume(returning: nil)
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

extension ConnectionPool.State {
  fileprivate mutating func takeRoom() -> Bool {
    guard free > 0 else { return false }
    free -= 1
    return true
  }
}

extension ConnectionPool.Site {
  fileprivate enum Taking {
    case idle(HTTPConnection)
    case turn
    case wait
  }

  /// Takes the connection that was used last, which is the least likely to be closed, or a turn to open one.
  fileprivate mutating func take(idle takesIdle: Bool) -> Taking {
    while takesIdle, let last = idle.popLast() {
      if last.connection.isOpen, .now() - last.since < ConnectionPool.longestIdle { return .idle(last.connection) }
      last.connection.close()
    }
    guard new < ConnectionPool.mostNew else { return .wait }
    new += 1
    return .turn
  }
}
