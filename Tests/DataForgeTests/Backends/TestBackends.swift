import LoopbackServer
import Logging
import OrderedJSON
import Synchronization

@testable import DataForge

/// Takes the place of sleeping: remembers how long a backend wanted to wait and goes on at once.
final class Waits: Sendable {
  private let taken = Mutex<[Duration]>([])

  var all: [Duration] { taken.withLock { $0 } }

  func wait(_ duration: Duration) { taken.withLock { $0.append(duration) } }
}

/// Remembers what was logged.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  var logger: Logger {
    Logger(label: "test") { _ in Handler(lines: self) }
  }

  private struct Handler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.lines.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }
  }
}

enum TestBackends {
  /// A question that the server's tests ask; its words must never come back in an error.
  static let prompt = "The flux capacitor of the DeLorean needs one point twenty-one gigawatts of power."

  static let request = BackendRequest(
    messages: [Message(role: .system, content: "Answer in JSON."), Message(role: .user, content: prompt)],
    schema: ["type": "object", "properties": ["answer": ["type": "string"]]], schemaName: "answer",
    sampling: Sampling(maxTokens: 64, seed: 7))

  /// Runs `body` with a backend that speaks to `server` and never really waits between attempts.
  static func openAI<Result: Sendable>(
    _ server: LoopbackServer, waits: Waits = Waits(), log: LogLines = LogLines(),
    _ configure: (inout OpenAIOptions) -> Void = { _ in }, _ body: (OpenAIBackend) async throws -> Result
  ) async throws -> Result {
    var options = OpenAIOptions(baseURL: try BaseURL(server.baseURL), model: "mock")
    options.timeout = .seconds(20)
    configure(&options)
    let backend = OpenAIBackend(options, logger: log.logger, sleep: { waits.wait($0) }, jitter: { 0.5 })
    do {
      let result = try await body(backend)
      try await backend.shutdown()
      return result
    } catch {
      try await backend.shutdown()
      throw error
    }
  }

  /// What the backend throws for the request; `nil` where it replies.
  static func failure(of backend: some Backend, _ request: BackendRequest = request) async -> BackendError? {
    do {
      _ = try await backend.reply(to: request)
      return nil
    } catch {
      return error as? BackendError
    }
  }
}
