import AsyncHTTPClient
import OrderedJSON
import Synchronization

/// Speaks with a server over HTTP: each message is a POST, whose answer is JSON or a stream of events.
///
/// A server that does not know this (a version before 2025-03-26) is spoken with in its own way: one stream of events for
/// all that it says, and POSTs to an address that the stream names (`HTTPTransport+Events`).
final class HTTPTransport: MCPTransport {
  struct State {
    var receive: (@Sendable (MCPIncoming) -> Void)?
    /// Where messages are sent to.
    var address: WebAddress?
    var session: String?
    var version: MCPVersion?
    var tasks: [Int: Task<Void, Never>] = [:]
    /// What is sent and is no request is sent in order, and before every request that comes after it.
    var lastInOrder: Task<Void, Never>?
    /// The one stream of an old server.
    var events: Task<Void, Never>?
    /// The stream of what a server with sessions says outside of its answers.
    var listening: Task<Void, Never>?
    var isClosed = false
  }

  private let site: MCPServer.Site
  let clients: CheckedClients
  /// Headers of every request to the server itself.
  let headers: [(name: String, value: String)]
  let limits: MCPLimits
  let state = Mutex(State())

  init(_ site: MCPServer.Site, clients: CheckedClients, headers: [(name: String, value: String)], limits: MCPLimits) {
    self.site = site
    self.clients = clients
    self.headers = headers
    self.limits = limits
  }

  var lastWords: String? { nil }

  func start(_ receive: @escaping @Sendable (MCPIncoming) -> Void) async throws(MCPFailure) {
    let address: WebAddress
    do throws(WebAddress.Invalid) {
      address = try WebAddress(site.url)
    } catch {
      throw MCPFailure(status: .notExecutable, message: error.reason)
    }
    state.withLock {
      $0.receive = receive
      $0.address = address
    }
  }

  func agreed(on version: MCPVersion) { state.withLock { $0.version = version } }

  func send(_ message: JSONValue, id: Int?, headers: [MCPHeader]) {
    state.withLock { state in
      guard !state.isClosed else { return }
      let before = state.lastInOrder
      let task = Task {
        await before?.value
        await post(message, id: id, headers)
        if let id { finished(id) }
      }
      if let id { state.tasks[id] = task } else { state.lastInOrder = task }
    }
  }

  private func finished(_ id: Int) { state.withLock { $0.tasks[id] = nil } }

  func abandon(_ id: Int) { state.withLock { $0.tasks.removeValue(forKey: id) }?.cancel() }

  func close() async {
    let before = state.withLock { state in
      state.isClosed = true
      return state
    }
    for task in before.tasks.values { task.cancel() }
    await Self.end(of: before.lastInOrder, within: .seconds(1))
    before.events?.cancel()
    before.listening?.cancel()
    let session = before.session
    guard session != nil else { return }
    // A server that does not answer must not hold us up, and one that does not know DELETE says so for nothing.
    _ = try? await response("DELETE", body: nil, [], seconds: 2)
  }

  /// Lets a task end by itself if it does so soon.
  private static func end(of task: Task<Void, Never>?, within time: Duration) async {
    guard let task else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await withTaskCancellationHandler {
          await task.value
        } onCancel: {
          task.cancel()
        }
      }
      group.addTask { try? await Task.sleep(for: time) }
      await group.next()
      group.cancelAll()
    }
  }

  func deliver(_ incoming: MCPIncoming) { state.withLock { $0.receive }?(incoming) }

  // MARK: One message

  private func post(_ message: JSONValue, id: Int?, _ headers: [MCPHeader]) async {
    let body = Array(message.serialized(.compact).utf8)
    let method = message["method"]?.stringValue
    do throws(MCPFailure) {
      var headers = headers
      let isModern = state.withLock { $0.version?.hasHandshake == false }
      if isModern, let method { headers.append(MCPHeader(name: "Mcp-Method", value: method)) }
      let response = try await response("POST", body: body, headers, seconds: seconds)
      try await read(response, id: id, method: method)
      if method == "notifications/initialized" { listen() }
    } catch {
      if error.status == Self.isOldServer.status, error.message == Self.isOldServer.message, let id {
        await startEvents(thenSend: body, id: id)
        return
      }
      if let id { deliver(.lost(id: id, error)) }
    }
  }

  var seconds: Double { max(limits.startSeconds, limits.callSeconds) + 1 }

  /// Not shown: the sign to try the older way.
  private static let isOldServer = MCPFailure(status: .unreachable, message: "the server knows no POST")

  private func read(_ response: HTTPClientResponse, id: Int?, method: String?) async throws(MCPFailure) {
    let status = Int(response.status.code)
    let type = response.headers.first(name: "content-type")?.lowercased() ?? ""
    if method == "initialize", (200..<300).contains(status),
      let session = response.headers.first(name: "mcp-session-id")
    {
      state.withLock { $0.session = session }
    }
    guard let id else {
      // The answer to a notification says nothing; the connection is free when it has been read.
      _ = try? await bytes(of: response, upTo: 64 << 10)
      return
    }
    if (200..<300).contains(status), type.hasPrefix("text/event-stream") {
      try await readEvents(response, until: id)
      throw MCPFailure(status: .unreachable, message: "the server ended the stream without an answer")
    }
    let bytes = try await bytes(of: response, upTo: limits.longestAnswer)
    // What an old server's stream will answer.
    if state.withLock({ $0.events != nil }), (200..<300).contains(status) { return }
    if let json = try? JSONValue(parsing: bytes), json.objectValue != nil || json.arrayValue != nil {
      let isMessage = json.arrayValue != nil || MCPMessage(json) != nil
      if isMessage, (200..<300).contains(status) || json["error"] != nil {
        deliver(.json(Self.answering(id, json), bytes: bytes.count))
        throw MCPFailure(status: .notJSON, message: "the server's answer does not answer the request")
      }
    }
    guard (200..<300).contains(status) else { throw failure(status, response, bytes, method: method) }
    throw MCPFailure(
      status: .notJSON,
      message: bytes.isEmpty
        ? "the server answered with nothing (HTTP status \(status))"
        : "the server's answer is no JSON: \(String(decoding: bytes.prefix(200), as: UTF8.self).shown)")
  }

  /// An error without an id can be only about the one request of its POST.
  private static func answering(_ id: Int, _ json: JSONValue) -> JSONValue {
    guard var object = json.objectValue, object["error"] != nil, object["id"] == nil || object["id"] == .null else {
      return json
    }
    object["id"] = .integer(id)
    return .object(object)
  }

  private func failure(
    _ status: Int, _ response: HTTPClientResponse, _ bytes: [UInt8], method: String?
  ) -> MCPFailure {
    let (hasSession, isFirst) = state.withLock { ($0.session != nil, $0.version == nil) }
    if status == 404, hasSession {
      let failure = MCPFailure(status: .unreachable, message: "the server has ended the session (HTTP status 404)")
      deliver(.over(failure))
      return failure
    }
    if [400, 404, 405].contains(status), method == "initialize", isFirst { return Self.isOldServer }
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    let said = text.isEmpty ? "" : ": \(text.shown)"
    return MCPFailure(status: .failed, message: "the server answered with HTTP status \(status)\(said)")
  }

  /// Hears what a server with sessions asks or tells besides its answers; most have nothing to say and refuse the GET.
  private func listen() {
    state.withLock { state in
      guard state.session != nil, state.events == nil, !state.isClosed else { return }
      state.listening = Task { [weak self] in
        guard let self, let response = try? await self.response("GET", body: nil, [], seconds: self.seconds),
          response.status.code == 200,
          response.headers.first(name: "content-type")?.lowercased().hasPrefix("text/event-stream") == true
        else { return }
        try? await self.readEvents(response, until: nil)
      }
    }
  }

  private func readEvents(_ response: HTTPClientResponse, until id: Int?) async throws(MCPFailure) {
    var reader = EventStreamReader(longest: limits.longestAnswer)
    do {
      for try await buffer in response.body {
        let events = try reader.read(buffer.readableBytesView)
        if events.isEmpty { deliver(.noise(bytes: buffer.readableBytes, "")) }
        for event in events where event.name == "message" && !event.data.isEmpty {
          guard let json = try? JSONValue(parsing: event.data) else {
            deliver(.noise(bytes: event.data.count, String(decoding: event.data.prefix(200), as: UTF8.self)))
            continue
          }
          deliver(.json(json, bytes: event.data.count))
          let all = json.arrayValue ?? [json]
          if let id, all.contains(where: { $0["id"] == .integer(id) && $0["method"] == nil }) { return }
        }
      }
    } catch {
      throw Self.failure(error, limits)
    }
  }
}
