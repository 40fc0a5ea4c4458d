import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Sends requests within the rules of the network: each redirect is checked anew, time and size are bounded.
struct WebClient: Sendable {
  /// How many redirects one request may take.
  static let mostRedirects = 5

  private let clients: CheckedClients

  init(clients: CheckedClients) { self.clients = clients }

  /// Sends a request and reads the whole answer.
  /// - Parameters:
  ///   - seconds: time for everything together.
  ///   - largest: bytes of the body, unpacked; what goes beyond is cut.
  /// - Throws: `CancellationError` alone.
  func outcome(of request: WebRequest, seconds: Double, largest: Int) async throws -> WebOutcome {
    let partial = Partial()
    let outcome = try await withThrowingTaskGroup(of: WebOutcome?.self) { group in
      group.addTask { try await follow(request, seconds: seconds, largest: largest, partial) }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
    return outcome ?? .timedOut(partial.answer.withLock { $0 })
  }

  /// What has come so far, for whoever stops waiting.
  private final class Partial: Sendable {
    let answer = Mutex<WebAnswer?>(nil)

    /// Keeps as much as there is room for, and says whether that was not all.
    func append(_ buffer: ByteBuffer, upTo largest: Int) -> Bool {
      answer.withLock { answer in
        let room = largest - (answer?.body.count ?? 0)
        answer?.body.append(contentsOf: buffer.readableBytesView.prefix(room))
        return buffer.readableBytes > room
      }
    }
  }

  private func follow(
    _ request: WebRequest, seconds: Double, largest: Int, _ partial: Partial
  ) async throws -> WebOutcome {
    var request = request
    var redirects = 0
    while true {
      let outcome = try await send(request, seconds: seconds, largest: largest, partial)
      let answer: WebAnswer
      switch outcome {
      case .answered(let whole), .tooLong(let whole): answer = whole
      default: return outcome
      }
      guard [301, 302, 303, 307, 308].contains(answer.status), let location = answer.header("location") else {
        return outcome
      }
      redirects += 1
      guard redirects <= Self.mostRedirects else {
        return .refused("the server redirects more than \(Self.mostRedirects) times")
      }
      do throws(WebAddress.Invalid) {
        request = try Self.redirected(request, status: answer.status, to: location)
        partial.answer.withLock { $0 = nil }
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

  private func send(
    _ request: WebRequest, seconds: Double, largest: Int, _ partial: Partial
  ) async throws -> WebOutcome {
    let ways: [CheckedClients.Way]
    do {
      ways = try await clients.ways(to: request.address)
    } catch let error as NetworkRules.RefusedAddress {
      return .refused(error.reason)
    } catch let error as CheckedClients.NoAddress {
      return .unreachable(error.reason)
    }
    let deadline = NIODeadline.now() + .nanoseconds(Int64(seconds * 1e9))
    var message = HTTPClientRequest(url: request.address.text)
    message.method = HTTPMethod(rawValue: request.method)
    for header in request.headers { message.headers.add(name: header.name, value: header.value) }
    message.headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip, deflate")
    if let body = request.body { message.body = .bytes(ByteBuffer(bytes: body)) }
    var place = 0
    var mayRepeat = ["GET", "HEAD"].contains(request.method)
    while true {
      let way = ways[place]
      do {
        let response = try await way.client.execute(message, deadline: deadline)
        if place > 0 { clients.worked(way, to: request.address) }
        return try await read(response, of: request, largest: largest, partial)
      } catch {
        try Task.checkCancellation()
        let failure = error as? HTTPClientError
        if failure == .deadlineExceeded { return .timedOut(partial.answer.withLock { $0 }) }
        if Self.isUnconnected(error), place + 1 < ways.count {
          place += 1
          continue
        }
        // A server may close an idle connection in the moment in which we take it up.
        if failure == .remoteConnectionClosed, mayRepeat, partial.answer.withLock({ $0 == nil }) {
          mayRepeat = false
          continue
        }
        return .unreachable("\(request.address.hostAndPort): \(Self.words(for: error))")
      }
    }
  }

  private func read(
    _ response: HTTPClientResponse, of request: WebRequest, largest: Int, _ partial: Partial
  ) async throws -> WebOutcome {
    let head = WebAnswer(
      status: Int(response.status.code), headers: response.headers.map { ($0.name.lowercased(), $0.value) },
      address: request.address)
    partial.answer.withLock { $0 = head }
    var isCut = false
    do {
      for try await buffer in response.body {
        isCut = partial.append(buffer, upTo: largest)
        if isCut { break }
      }
    } catch {
      // The unpacker's error type belongs to a package that is not ours to import.
      guard "\(type(of: error))".contains("Decompression") else { throw error }
      guard "\(error)".contains("limit") else {
        return .unreachable("\(request.address.hostAndPort): the compressed answer is damaged")
      }
      isCut = true
    }
    // A body that is cut off by a cancellation can end without an error.
    try Task.checkCancellation()
    let answer = partial.answer.withLock { $0 } ?? head
    return isCut ? .tooLong(answer) : .answered(answer)
  }

  private static func isUnconnected(_ error: any Error) -> Bool {
    if let error = error as? HTTPClientError { return error == .connectTimeout }
    return error is NIOConnectionError || error is IOError || error is ChannelError
  }

  private static func words(for error: any Error) -> String {
    switch error {
    case let error as HTTPClientError:
      switch error {
      case .connectTimeout: "the connection could not be made in time"
      case .remoteConnectionClosed: "the server closed the connection without an answer"
      case .readTimeout: "the server fell silent"
      case .tlsHandshakeTimeout: "the TLS handshake took too long"
      default: error.shortDescription
      }
    case is NIOConnectionError: "the connection was refused"
    case let error as IOError: "the connection failed (\(String(cString: strerror(error.errnoCode))))"
    case is HTTPParserError: "what the server sent is no HTTP"
    // The type belongs to a package that is not ours to import.
    case _ where "\(type(of: error))".contains("SSL"): "the TLS handshake failed; is the server's certificate valid?"
    default: "the connection failed (\(type(of: error)))"
    }
  }
}
