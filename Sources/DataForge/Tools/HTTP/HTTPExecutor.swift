import Foundation
import OrderedJSON

/// Makes HTTP calls within the rules of the network.
public struct HTTPExecutor: ToolExecutor {
  private let web: WebClient
  private let limiter = RateLimiter()
  private let environment: Secrets.Environment

  /// Opens no connection yet.
  public init(rules: NetworkRules) {
    self.init(web: WebClient(rules: rules))
  }

  /// - Parameter environment: where the values of secrets come from.
  init(
    web: WebClient, environment: @escaping Secrets.Environment = { ProcessInfo.processInfo.environment[$0] }
  ) {
    self.web = web
    self.environment = environment
  }

  /// Begins without cookies. All sessions share the connections.
  public func open() -> any ToolSession { HTTPSession(web: web, limiter: limiter, environment: environment) }
}

/// The HTTP calls of one sample: cookies that a server sets go along with the calls after it.
struct HTTPSession: ToolSession {
  let web: WebClient
  let limiter: RateLimiter
  let environment: Secrets.Environment
  private let cookies = CookieJar()

  init(web: WebClient, limiter: RateLimiter, environment: @escaping Secrets.Environment) {
    self.web = web
    self.limiter = limiter
    self.environment = environment
  }

  var remembers: Bool { !cookies.isEmpty }

  func close() {}

  func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation {
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
      if tool.isReadOnly, let wait = Self.pause(after: outcome, attempt: attempt, http.limits) {
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
    let kind = request.address.literal.map(AddressKind.init)
    // Whoever runs a server of his own knows what it can bear.
    let isOwn = request.address.host == "localhost" || kind == .loopback || kind == .private
    if let rate = limits.requestsPerSecond ?? (isOwn ? nil : 20) {
      try await limiter.wait(for: request.address.hostAndPort, perSecond: rate)
    }
    return try await web.outcome(
      of: request, seconds: limits.seconds, largest: limits.output << 10, cookies: cookies)
  }

  /// How long to wait before a call is made again; `nil` where that would change nothing.
  static func pause(after outcome: WebOutcome, attempt: Int, _ limits: HTTPLimits) -> Duration? {
    let usual = Duration.milliseconds(500 << min(attempt, 5))
    switch outcome {
    case .unreachable, .timedOut: return attempt < limits.retries ?? 0 ? usual : nil
    case .answered(let answer) where [429, 502, 503, 504].contains(answer.status):
      let isBusy = [429, 503].contains(answer.status)
      guard attempt < limits.retries ?? (isBusy ? 2 : 0) else { return nil }
      let asked = answer.header("retry-after").flatMap(Int.init)
      return asked.map { .seconds(min(max($0, 0), 30)) } ?? usual
    default: return nil
    }
  }
}
