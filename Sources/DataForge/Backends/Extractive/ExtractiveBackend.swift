import OrderedJSON

/// Writes questions and answers without a model: it looks in the passage for sentences that answer a question by their
/// form, and answers with their own words.
///
/// It reads English. It would rather find nothing than ask something that only the passage itself makes clear, so most
/// passages give no more than one or two pairs. The same passage always gives the same reply.
public struct ExtractiveBackend: Backend {
  public let name = "extractive"
  public let model = "extractive"
  public let concurrency: Int
  public let isFree = true

  /// A pair below this score is not written.
  private static let threshold = 0.72

  private let patterns: [any QuestionPattern] = [
    DefinitionPattern(), AttributePattern(), MeaningPattern(), ComparisonPattern(), MethodPattern(), ConditionPattern(),
    ReasonPattern(), ObligationPattern(), PlacePattern(), QuantityPattern(), ActionPattern(),
  ]

  /// - Parameter concurrency: how many requests to answer at once; each keeps one core busy.
  public init(concurrency: Int = 1) { self.concurrency = max(1, concurrency) }

  public func reply(to request: BackendRequest) async throws -> BackendReply {
    let most = request.schema?["properties"]?["pairs"]?["maxItems"]?.intValue ?? 3
    let pairs = request.passage.map { self.pairs(in: $0, most: most) } ?? []
    let reply: JSONValue = ["pairs": .array(pairs)]
    return BackendReply(text: reply.serialized(), usage: TokenUsage(), finishReason: .stop)
  }

  private func pairs(in chunk: Chunk, most: Int) -> [JSONValue] {
    var text = chunk.text
    return text.withUTF8 { bytes in
      let passage = Passage(bytes: bytes)
      let drafts = PassageReader(chunk: chunk).drafts(passage, patterns: patterns)
      return chosen(drafts, most: most).map { pair($0, passage, chunk) }
    }
  }

  /// The best drafts, in the order of the passage.
  private func chosen(_ drafts: [Draft], most: Int) -> [Draft] {
    var asked: Set<String> = []
    return drafts.enumerated()
      .filter { $0.element.score >= Self.threshold && asked.insert($0.element.question).inserted }
      .sorted { ($0.element.score, $1.offset) > ($1.element.score, $0.offset) }
      .prefix(most)
      .sorted { $0.offset < $1.offset }
      .map(\.element)
  }

  private func pair(_ draft: Draft, _ passage: borrowing Passage, _ chunk: Chunk) -> JSONValue {
    let words = passage.verbatim(draft.answer)
    let cited = draft.answer.count <= 300 ? "The passage says: “\(passage.text(draft.answer))” " : ""
    return [
      "question": .string(draft.question), "rationale": .string(cited + draft.reason), "answer": .string(words),
      "quote": .string(words),
    ]
  }
}
