import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// A connection to a server, over which requests go one after the other.
struct HTTPConnection: Sendable {
  let route: Route
  private let channel: any Channel
  private let handler: NIOLoopBound<ExchangeHandler>

  /// Connects.
  /// - Parameters:
  ///   - tls: for a route that is encrypted.
  ///   - largest: bytes that a compressed body may have when it is unpacked.
  ///   - proven: called once at the latest when the first answer has come, or none will.
  /// - Throws: the system's error, or `ChannelError.connectTimeout`.
  static func open(
    _ route: Route, tls: NIOSSLContext?, largest: Int, within time: TimeAmount, proven: @escaping @Sendable () -> Void
  ) async throws -> Self {
    let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connectTimeout(time)
    let (channel, handler) = try await bootstrap.connect(to: try route.socketAddress()) { channel in
      channel.eventLoop.makeCompletedFuture {
        let pipeline = channel.pipeline.syncOperations
        if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: route.name)) }
        try pipeline.addHTTPClientHandlers()
        try pipeline.addHandler(NIOHTTPResponseDecompressor(limit: .size(largest)))
        let handler = ExchangeHandler(proven: proven)
        try pipeline.addHandler(handler)
        return (channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
      }
    }
    return HTTPConnection(route: route, channel: channel, handler: handler)
  }

  /// Whether it was not closed yet, as far as one knows.
  var isOpen: Bool { channel.isActive }

  /// Sends a request and gathers its answer. Where the task is cancelled, the connection ends.
  /// - Parameter time: how long the server has, from the sending on.
  func exchange(_ request: WebRequest, largest: Int, within time: TimeAmount) async -> ExchangeHandler.Outcome {
    let head = Self.head(of: request)
    let body = request.body.map { ByteBuffer(bytes: $0) }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { end in
        channel.eventLoop.execute {
          handler.value.begin(head, body, to: request.address, largest: largest, within: time, end: end)
        }
      }
    } onCancel: {
      channel.eventLoop.execute { handler.value.giveUp() }
    }
  }

  func close() { channel.close(promise: nil) }

  private static func head(of request: WebRequest) -> HTTPRequestHead {
    var headers = HTTPHeaders()
    headers.reserveCapacity(request.headers.count + 3)
    headers.add(name: "Host", value: request.address.hostAndPort)
    for header in request.headers { headers.add(name: header.name, value: header.value) }
    headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip, deflate")
    if let body = request.body { headers.replaceOrAdd(name: "Content-Length", value: "\(body.count)") }
    let target = request.address.path + (request.address.query.map { "?" + $0 } ?? "")
    return HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: target, headers: headers)
  }
}
