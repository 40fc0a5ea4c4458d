import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import OrderedJSON
import Synchronization

/// A real HTTP server on 127.0.0.1 that behaves as a script says, well or badly, and remembers what it was asked.
public final class LoopbackServer: Sendable {
  /// Says what to do with a request. It is called on the connection's thread and must not block.
  public typealias Script = @Sendable (RecordedRequest) -> Behaviour

  /// The port that it listens on, chosen by the system.
  public let port: Int

  private let listener: any Channel
  private let journal: Journal

  private init(listener: any Channel, port: Int, journal: Journal) {
    self.listener = listener
    self.port = port
    self.journal = journal
  }

  /// Starts to listen.
  /// - Throws: the system's error where no port is free.
  /// - Parameter certificate: makes it a server of HTTPS.
  public static func start(
    with certificate: LoopbackCertificate? = nil, _ script: @escaping Script
  ) async throws -> LoopbackServer {
    let journal = Journal()
    let tls = try certificate?.context()
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        journal.opened(channel)
        return channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
            ScriptedConnection(script: script, journal: journal),
          ])
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return LoopbackServer(listener: listener, port: listener.localAddress?.port ?? 0, journal: journal)
  }

  /// Answers the requests in turn with these, the last one for ever.
  public static func start(_ behaviours: Behaviour...) async throws -> LoopbackServer {
    try await start { request in
      behaviours.isEmpty ? .never : behaviours[min(request.number, behaviours.count - 1)]
    }
  }

  /// Starts a server, lets `body` use it, and stops it however `body` ends.
  public static func with<Result>(
    _ script: @escaping Script, certificate: LoopbackCertificate? = nil,
    _ body: (LoopbackServer) async throws -> Result
  ) async throws -> Result {
    let server = try await start(with: certificate, script)
    do {
      let result = try await body(server)
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }

  /// `http://127.0.0.1:PORT/v1`.
  public var baseURL: String { "http://127.0.0.1:\(port)/v1" }

  /// What it was asked so far, in order of arrival.
  public var requests: [RecordedRequest] { journal.requests }

  /// How many connections were opened to it.
  public var connectionCount: Int { journal.connectionCount }

  /// The most requests that were waiting for their answers at once.
  public var mostAtOnce: Int { journal.mostAtOnce }

  /// Stops listening and closes every connection.
  public func stop() async {
    try? await listener.close()
    for channel in journal.connections { try? await channel.close() }
  }
}

/// What a server remembers; shared by its connections.
final class Journal: Sendable {
  private struct State {
    var requests: [RecordedRequest] = []
    var connections: [ObjectIdentifier: any Channel] = [:]
    var connectionCount = 0
    var atOnce = 0
    var mostAtOnce = 0
  }

  private let state = Mutex(State())

  var requests: [RecordedRequest] { state.withLock { $0.requests } }
  var connections: [any Channel] { state.withLock { Array($0.connections.values) } }
  var connectionCount: Int { state.withLock { $0.connectionCount } }
  var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

  func opened(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    state.withLock {
      $0.connections[id] = channel
      $0.connectionCount += 1
    }
    channel.closeFuture.whenComplete { _ in self.state.withLock { $0.connections[id] = nil } }
  }

  /// Numbers a request and keeps it.
  func received(_ request: RecordedRequest) -> RecordedRequest {
    state.withLock {
      var request = request
      request.number = $0.requests.count
      $0.requests.append(request)
      $0.atOnce += 1
      $0.mostAtOnce = max($0.mostAtOnce, $0.atOnce)
      return request
    }
  }

  func answered() { state.withLock { $0.atOnce -= 1 } }
}
