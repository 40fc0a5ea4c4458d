import AsyncHTTPClient
import OrderedJSON

/// The way of 2024-11-05: a GET opens one stream for everything that the server says; its first event names the address
/// that takes our messages.
extension HTTPTransport {
  /// Opens the stream, sends the first request to where it says, and keeps reading.
  func startEvents(thenSend body: [UInt8], id: Int) async {
    let task = Task { [weak self] in
      do throws(MCPFailure) {
        guard let self else { return }
        let response = try await self.response("GET", body: nil, [], seconds: self.seconds)
        guard response.status.code == 200,
          response.headers.first(name: "content-type")?.lowercased().hasPrefix("text/event-stream") == true
        else {
          throw MCPFailure(
            status: .unreachable,
            message: "no MCP server answers there: POST is refused, and GET has HTTP status \(response.status.code)")
        }
        try await self.readEvents(response, first: body, id: id)
        throw MCPFailure(status: .unreachable, message: "the server ended its stream of events")
      } catch {
        self?.deliver(.over(error))
      }
    }
    state.withLock { state in
      if state.isClosed { task.cancel() } else { state.events = task }
    }
  }

  private func readEvents(_ response: HTTPClientResponse, first body: [UInt8], id: Int) async throws(MCPFailure) {
    var reader = EventStreamReader(longest: limits.longestAnswer)
    var hasEndpoint = false
    do {
      for try await buffer in response.body {
        let events = try reader.read(buffer.readableBytesView)
        if events.isEmpty { deliver(.noise(bytes: buffer.readableBytes, "")) }
        for event in events {
          let text = String(decoding: event.data, as: UTF8.self)
          if event.name == "endpoint", !hasEndpoint {
            hasEndpoint = true
            try adopt(text)
            // It has to go on reading while it sends: the answer comes by this stream.
            Task { await self.repost(body, id: id) }
          } else if let json = try? JSONValue(parsing: event.data) {
            deliver(.json(json, bytes: event.data.count))
          } else {
            deliver(.noise(bytes: event.data.count, String(text.prefix(200))))
          }
        }
      }
    } catch {
      throw Self.failure(error, limits)
    }
  }

  /// Takes the address for our messages. It must be one of the same server.
  private func adopt(_ text: String) throws(MCPFailure) {
    let base = state.withLock { $0.address }
    do throws(WebAddress.Invalid) {
      guard let base, case let address = try base.resolving(text), address.origin == base.origin else {
        throw WebAddress.Invalid(reason: "\(text.shown) is of another server")
      }
      state.withLock { $0.address = address }
    } catch {
      throw MCPFailure(status: .refused, message: "the server names an address for messages: \(error.reason)")
    }
  }

  private func repost(_ body: [UInt8], id: Int) async {
    do throws(MCPFailure) {
      let response = try await response("POST", body: body, [], seconds: seconds)
      let said = try await bytes(of: response, upTo: limits.longestAnswer)
      guard !(200..<300).contains(response.status.code) else { return }
      throw MCPFailure(
        status: .failed,
        message: "the server answered with HTTP status \(response.status.code): "
          + String(decoding: said.prefix(200), as: UTF8.self).shown)
    } catch {
      deliver(.lost(id: id, error))
    }
  }
}
