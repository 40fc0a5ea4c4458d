import AsyncHTTPClient
import Glibc
import Logging
import NIOCore
import NIOHTTP1
import OrderedJSON
import Synchronization

/// Asks any server that speaks OpenAI's chat completions: hosted ones, llama.cpp, vLLM, Ollama and their like.
///
/// Source: https://platform.openai.com/docs/api-reference/chat/create
public final class OpenAIBackend: Backend {
  public let name = "openai"
  public var model: String { options.model }
  public var concurrency: Int { options.concurrency }

  private let options: OpenAIOptions
  private let url: String
  private let headers: HTTPHeaders
  private let client: HTTPClient
  private let dialect: Mutex<ChatDialect>
  private let isShutDown = Mutex(false)
  private let logger: Logger
  private let sleep: @Sendable (Duration) async throws -> Void
  private let jitter: @Sendable () -> Double

  /// Opens no connection yet.
  /// - Parameters:
  ///   - logger: told what the server turns out not to understand.
  ///   - sleep: waits between attempts; tests replace it.
  ///   - jitter: gives random numbers in `0..<1` for the waiting times.
  public init(
    _ options: OpenAIOptions, logger: Logger = Logger(label: "forge.openai"),
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.options = options
    self.logger = logger
    self.sleep = sleep
    self.jitter = jitter
    url = options.baseURL.appending("chat/completions")
    headers = Self.headers(options)
    dialect = Mutex(ChatDialect(responseFormat: options.responseFormat))
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.tlsConfiguration = TrustedCertificates.clientConfiguration()
    configuration.httpVersion = .http1Only
    configuration.timeout.connect = TimeAmount(options.connectTimeout)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, options.concurrency)
    // The policy decides about retries, so the pool must tell of a refused connection at once.
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  deinit {
    // The client insists on being shut down; whoever forgot it should lose a connection, not the process.
    if !isShutDown.withLock({ $0 }) { client.shutdown { _ in } }
  }

  public func shutdown() async throws {
    let first = isShutDown.withLock { done in
      defer { done = true }
      return !done
    }
    if first { try await client.shutdown() }
  }

  public func reply(to request: BackendRequest) async throws -> BackendReply {
    var dialect = self.dialect.withLock { $0 }
    var body = encoded(request, dialect)
    let start = ContinuousClock.now
    var attempt = 1
    while true {
      let failure: AttemptFailure
      switch try await send(body, for: request) {
      case .success(let reply): return reply
      case .failure(let reason): failure = reason
      }
      if case .answered(let complaint) = failure,
        let loss = dialect.loss(after: complaint, askedForFormat: request.schema != nil)
      {
        dialect = give(up: loss, from: dialect)
        body = encoded(request, dialect)
        continue
      }
      let decision = options.retry.decision(
        after: failure, attempt: attempt, elapsed: ContinuousClock.now - start, address: address(of: failure),
        timeout: options.timeout, jitter: jitter())
      switch decision {
      case .giveUp(let error): throw error
      case .retry(let wait): try await sleep(wait)
      }
      attempt += 1
    }
  }

  /// Makes one attempt.
  /// - Throws: `CancellationError` alone.
  private func send(_ body: ByteBuffer, for request: BackendRequest) async throws -> Result<
    BackendReply, AttemptFailure
  > {
    try Task.checkCancellation()
    var message = HTTPClientRequest(url: url)
    message.method = .POST
    message.headers = headers
    message.body = .bytes(body)
    let deadline = NIODeadline.now() + TimeAmount(options.timeout)
    do {
      let response = try await client.execute(message, deadline: deadline)
      let bytes = try await collect(response.body, until: deadline)
      // A cancelled body can end early without an error.
      try Task.checkCancellation()
      return interpret(response, bytes, request)
    } catch {
      if Task.isCancelled || error is CancellationError { throw CancellationError() }
      return .failure(AttemptFailure(error))
    }
  }

  /// Reads a body to its end; the client's own deadline holds only until the head of the response.
  private func collect(_ body: HTTPClientResponse.Body, until deadline: NIODeadline) async throws -> ByteBuffer {
    let limit = options.maximumReplyBytes
    return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
      group.addTask { try await body.collect(upTo: limit) }
      group.addTask {
        try await Task.sleep(for: .nanoseconds((deadline - .now()).nanoseconds))
        throw HTTPClientError.deadlineExceeded
      }
      defer { group.cancelAll() }
      guard let bytes = try await group.next() else { throw CancellationError() }
      return bytes
    }
  }

  private func interpret(_ response: HTTPClientResponse, _ bytes: ByteBuffer, _ request: BackendRequest) -> Result<
    BackendReply, AttemptFailure
  > {
    let status = Int(response.status.code)
    let body = bytes.withUnsafeReadableBytes { raw in
      Result { () throws(JSONParseError) in try JSONValue(parsing: raw) }
    }
    let complain: (Int, JSONValue?) -> Result<BackendReply, AttemptFailure> = { status, json in
      let retryAfter = response.headers.first(name: "retry-after").flatMap {
        RetryAfter.duration($0, now: time(nil))
      }
      let complaint = ServerComplaint(
        status: status, body: json, plain: json == nil ? String(buffer: bytes) : "", retryAfter: retryAfter,
        redirect: (300...399).contains(status) ? response.headers.first(name: "location") : nil,
        detail: ErrorDetail(key: self.options.apiKey, messages: request.messages))
      return .failure(.answered(complaint))
    }
    guard (200...299).contains(status) else { return complain(status, try? body.get()) }
    do {
      return .success(try ChatReplyBody.reply(from: body.get()))
    } catch ChatReplyBody.Fault.failed(let status, let json) {
      return complain(status, json)
    } catch ChatReplyBody.Fault.malformed(let detail) {
      return .failure(.malformed(detail: detail))
    } catch {
      let isPage = response.headers.first(name: "content-type")?.lowercased().hasPrefix("text/html") ?? false
      return .failure(.malformed(detail: isPage ? "it is a web page" : "it is no JSON: \(error)"))
    }
  }

  private func encoded(_ request: BackendRequest, _ dialect: ChatDialect) -> ByteBuffer {
    var writer = JSONWriter()
    writer.write(ChatRequestBody.json(of: request, model: options.model, dialect: dialect))
    return writer.withBytes { ByteBuffer(bytes: $0) }
  }

  /// Leaves something out of this and all later requests, and says so once.
  private func give(up loss: ChatDialect.Loss, from dialect: ChatDialect) -> ChatDialect {
    let isNews = self.dialect.withLock { shared in
      let lesser = shared.without(loss)
      defer { shared = lesser }
      return shared != lesser
    }
    if isNews {
      logger.warning(
        "the server does not take what we ask for; going on without it",
        metadata: ["parameter": "\(loss.rawValue)", "server": "\(options.baseURL)"])
    }
    return dialect.without(loss)
  }

  /// What to name in an error: the endpoint where it is the path that is wrong, else the server.
  private func address(of failure: AttemptFailure) -> String {
    if case .answered = failure { url } else { options.baseURL.description }
  }

  private static func headers(_ options: OpenAIOptions) -> HTTPHeaders {
    var headers: HTTPHeaders = ["content-type": "application/json", "accept": "application/json"]
    if let key = options.apiKey?.revealed, !key.isEmpty { headers.add(name: "authorization", value: "Bearer \(key)") }
    for (name, value) in options.extraHeaders { headers.replaceOrAdd(name: name, value: value) }
    return headers
  }
}
