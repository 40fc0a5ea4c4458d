import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// One request to the server and its response, within the rules of the network.
extension HTTPTransport {
  /// Sends a request and waits for the head of its response. A redirect that keeps the method is followed, within the
  /// rules, and without our headers where it leads to another server.
  func response(
    _ method: String, body: [UInt8]?, _ more: [MCPHeader], seconds: Double
  ) async throws(MCPFailure) -> HTTPClientResponse {
    guard var address = state.withLock({ $0.address }) else {
      throw MCPFailure(status: .unreachable, message: "the connection was closed")
    }
    let origin = address.origin
    for _ in 0...5 {
      let response = try await exchange(
        request(method, to: address, body: body, more, isOwn: address.origin == origin), address, seconds: seconds)
      guard [307, 308].contains(response.status.code), let location = response.headers.first(name: "location") else {
        return response
      }
      do throws(WebAddress.Invalid) {
        address = try address.resolving(location)
      } catch {
        throw MCPFailure(status: .refused, message: "the server redirects to what may not be called: \(error.reason)")
      }
      if address.origin == origin { state.withLock { $0.address = address } }
    }
    throw MCPFailure(status: .refused, message: "the server redirects more than 5 times")
  }

  private func request(
    _ method: String, to address: WebAddress, body: [UInt8]?, _ more: [MCPHeader], isOwn: Bool
  ) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: address.text)
    request.method = HTTPMethod(rawValue: method)
    request.headers.add(
      name: "Accept", value: method == "GET" ? "text/event-stream" : "application/json, text/event-stream")
    request.headers.add(name: "User-Agent", value: "dataforge")
    let (session, version) = state.withLock { ($0.session, $0.version) }
    if let version, version.hasHeader {
      request.headers.add(name: "MCP-Protocol-Version", value: version.rawValue)
    }
    if isOwn {
      if let session { request.headers.add(name: "Mcp-Session-Id", value: session) }
      for header in headers { request.headers.replaceOrAdd(name: header.name, value: header.value) }
    }
    for header in more { request.headers.replaceOrAdd(name: header.name, value: header.value) }
    if let body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: body))
    }
    return request
  }

  private func exchange(
    _ request: HTTPClientRequest, _ address: WebAddress, seconds: Double
  ) async throws(MCPFailure) -> HTTPClientResponse {
    do {
      var failure: (any Error)?
      for way in try await clients.ways(to: address) {
        do {
          return try await way.client.execute(request, timeout: .nanoseconds(Int64(seconds * 1e9)))
        } catch  where error is NIOConnectionError || (error as? HTTPClientError) == .connectTimeout {
          failure = error
        }
      }
      throw failure ?? CancellationError()
    } catch {
      throw Self.failure(error, limits)
    }
  }

  func bytes(of response: HTTPClientResponse, upTo longest: Int) async throws(MCPFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await buffer in response.body {
        guard bytes.count + buffer.readableBytes <= longest else { throw EventStreamReader.TooLong() }
        bytes.append(contentsOf: buffer.readableBytesView)
      }
    } catch {
      throw Self.failure(error, limits)
    }
    return bytes
  }

  static func failure(_ error: any Error, _ limits: MCPLimits) -> MCPFailure {
    switch error {
    case let error as MCPFailure: error
    case let error as NetworkRules.RefusedAddress: MCPFailure(status: .refused, message: error.reason)
    case is EventStreamReader.TooLong:
      MCPFailure(
        status: .outputLimit, message: "stopped after \(limits.process.output) KiB of output in one answer")
    case let error as CheckedAddresses.NoAddress: MCPFailure(status: .unreachable, message: error.reason)
    case is NIOConnectionError, is IOError:
      MCPFailure(status: .unreachable, message: "the server refuses the connection")
    case let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout:
      MCPFailure(status: .timedOut, message: "stopped while waiting for the server")
    case let error as HTTPClientError:
      MCPFailure(status: .unreachable, message: "the connection broke off: \(error.shortDescription)")
    default: MCPFailure(status: .unreachable, message: "the connection broke off (\(type(of: error)))")
    }
  }
}
