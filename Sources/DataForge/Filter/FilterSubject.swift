import OrderedJSON

/// What the filter's rules look at: one question with its answer, and what the answer should rest on.
public struct FilterSubject: Codable, Hashable, Sendable {
  /// Names the sample; duplicates are reported by it.
  public var id: String
  /// The last thing that the user says.
  public var question: String
  /// The last thing that the assistant says.
  public var answer: String
  /// Why the answer holds, where a reason is given.
  public var rationale: String?
  /// The words of the document that the answer rests on.
  public var quote: String?
  /// The chunk's text, or else the source's quote: what the answer may be taken from.
  public var evidence: String?
  /// The document's path, or whatever names it in the row.
  public var document: String?
  /// The calls that the assistant makes, as JSON text; empty where it makes none.
  public var calls: String

  /// Puts together what is known of a sample.
  public init(
    id: String, question: String, answer: String, rationale: String? = nil, quote: String? = nil,
    evidence: String? = nil, document: String? = nil, calls: String = ""
  ) {
    self.id = id
    self.question = question
    self.answer = answer
    self.rationale = rationale
    self.quote = quote
    self.evidence = evidence
    self.document = document
    self.calls = calls
  }

  /// A candidate whose quote was found. Its evidence is the chunk's text, and `document` the path as the user knows it.
  public init(_ judged: Judged, evidence: String, document: String) {
    let candidate = judged.candidate
    self.init(
      id: candidate.id, question: candidate.question, answer: candidate.answer, rationale: candidate.rationale,
      quote: judged.citation.quote, evidence: evidence, document: document,
      calls: Self.text(of: candidate.messages.flatMap { $0.toolCalls ?? [] }.map { (.string($0.name), $0.arguments) }))
  }

  /// A row of `messages` format; its evidence is `source.quote`.
  ///
  /// A row without an `id` is named by a hash of its messages. `nil` where the row has no `messages`.
  public init?(row: JSONValue) {
    guard let messages = row["messages"]?.arrayValue else { return nil }
    let user = messages.last { $0["role"]?.stringValue == "user" }
    let assistant = messages.last { $0["role"]?.stringValue == "assistant" }
    let calls = messages.flatMap { $0["tool_calls"]?.arrayValue ?? [] }.map { call in
      let function = call["function"] ?? call
      return (function["name"] ?? .null, function["arguments"] ?? .null)
    }
    self.init(
      id: Self.name(of: row), question: Self.text(of: user), answer: Self.text(of: assistant),
      rationale: assistant?["reasoning_content"]?.stringValue, quote: row["source"]?["quote"]?.stringValue,
      evidence: row["source"]?["quote"]?.stringValue, document: row["source"]?["document"]?.stringValue,
      calls: Self.text(of: calls))
  }

  enum CodingKeys: String, CodingKey { case id, question, answer, rationale, quote, evidence, document, calls }

  private static func name(of row: JSONValue) -> String {
    switch row["id"] {
    case .string(let id)?: id
    case .integer(let id)?: String(id)
    default: StableID.of(row["messages"]?.canonical() ?? "")
    }
  }

  private static func text(of calls: [(name: JSONValue, arguments: JSONValue)]) -> String {
    calls.map { "\($0.name.stringValue ?? "") \($0.arguments.canonical())" }.joined(separator: "\n")
  }

  /// The content of a message; of one in parts, the texts among them.
  private static func text(of message: JSONValue?) -> String {
    switch message?["content"] {
    case .string(let text)?: text
    case .array(let parts)?: parts.compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
    default: ""
    }
  }
}
