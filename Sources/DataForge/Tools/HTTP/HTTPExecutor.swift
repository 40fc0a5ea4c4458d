import Foundation
import OrderedJSON

/// Makes HTTP calls within the rules of the network.
public struct HTTPExecutor: ToolExecutor, ToolSession {
  private let web: WebClient
  private let limiter = RateLimiter()
  private let environment: Secrets.Environment

  /// Opens no connection yet. All copies share their connections.
  public init(rules: NetworkRules) {
    self.init(clients: CheckedClients(rules: rules))
  }

  /// - Parameter environment: where the values of secrets come from.
  init(
    clients: CheckedClients,
    environment: @escaping Secrets.Environment = { ProcessInfo.processInfo.environment[$0] }
  ) {
    web = WebClient(clients: clients)
    self.environment = environment
  }

  /// HTTP has no state of its own, so all samples share the connections.
  public func open() -> any ToolSession { self }

  public func close() {}

  public func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation {
    guard case .http(let http)? = tool.execution else {
      return Observation(status: .notExecutable, message: "the tool is no HTTP operation")
    }
    let request: WebRequest
    let secrets: Secrets
    do throws(UnusableCall) {
      (request, secrets) = try http.request(for: call.arguments.objectValue ?? [:], environment: environment)
    } catch {
      switch error {
      case .refused(let reason): return Observation(status: .refused, message: reason)
      case .notExecutable(let reason): return Observation(status: .notExecutable, message: reason)
      }
    }
    let start = ContinuousClock.now
    var attempt = 0
    while true {
      let outcome = try await self.outcome(of: request, http.limits)
      if tool.isReadOnly, attempt < http.limits.retries, let wait = Self.pause(after: outcome, attempt: attempt) {
        attempt += 1
        try await Task.sleep(for: wait)
        continue
      }
      let reading = AnswerReading(
        output: http.output, isHead: http.method == "HEAD", isReading: tool.isReadOnly || http.method == "GET",
        secrets: secrets, limits: http.limits)
      var observation = reading.observation(of: outcome)
      observation.duration = start.duration(to: .now)
      return observation
    }
  }

  private func outcome(of request: WebRequest, _ limits: HTTPLimits) async throws -> WebOutcome {
    let kind = IPAddress(request.address.host).map(AddressKind.init)
    // Whoever runs a server of his own knows what it can bear.
    let isOwn = request.address.host == "localhost" || kind == .loopback || kind == .private
    if let rate = limits.requestsPerSecond ?? (isOwn ? nil : 20) {
      try await limiter.wait(for: request.address.hostAndPort, perSecond: rate)
    }
    return try await web.outcome(of: request, seconds: limits.seconds, largest: limits.output << 10)
  }

  /// How long to wait before a call is made again; `nil` where that would change nothing.
  static func pause(after outcome: WebOutcome, attempt: Int) -> Duration? {
    let usual = Duration.milliseconds(500 << min(attempt, 5))
    switch outcome {
    case .unreachable, .timedOut: return usual
    case .answered(let answer) where [429, 502, 503, 504].contains(answer.status):
      let asked = answer.header("retry-after").flatMap(Int.init)
      return asked.map { .seconds(min(max($0, 0), 30)) } ?? usual
    default: return nil
    }
  }
}
