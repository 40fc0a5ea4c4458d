import OrderedJSON
import Synchronization

/// Speaks with a server that is a child process: one message a line, over its standard input and output.
final class StdioTransport: MCPTransport {
  private let words: [String]
  private let environment: [String: String]
  private let limits: MCPLimits
  /// How long the server may take to end by itself; nothing that it does in the sandbox stays anyway.
  private let grace: Duration?
  private let process = Mutex<SandboxedProcess?>(nil)

  /// - Parameter words: the whole command line, with the sandbox.
  init(words: [String], environment: [String: String], limits: MCPLimits, grace: Duration?) {
    self.words = words
    self.environment = environment
    self.limits = limits
    self.grace = grace
  }

  var lastWords: String? { process.withLock { $0 }.flatMap { Self.lastLine(of: $0.message) } }

  func start(_ receive: @escaping @Sendable (MCPIncoming) -> Void) async throws(MCPFailure) {
    let started: SandboxedProcess
    do {
      let output = limits.process.output
      started = try await SandboxedProcess.start(
        words, environment: environment, longestLine: limits.longestAnswer
      ) { [weak self] event in
        switch event {
        case .line(let line): receive(Self.read(line))
        case .message(let bytes): receive(.noise(bytes: bytes, ""))
        case .lineTooLong:
          self?.process.withLock { $0 }?.stop()
          receive(
            .over(MCPFailure(status: .outputLimit, message: "stopped after \(output) KiB of output in one answer")))
        case .end(let message): receive(.over(Self.ended(Self.lastLine(of: message))))
        }
      }
    } catch {
      throw MCPFailure(status: .notExecutable, message: "the server could not be started: \(error)")
    }
    process.withLock { $0 = started }
  }

  func send(_ message: JSONValue, id: Int?, headers: [MCPHeader]) {
    process.withLock { $0 }?.write(line: Array(message.serialized(.compact).utf8))
  }

  func agreed(on version: MCPVersion) {}

  func abandon(_ id: Int) {}

  func close() async {
    guard let process = process.withLock({ $0 }) else { return }
    if let grace { await process.stop(after: grace) } else { process.stop() }
  }

  private static func lastLine(of message: String) -> String? {
    message.split(whereSeparator: \.isNewline).last.map { String($0.prefix(300)) }
  }

  private static func ended(_ words: String?) -> MCPFailure {
    guard let words else { return MCPFailure(status: .unreachable, message: "the server ended without a word") }
    let isMissing = words.hasPrefix("prlimit: failed to execute") || words.hasPrefix("bwrap: execvp")
    return MCPFailure(
      status: isMissing ? .notExecutable : .unreachable, message: "the server ended; it said: \(words)")
  }

  private static func read(_ line: [UInt8]) -> MCPIncoming {
    if let json = try? JSONValue(parsing: line), json.objectValue != nil || json.arrayValue != nil {
      return .json(json, bytes: line.count)
    }
    return .noise(bytes: line.count, String(decoding: line.prefix(200), as: UTF8.self))
  }
}
