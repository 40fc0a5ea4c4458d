import OrderedJSON
import Synchronization

/// A conversation with one MCP server: who waits for which answer, and for how long.
///
/// Answers may come in any order. What nobody waits for (a second answer, an unknown id, a notification, output that is
/// no message) is dropped and counted: a server that sends too much of it is given up.
final class MCPConnection: Sendable {
  /// Bytes without an answer among them, on standard output and standard error together, at which a server is given up.
  static let mostNoise = 16 << 20
  /// How many pages of tools are read.
  static let mostPages = 1_000
  /// How many tools are read.
  static let mostTools = 10_000

  private struct State {
    var version = MCPVersion.newestWithHandshake
    var serverName: String?
    var nextID = 1
    var waiting: [Int: CheckedContinuation<Result<MCPReply, MCPFailure>, Never>] = [:]
    var noise = 0
    var noiseSample = ""
    var failure: MCPFailure?
  }

  private let transport: any MCPTransport
  private let limits: MCPLimits
  private let state = Mutex(State())

  private init(transport: any MCPTransport, limits: MCPLimits) {
    self.transport = transport
    self.limits = limits
  }

  /// Why no more calls can be made; `nil` while they can.
  var failure: MCPFailure? { state.withLock { $0.failure } }

  /// How many calls are under way.
  var callsUnderWay: Int { state.withLock { $0.waiting.count } }

  /// The version that both sides speak.
  var version: MCPVersion { state.withLock { $0.version } }

  /// What the server calls itself.
  var serverName: String? { state.withLock { $0.serverName } }

  /// Connects and agrees on a version, within the time that a start may take.
  static func open(_ transport: any MCPTransport, limits: MCPLimits) async throws(MCPFailure) -> MCPConnection {
    let connection = MCPConnection(transport: transport, limits: limits)
    do throws(MCPFailure) {
      try await transport.start { [weak connection] incoming in connection?.receive(incoming) }
      try await connection.agree()
      return connection
    } catch {
      await transport.close()
      throw error
    }
  }

  /// Ends the conversation; whoever waits gets no answer.
  func close() async {
    giveUp(MCPFailure(status: .unreachable, message: "the connection was closed"))
    await transport.close()
  }

  /// Makes a call.
  /// - Parameter schema: of the tool's arguments; it may name arguments that are said in headers, too.
  /// - Throws: `MCPFailure` where there is no answer.
  func call(_ tool: String, _ arguments: JSONValue, schema: JSONValue = true) async throws(MCPFailure) -> MCPReply {
    var params: JSONObject = ["name": .string(tool), "arguments": arguments]
    let headers = version.hasHandshake ? [] : MCPHeader.headers(ofCall: tool, arguments, schema)
    // A server that wants its own state back, and nothing from us, gets it a few times.
    for _ in 0..<4 {
      let reply = try await request("tools/call", params, headers, seconds: limits.callSeconds)
      guard case .result(let result) = reply, result["resultType"] == "input_required",
        result["inputRequests"] == nil, let requestState = result["requestState"]
      else { return reply }
      params["requestState"] = requestState
    }
    throw MCPFailure(status: .failed, message: "the server asks for the same call again and again")
  }

  /// All tools of the server, page by page, as the server describes them.
  /// - Throws: `MCPFailure`, also where the server refuses or its pages don't end.
  func tools() async throws(MCPFailure) -> [JSONValue] {
    var tools: [JSONValue] = []
    var seen: Set<String> = []
    var params: JSONObject = [:]
    while true {
      let reply = try await request("tools/list", params, seconds: limits.startSeconds)
      guard case .result(let result) = reply else {
        guard case .error(let error) = reply else { return tools }
        throw MCPFailure(status: .failed, message: "the server does not list its tools: \(MCPReply.words(error))")
      }
      guard let page = result["tools"]?.arrayValue else {
        throw MCPFailure(status: .notJSON, message: "the server's list of tools is no list")
      }
      tools += page
      guard let cursor = result["nextCursor"], let text = cursor.stringValue else { return tools }
      guard seen.insert(text).inserted, seen.count < Self.mostPages, tools.count < Self.mostTools else {
        throw MCPFailure(
          status: .outputLimit,
          message: "the server's list of tools does not end: \(seen.count) pages, \(tools.count) tools, and the next "
            + "page is \(text.shown)")
      }
      params["cursor"] = cursor
    }
  }

  // MARK: The beginning

  /// Agrees on a version: by the handshake, which servers of every age but the newest know, else by `server/discover`.
  private func agree() async throws(MCPFailure) {
    let asked = MCPVersion.newestWithHandshake
    let reply = try await request(
      "initialize",
      ["protocolVersion": .string(asked.rawValue), "capabilities": [:], "clientInfo": MCPVersion.client],
      seconds: limits.startSeconds)
    switch reply {
    case .result(let result):
      let offered = result["protocolVersion"]?.stringValue ?? ""
      guard let version = MCPVersion(rawValue: offered), version.hasHandshake else {
        throw Self.unknownVersion(offered.shown)
      }
      use(version, result["serverInfo"])
      transport.send(MCPMessage.notification("notifications/initialized"), id: nil, headers: [])
    case .error(let refusal):
      use(.july2026, nil)
      let seconds = limits.startSeconds
      guard case .result(let found) = try await request("server/discover", [:], seconds: seconds) else {
        throw MCPFailure(status: .unreachable, message: "the server refuses to begin: \(MCPReply.words(refusal))")
      }
      let versions = found["supportedVersions"]?.arrayValue ?? []
      guard versions.contains(.string(MCPVersion.july2026.rawValue)) else {
        throw Self.unknownVersion(JSONValue.array(versions).serialized(.compact))
      }
      use(.july2026, found["_meta"]?["io.modelcontextprotocol/serverInfo"] ?? found["serverInfo"])
    }
  }

  private static func unknownVersion(_ text: String) -> MCPFailure {
    MCPFailure(
      status: .unreachable,
      message: "the server speaks version \(text) of the protocol; known are "
        + MCPVersion.allCases.map(\.rawValue).joined(separator: ", "))
  }

  private func use(_ version: MCPVersion, _ server: JSONValue?) {
    state.withLock {
      $0.version = version
      $0.serverName = server?["name"]?.stringValue
    }
    transport.agreed(on: version)
  }

  // MARK: Requests

  private func request(
    _ method: String, _ params: JSONObject, _ headers: [MCPHeader] = [], seconds: Double
  ) async throws(MCPFailure) -> MCPReply {
    let (id, version) = state.withLock { state in
      defer { state.nextID += 1 }
      return (state.nextID, state.version)
    }
    var params = params
    for (key, value) in version.meta { params[key] = value }
    let message = MCPMessage.request(id, method, params)
    let clock = Task { [weak self] in
      try await Task.sleep(for: .seconds(seconds))
      self?.timeIsUp(for: id, method, seconds: seconds)
    }
    defer { clock.cancel() }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let failure = state.withLock { state -> MCPFailure? in
          if let failure = state.failure { return failure }
          state.waiting[id] = continuation
          return nil
        }
        if let failure {
          continuation.resume(returning: .failure(failure))
        } else if Task.isCancelled {
          abandon(id, method, MCPFailure(status: .unreachable, message: "the run was stopped"))
        } else {
          transport.send(message, id: id, headers: headers)
        }
      }
    } onCancel: {
      abandon(id, method, MCPFailure(status: .unreachable, message: "the run was stopped"))
    }
    return try result.get()
  }

  private func timeIsUp(for id: Int, _ method: String, seconds: Double) {
    let sample = state.withLock { $0.noiseSample }
    let noise = sample.isEmpty ? "" : "; the server wrote what is no message of the protocol: \(sample.shown)"
    let words = transport.lastWords.map { "; it said: \($0)" } ?? ""
    let what = method == "tools/call" ? "stopped" : "\(method): stopped"
    abandon(
      id, method,
      MCPFailure(status: .timedOut, message: "\(what) after \(seconds) s without an answer\(noise)\(words)"))
  }

  /// Waits no longer, and tells the server so.
  private func abandon(_ id: Int, _ method: String, _ failure: MCPFailure) {
    guard let continuation = state.withLock({ $0.waiting.removeValue(forKey: id) }) else { return }
    // Last, so that the server hears of it before the next call.
    defer { continuation.resume(returning: .failure(failure)) }
    // The protocol forbids to cancel the handshake.
    if method != "initialize", method != "server/discover" {
      transport.send(
        MCPMessage.notification(
          "notifications/cancelled", ["requestId": .integer(id), "reason": .string(failure.message)]), id: nil,
        headers: [])
    }
    transport.abandon(id)
  }

  // MARK: What comes in

  private func receive(_ incoming: MCPIncoming) {
    switch incoming {
    case .json(let json, let bytes):
      guard let batch = json.arrayValue else {
        if let answer = take(json, bytes: bytes) { transport.send(answer, id: nil, headers: []) }
        return
      }
      let answers = batch.compactMap { take($0, bytes: bytes / max(batch.count, 1)) }
      if !answers.isEmpty { transport.send(.array(answers), id: nil, headers: []) }
    case .noise(let bytes, let text): addNoise(bytes, text)
    case .lost(let id, let failure): finish(id, .failure(failure))
    case .over(let failure): giveUp(failure)
    }
  }

  /// Takes one message, and says what has to be answered.
  private func take(_ json: JSONValue, bytes: Int) -> JSONValue? {
    switch MCPMessage(json) {
    case .reply(let id?, let reply): finish(id, .success(reply), bytes: bytes)
    case .reply(nil, let reply):
      // The server could not read a request; which one is clear where there is only one.
      let waiting = state.withLock { $0.waiting.keys.map { $0 } }
      if waiting.count == 1 { finish(waiting[0], .success(reply), bytes: bytes) } else { addNoise(bytes, "") }
    case .broken(let id):
      let failure = MCPFailure(status: .notJSON, message: "the server's answer has neither a result nor an error")
      finish(id, .failure(failure), bytes: bytes)
    case .request(let id, let method):
      addNoise(bytes, "")
      return MCPMessage.answer(to: method, id)
    case .notification: addNoise(bytes, "")
    case nil: addNoise(bytes, String(json.serialized(.compact).prefix(200)))
    }
    return nil
  }

  private func finish(_ id: Int, _ result: Result<MCPReply, MCPFailure>, bytes: Int = 0) {
    let continuation = state.withLock { state in
      let continuation = state.waiting.removeValue(forKey: id)
      if continuation != nil { (state.noise, state.noiseSample) = (0, "") }
      return continuation
    }
    guard let continuation else { return addNoise(bytes, "") }
    continuation.resume(returning: result)
  }

  private func addNoise(_ bytes: Int, _ text: String) {
    let isTooMuch = state.withLock { state in
      state.noise += bytes
      if state.noiseSample.isEmpty { state.noiseSample = text }
      return state.noise > Self.mostNoise && state.failure == nil
    }
    guard isTooMuch else { return }
    giveUp(
      MCPFailure(
        status: .outputLimit,
        message: "stopped after \(Self.mostNoise >> 20) MiB of output without an answer among them"))
    Task { await transport.close() }
  }

  private func giveUp(_ failure: MCPFailure) {
    let waiting = state.withLock { state in
      if state.failure == nil { state.failure = failure }
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume(returning: .failure(failure)) }
  }
}
