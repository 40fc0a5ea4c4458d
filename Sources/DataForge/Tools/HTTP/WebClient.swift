import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Sends requests within the rules of the network and reads their answers as a whole: each redirect is checked anew, time
/// and size are bounded. It knows no proxy.
///
/// Connections are ours, on NIO's channels, and not those of a general client: validation makes tens of thousands of
/// small calls a second, and there a general client costs several times what the call does.
struct WebClient: Sendable {
  /// How many redirects one request may take.
  static let mostRedirects = 5
  private static let longestConnecting = TimeAmount.seconds(10)

  private let addresses: CheckedAddresses
  private let pool: ConnectionPool

  /// Opens no connection yet.
  /// - Parameters:
  ///   - largestBody: bytes that a compressed body may have when it is unpacked.
  ///   - trust: which certificates servers may show.
  init(
    rules: NetworkRules, largestBody: Int = 16 << 20, resolver: HostResolver = .system,
    trust: TLSConfiguration = TrustedCertificates.clientConfiguration()
  ) {
    addresses = CheckedAddresses(rules: rules, resolver: resolver)
    pool = ConnectionPool(largest: largestBody, trust: trust)
  }

  /// Sends a request and reads the whole answer.
  /// - Parameters:
  ///   - seconds: time for everything together.
  ///   - largest: bytes of the body, unpacked; what goes beyond is cut.
  ///   - cookies: what goes along, and takes what servers set.
  /// - Throws: `CancellationError` alone.
  func outcome(
    of request: WebRequest, seconds: Double, largest: Int, cookies: CookieJar? = nil
  ) async throws -> WebOutcome {
    try await pool.withRoom {
      try await follow(
        request, within: .nanoseconds(Int64(seconds * 1e9)), largest: largest, cookies ?? CookieJar())
    }
  }

  /// - Parameter time: the server's. While the program waits for a free connection or is busy with something else, none of it
  ///   passes.
  private func follow(
    _ request: WebRequest, within time: TimeAmount, largest: Int, _ cookies: CookieJar
  ) async throws -> WebOutcome {
    var request = request
    var left = time
    var redirects = 0
    while true {
      let outcome = try await send(request, within: &left, largest: largest, cookies)
      try Task.checkCancellation()
      let answer: WebAnswer
      switch outcome {
      case .answered(let whole), .tooLong(let whole): answer = whole
      default: return outcome
      }
      cookies.take(answer.headers["Set-Cookie"], from: request.address)
      guard [301, 302, 303, 307, 308].contains(answer.status), let location = answer.header("location") else {
        return outcome
      }
      redirects += 1
      guard redirects <= Self.mostRedirects else {
        return .refused("the server redirects more than \(Self.mostRedirects) times")
      }
      do throws(WebAddress.Invalid) {
        request = try Self.redirected(request, status: answer.status, to: location)
      } catch {
        return .refused("the server redirects to what may not be called: \(error.reason)")
      }
    }
  }

  /// The request that a redirect asks for. Another server gets no credentials and nothing that the call said in headers.
  static func redirected(
    _ request: WebRequest, status: Int, to location: String
  ) throws(WebAddress.Invalid) -> WebRequest {
    var next = request
    next.address = try request.address.resolving(PercentEncoding.repaired(location))
    if status == 303 && request.method != "HEAD" || [301, 302].contains(status) && request.method == "POST" {
      next.method = "GET"
      next.body = nil
      next.headers.removeAll { $0.name.lowercased() == "content-type" }
    }
    if next.address.origin != request.address.origin {
      next.headers.removeAll { !$0.isForEveryServer && !(next.body != nil && $0.name.lowercased() == "content-type") }
    }
    return next
  }

  // MARK: One request

  private func send(
    _ request: WebRequest, within left: inout TimeAmount, largest: Int, _ cookies: CookieJar
  ) async throws -> WebOutcome {
    let places: [IPAddress]
    do {
      guard let found = try await addresses(for: request.address, within: left) else { return .timedOut(nil) }
      places = found
    } catch let error as NetworkRules.RefusedAddress {
      return .refused(error.reason)
    } catch let error as CheckedAddresses.NoAddress {
      return .unreachable(error.reason)
    }
    let message = Self.with(cookies, request)
    var outcome = WebOutcome.timedOut(nil)
    var takesIdle = true
    for ip in places {
      let route = Route(to: request.address, at: ip)
      while left > .zero {
        let connection: HTTPConnection
        let wasUsed: Bool
        do {
          (connection, wasUsed) = try await pool.connection(
            route, takesIdle: takesIdle, within: min(left, Self.longestConnecting))
        } catch {
          try Task.checkCancellation()
          if case ChannelError.connectTimeout(let time) = error { left = left - time }
          outcome = .unreachable("\(request.address.hostAndPort): \(Self.words(for: error, hasBegun: false))")
          break
        }
        if !wasUsed { addresses.worked(ip, for: request.address) }
        let (end, took) = await connection.exchange(message, largest: largest, within: left)
        left = left - took
        // A server may close an idle connection in the moment in which we take it up; what may be asked twice then is.
        if wasUsed, case .broken(_, hasBegun: false) = end, ["GET", "HEAD"].contains(request.method) {
          takesIdle = false
          continue
        }
        return self.outcome(end, of: request, on: connection)
      }
    }
    return left > .zero ? outcome : .timedOut(nil)
  }

  private func outcome(_ end: ExchangeEnd, of request: WebRequest, on connection: HTTPConnection) -> WebOutcome {
    switch end {
    case .answered(let answer, let isReusable):
      if isReusable { pool.giveBack(connection) }
      return .answered(answer)
    case .tooLong(let answer): return .tooLong(answer)
    case .timedOut(let answer): return .timedOut(answer)
    case .broken(let error, let hasBegun):
      return .unreachable("\(request.address.hostAndPort): \(Self.words(for: error, hasBegun: hasBegun))")
    }
  }

  /// The checked addresses of a host; `nil` where the time was up before its name was found.
  private func addresses(for address: WebAddress, within time: TimeAmount) async throws -> [IPAddress]? {
    if let known = try addresses.known(for: address) { return known }
    return try await withThrowingTaskGroup(of: [IPAddress]?.self) { group in
      group.addTask { try await addresses.addresses(for: address) }
      group.addTask {
        try await Task.sleep(for: .nanoseconds(max(time.nanoseconds, 0)))
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }

  private static func with(_ cookies: CookieJar, _ request: WebRequest) -> WebRequest {
    guard !cookies.isEmpty else { return request }
    var request = request
    let own = request.headers.first { $0.name == "Cookie" }?.value
    guard let header = cookies.header(for: request.address, besides: own) else { return request }
    request.headers.removeAll { $0.name == "Cookie" }
    request.headers.append(.init(name: "Cookie", value: header))
    return request
  }

  // MARK: What went wrong, in words

  private static func words(for error: any Error, hasBegun: Bool) -> String {
    switch error {
    case is ExchangeHandler.Closed, ChannelError.ioOnClosedChannel, NIOSSLError.uncleanShutdown:
      hasBegun
        ? "the server closed the connection in the middle of its answer"
        : "the server closed the connection without an answer"
    case HTTPParserError.invalidEOFState: "the server closed the connection in the middle of its answer"
    case ChannelError.connectTimeout: "the connection could not be made in time"
    case let error as IOError where error.errnoCode == ECONNREFUSED: "the connection was refused"
    case let error as IOError where error.errnoCode == ECONNRESET: "the server broke off the connection"
    case let error as IOError: "the connection failed (\(String(cString: strerror(error.errnoCode))))"
    case is HTTPParserError: "what the server sent is no HTTP"
    case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
      "the compressed answer is damaged"
    case NIOSSLError.handshakeFailed(let reason) where "\(reason)".contains("CERTIFICATE_VERIFY_FAILED"):
      "the server's certificate is not to be trusted; SSL_CERT_FILE names a file of authorities that are"
    case is ConnectionPool.NoAuthorities: "the authorities in SSL_CERT_FILE cannot be read; is it a file in PEM form?"
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      "the TLS handshake failed; does the server speak TLS, and is its certificate for this name?"
    default: "the connection failed (\(type(of: error)))"
    }
  }
}
