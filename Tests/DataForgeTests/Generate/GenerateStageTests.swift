import OrderedJSON
import Testing

@testable import DataForge

@Suite struct GenerateStageTests {
  private let chunk = Chunk(
    id: "c1", documentID: "d1", index: 0, headings: ["Guide", "Limits"], text: "The limit is {{count}} files.",
    tokens: 8, pieces: [])
  private let pair = #"{"question":"What is the limit?","rationale":"It says so.","answer":"Four.","quote":"limit is"}"#

  @Test("a pair becomes a candidate with question, answer, rationale and quote")
  func kept() async throws {
    let (outcomes, requests) = try await run([.stop(#"Sure! ```json\#n{"pairs":[\#(pair)]}\#n```"#)])
    let candidate = try #require(outcomes.first?.candidate)
    #expect(candidate.question == "What is the limit?" && candidate.answer == "Four.")
    #expect(candidate.rationale == "It says so." && candidate.quote == "limit is")
    #expect(candidate.generator == "scripted-1" && candidate.chunkID == "c1" && candidate.task == "question-answer")
    #expect(requests.count == 1 && requests[0].passage == chunk)
    let user = try #require(requests[0].messages.last?.content)
    #expect(user.contains("Guide > Limits") && user.contains("The limit is {{count}} files."))
    #expect(requests[0].schema?["properties"]?["pairs"]?["maxItems"] == 3)
  }

  @Test("a reply that cannot be read is asked again with another request, then rejected with the reply kept")
  func unreadable() async throws {
    let (outcomes, requests) = try await run([.stop("no"), .stop(#"{"x":1}"#), .stop("last words")])
    #expect(outcomes.map(\.check) == ["unreadable-reply"])
    #expect(outcomes[0].rejection?.item?["reply"] == "last words")
    #expect(Set(requests.map(\.sampling)).count == 3)
    #expect(requests.allSatisfy { $0.messages == requests[0].messages })
  }

  @Test("a later attempt that can be read counts")
  func secondAttempt() async throws {
    let (outcomes, requests) = try await run([.stop("hm"), .stop("[\(pair)]")])
    #expect(outcomes.compactMap(\.candidate).count == 1 && requests.count == 2)
  }

  @Test("a pair with missing or empty fields is rejected by itself")
  func incomplete() async throws {
    let (outcomes, _) = try await run([.stop(#"{"pairs":[{"question":"Q?","answer":"  "},\#(pair),7]}"#)])
    #expect(outcomes.map(\.check) == ["incomplete-pair", nil, "incomplete-pair"])
    #expect(outcomes[0].rejection?.values["missing"] == ["quote", "rationale", "answer"])
  }

  @Test("a reply that was cut keeps its whole pairs and says what to raise")
  func cut() async throws {
    let (outcomes, requests) = try await run([.length(#"{"pairs":[\#(pair),{"question":"And wh"#)])
    #expect(outcomes.map(\.check) == [nil, "reply-cut"] && requests.count == 1)
    let (nothing, _) = try await run([.length("Let me think")])
    #expect(nothing.map(\.check) == ["reply-cut"])
  }

  @Test("no pairs is an answer too, and accounts for the chunk")
  func nothing() async throws {
    let (outcomes, requests) = try await run([.stop(#"{"pairs":[]}"#)])
    #expect(outcomes.map(\.check) == ["nothing-to-ask"] && outcomes[0].rejection?.id == "c1" && requests.count == 1)
  }

  @Test("an error that is the chunk's fault rejects it; any other is thrown on")
  func errors() async throws {
    for (error, check) in [
      (BackendError.contextExceeded(detail: "4096"), "context-exceeded"),
      (.notRecorded, "not-recorded"),
    ] {
      let (outcomes, _) = try await run([.failure(error)])
      #expect(outcomes.map(\.check) == [check])
    }
    await #expect(throws: BackendError.rateLimited(attempts: 5)) {
      try await run([.failure(.rateLimited(attempts: 5))])
    }
  }

  @Test("candidates with the same words at different places have different ids")
  func ids() async throws {
    let (outcomes, _) = try await run([.stop(#"{"pairs":[\#(pair),\#(pair)]}"#)])
    #expect(Set(outcomes.compactMap { $0.candidate?.id }).count == 2)
  }

  private func run(
    _ script: [ScriptedBackend.Line]
  ) async throws -> (outcomes: [Outcome<Candidate>], requests: [BackendRequest]) {
    let backend = ScriptedBackend(script)
    let outcomes = try await GenerateStage(task: QuestionAnswerTask(), backend: backend).run(chunk)
    return (outcomes, await backend.requests)
  }
}

/// Says what it was told to, in order.
actor ScriptedBackend: Backend {
  enum Line: Sendable {
    case stop(String)
    case length(String)
    case failure(BackendError)
  }

  nonisolated let name = "scripted"
  nonisolated let model = "scripted-1"
  nonisolated let concurrency = 1
  private var script: [Line]
  private(set) var requests: [BackendRequest] = []

  init(_ script: [Line]) { self.script = script }

  func reply(to request: BackendRequest) throws -> BackendReply {
    requests.append(request)
    switch script.isEmpty ? .failure(.notRecorded) : script.removeFirst() {
    case .stop(let text): return BackendReply(text: text, usage: TokenUsage(), finishReason: .stop)
    case .length(let text): return BackendReply(text: text, usage: TokenUsage(), finishReason: .length)
    case .failure(let error): throw error
    }
  }
}

extension Outcome {
  fileprivate var rejection: Rejection? { if case .rejected(let rejection) = self { rejection } else { nil } }
  fileprivate var check: String? { rejection?.check }
}

extension Outcome<Candidate> {
  fileprivate var candidate: Candidate? { if case .kept(let candidate) = self { candidate } else { nil } }
}
