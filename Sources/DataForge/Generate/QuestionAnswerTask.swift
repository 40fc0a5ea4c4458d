import OrderedJSON
import EmbeddedTemplates

/// Asks for questions about a passage, each with an answer, the rationale that leads to it, and the words of the passage
/// that it rests on.
///
/// The rationale comes before the answer, so that a model reasons first, as in "Distilling step-by-step"
/// (Hsieh and others, 2023, arXiv:2305.02301).
public struct QuestionAnswerTask: GenerationTask {
  public let name = "question-answer"
  private let template: PromptTemplate

  /// The task with the prompt that we wrote.
  public init() { template = PromptTemplate(Prompts.questionAnswer, known: Self.placeholders) }

  /// The task with a prompt of the user's own.
  /// - Parameter prompt: a template with `{{passage}}`, and where it likes `{{headings}}`, `{{count}}` and
  ///   `{{boundary}}`, a word that marks where the passage ends and that no passage can contain on purpose.
  /// - Throws: `PromptTemplate.Mistake`.
  public init(prompt: String) throws {
    template = PromptTemplate(prompt, known: Self.placeholders)
    if let mistake = template.mistakes(required: ["passage"]).first { throw mistake }
  }

  private static let placeholders = ["headings", "passage", "count", "boundary"]

  public var parameters: JSONValue { ["prompt": .string(StableID.of(template.source))] }

  public func request(for chunk: Chunk, most: Int, sampling: Sampling) -> BackendRequest {
    let messages = template.messages([
      "headings": chunk.headings.isEmpty ? "(none)" : chunk.headings.joined(separator: " > "),
      "passage": chunk.text,
      "count": String(most),
      // Made from the text itself: whoever wrote the text could not foresee it, and so cannot close the passage early.
      "boundary": String(StableID.of("boundary", chunk.text).prefix(8)),
    ])
    return BackendRequest(
      messages: messages, schema: schema(most: most), schemaName: "question_answer_pairs", sampling: sampling,
      passage: chunk)
  }

  public func candidates(in reply: JSONValue, about chunk: Chunk, generator: String) -> [Outcome<Candidate>]? {
    // A small model without an enforced schema often leaves out the outer object.
    guard let pairs = reply["pairs"]?.arrayValue ?? reply.arrayValue else { return nil }
    return pairs.enumerated().map { place, pair in
      var fields: [String] = []
      var missing: [String] = []
      for name in Self.fields {
        let text = pair[name]?.stringValue.map(trimmed) ?? ""
        if text.isEmpty { missing.append(name) }
        fields.append(text)
      }
      guard missing.isEmpty else { return .rejected(incomplete(pair, place: place, missing: missing, chunk: chunk)) }
      let (quote, question, rationale, answer) = (fields[0], fields[1], fields[2], fields[3])
      return .kept(
        Candidate(
          id: StableID.of("candidate", chunk.id, name, String(place), question, rationale, answer, quote),
          chunkID: chunk.id, documentID: chunk.documentID, task: name, generator: generator,
          messages: [
            Message(role: .user, content: question),
            Message(role: .assistant, content: answer, reasoningContent: rationale),
          ],
          quote: quote))
    }
  }

  /// A model writes them in this order where the server holds it to the schema. The quote comes first: written last, it
  /// is made up to fit the answer.
  private static let fields = ["quote", "question", "rationale", "answer"]

  private func schema(most: Int) -> JSONValue {
    let text: JSONValue = ["type": "string"]
    return [
      "type": "object",
      "properties": [
        "pairs": [
          "type": "array", "maxItems": .integer(most),
          "items": [
            "type": "object",
            "properties": .object(JSONObject(Self.fields.map { ($0, text) })),
            "required": .array(Self.fields.map { .string($0) }), "additionalProperties": false,
          ],
        ]
      ],
      "required": ["pairs"], "additionalProperties": false,
    ]
  }

  private func incomplete(_ pair: JSONValue, place: Int, missing: [String], chunk: Chunk) -> Rejection {
    Rejection(
      stage: .generate, check: "incomplete-pair",
      reason: "Pair \(place + 1) of the reply lacks \(missing.joined(separator: ", ")).", page: chunk.pages.first,
      values: ["missing": .array(missing.map { .string($0) }), "place": .integer(place)],
      id: StableID.of("incomplete", chunk.id, name, String(place)), item: ["chunk": .string(chunk.id), "pair": pair])
  }

  private func trimmed(_ text: String) -> String {
    var rest = text[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
