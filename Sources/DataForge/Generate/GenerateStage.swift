import OrderedJSON

/// Asks a backend about each chunk and reads candidates from its reply.
///
/// Every chunk is accounted for: by a candidate, or by a rejection that says why there is none.
public struct GenerateStage: Stage {
  public static let name = StageName.generate

  public var task: any GenerationTask
  public var backend: any Backend
  public var options: GenerateOptions

  public init(task: any GenerationTask, backend: any Backend, options: GenerateOptions = GenerateOptions()) {
    self.task = task
    self.backend = backend
    self.options = options
  }

  public var parameters: JSONValue {
    [
      "version": 1, "task": .string(task.name), "task_parameters": task.parameters, "backend": .string(backend.name),
      "model": .string(backend.model), "options": options.json,
    ]
  }

  /// The request that a chunk's first attempt makes.
  public func request(for chunk: Chunk) -> BackendRequest { request(for: chunk, attempt: 0) }

  private func request(for chunk: Chunk, attempt: Int) -> BackendRequest {
    task.request(for: chunk, most: max(1, options.pairsPerChunk), sampling: options.sampling(attempt: attempt))
  }

  /// - Throws: `BackendError` where the failure is not the chunk's fault.
  public func run(_ chunk: Chunk) async throws -> [Outcome<Candidate>] {
    var last = BackendReply(text: "", usage: TokenUsage(), finishReason: .other)
    let attempts = max(1, options.replyAttempts)
    for attempt in 0..<attempts {
      do {
        last = try await backend.reply(to: request(for: chunk, attempt: attempt))
      } catch let error as BackendError where error.consequence == .rejectsItem {
        return [.rejected(rejection(of: chunk, after: error))]
      }
      if let outcomes = read(last, about: chunk) { return outcomes }
    }
    return [.rejected(unreadable(last, about: chunk, attempts: attempts))]
  }

  /// The outcomes that a reply gives; `nil` where it cannot be read.
  private func read(_ reply: BackendReply, about chunk: Chunk) -> [Outcome<Candidate>]? {
    let generator = backend.model
    guard reply.finishReason == .length else {
      guard let value = JSONReply.parse(reply.text),
        let outcomes = task.candidates(in: value, about: chunk, generator: generator)
      else { return nil }
      return outcomes.isEmpty ? [.rejected(nothing(about: chunk))] : outcomes
    }
    // Asking again would be cut again: keep what is whole and say what was lost.
    let whole = JSONReply.parseTruncated(reply.text)
    let outcomes = whole.flatMap { task.candidates(in: $0, about: chunk, generator: generator) } ?? []
    return outcomes + [.rejected(cut(reply, about: chunk, kept: outcomes.count))]
  }
}

// MARK: Rejections

extension GenerateStage {
  private func rejection(
    of chunk: Chunk, _ check: String, _ reason: String, values: JSONValue = [:], reply: String? = nil
  ) -> Rejection {
    let item = reply.map { JSONValue.object(["chunk": .string(chunk.id), "reply": .string($0)]) }
    return Rejection(
      stage: .generate, check: check, reason: reason, page: chunk.pages.first, values: values, id: chunk.id, item: item)
  }

  private func rejection(of chunk: Chunk, after error: BackendError) -> Rejection {
    switch error {
    case .contextExceeded(let detail):
      rejection(
        of: chunk, "context-exceeded",
        "The prompt about this chunk does not fit the model's context. Make chunks smaller or use a model with a longer context.",
        values: ["detail": .string(detail), "chunk_tokens": .integer(chunk.tokens)])
    default:
      rejection(
        of: chunk, "not-recorded",
        "The replay holds no answer to this request. Record it with the same prompt, model and options first.")
    }
  }

  private func unreadable(_ reply: BackendReply, about chunk: Chunk, attempts: Int) -> Rejection {
    rejection(
      of: chunk, "unreadable-reply",
      "The model's reply is not the JSON that was asked for, after \(attempts) attempts. Use a server that enforces JSON Schema, or a stronger model.",
      values: [
        "attempts": .integer(attempts), "finish_reason": .string(reply.finishReason.rawValue),
        "length": .integer(reply.text.utf8.count),
      ],
      reply: reply.text)
  }

  private func cut(_ reply: BackendReply, about chunk: Chunk, kept: Int) -> Rejection {
    rejection(
      of: chunk, "reply-cut",
      "The reply was cut at the limit of \(options.sampling.maxTokens) tokens; \(kept) whole pairs before the cut were read. Raise max tokens or ask for fewer pairs.",
      values: ["max_tokens": .integer(options.sampling.maxTokens), "read": .integer(kept)], reply: reply.text)
  }

  private func nothing(about chunk: Chunk) -> Rejection {
    rejection(
      of: chunk, "nothing-to-ask", "The backend found nothing in this chunk that is worth a question.",
      values: ["chunk_tokens": .integer(chunk.tokens)])
  }
}
