import Foundation
import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

/// What every backend that asks for or keeps a model's replies promises, whichever it is.
@Suite("Every backend that gives a model's replies")
struct BackendCompatibilityTests {
  enum Kind: String, CaseIterable { case openai, replay }

  /// Texts that break careless code on their way.
  private static let texts = [
    "", "plain", "{\"answer\":\"é 日本 🧪\"}", "line\nbreak\ttab\u{0}nul \\ \" /",
    String(repeating: "long ", count: 50_000),
  ]

  private static func request(_ number: Int) -> BackendRequest {
    BackendRequest(messages: [Message(role: .user, content: "\(number)")], sampling: Sampling(seed: number))
  }

  /// Runs `body` with a backend that answers `request(n)` with `texts[n]`.
  private func with(_ kind: Kind, _ body: (any Backend) async throws -> Void) async throws {
    switch kind {
    case .openai:
      let script: LoopbackServer.Script = { request in
        .chat(Self.texts[request.json?["seed"]?.intValue ?? 0])
      }
      try await LoopbackServer.with(script) { server in
        try await TestBackends.openAI(server) { try await body($0) }
      }
    case .replay:
      let path = FileManager.default.temporaryDirectory.appending(path: "calls-\(UUID().uuidString).jsonl").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      let writer = try JSONLinesWriter(path: path)
      for (number, text) in Self.texts.enumerated() {
        let reply = BackendReply(text: text, usage: TokenUsage(prompt: 7, completion: 5), finishReason: .stop)
        try writer.write(
          JSONValueEncoder().encode(
            CallRecord(backend: "openai", model: "mock", request: Self.request(number), reply: reply)))
      }
      try writer.finish()
      try await body(ReplayBackend(path: path))
    }
  }

  @Test("tells its name, its model and a width", arguments: Kind.allCases)
  func identity(kind: Kind) async throws {
    try await with(kind) { backend in
      #expect(backend.name == kind.rawValue)
      #expect(backend.model == "mock")
      #expect(backend.concurrency > 0)
    }
  }

  @Test("gives text, usage and the end unharmed, the same each time", arguments: Kind.allCases)
  func replies(kind: Kind) async throws {
    try await with(kind) { backend in
      for _ in 0..<2 {
        for (number, text) in Self.texts.enumerated() {
          let reply = try await backend.reply(to: Self.request(number))
          #expect(
            reply == BackendReply(text: text, usage: TokenUsage(prompt: 7, completion: 5), finishReason: .stop))
        }
      }
    }
  }

  @Test("answers many requests at once, each with its own reply", arguments: Kind.allCases)
  func concurrent(kind: Kind) async throws {
    try await with(kind) { backend in
      let right = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<100 {
          let place = number % 4
          group.addTask { try await backend.reply(to: Self.request(place)).text == Self.texts[place] }
        }
        return try await group.allSatisfy { $0 }
      }
      #expect(right)
    }
  }

  @Test("may be shut down twice", arguments: Kind.allCases)
  func shutdown(kind: Kind) async throws {
    try await with(kind) { backend in
      _ = try await backend.reply(to: Self.request(1))
      try await backend.shutdown()
      try await backend.shutdown()
    }
  }
}
