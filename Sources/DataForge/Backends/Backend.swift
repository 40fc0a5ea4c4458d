import OrderedJSON

/// What steers a model's choice of words.
public struct Sampling: Codable, Hashable, Sendable {
  public var temperature: Double
  public var topP: Double?
  /// The most tokens that a reply may have.
  public var maxTokens: Int
  public var seed: Int?

  public init(temperature: Double = 0, topP: Double? = nil, maxTokens: Int = 1024, seed: Int? = nil) {
    self.temperature = temperature
    self.topP = topP
    self.maxTokens = maxTokens
    self.seed = seed
  }

  enum CodingKeys: String, CodingKey {
    case temperature
    case topP = "top_p"
    case maxTokens = "max_tokens"
    case seed
  }
}

/// A question to a backend.
public struct BackendRequest: Codable, Hashable, Sendable {
  public var messages: [Message]
  /// The JSON Schema that the reply must follow, and a name for it.
  public var schema: JSONValue?
  public var schemaName: String?
  public var sampling: Sampling
  /// The passage that the request is about, for a backend that reads the source and not the prompt. It is never sent
  /// and is no part of what names the request.
  public var passage: Chunk?

  public init(
    messages: [Message], schema: JSONValue? = nil, schemaName: String? = nil, sampling: Sampling,
    passage: Chunk? = nil
  ) {
    self.messages = messages
    self.schema = schema
    self.schemaName = schemaName
    self.sampling = sampling
    self.passage = passage
  }

  enum CodingKeys: String, CodingKey {
    case messages, schema
    case schemaName = "schema_name"
    case sampling
  }
}

/// How many tokens a call took, as the server counted them.
public struct TokenUsage: Codable, Hashable, Sendable {
  public var prompt: Int
  public var completion: Int

  public init(prompt: Int = 0, completion: Int = 0) {
    self.prompt = prompt
    self.completion = completion
  }

  public static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
    TokenUsage(prompt: left.prompt + right.prompt, completion: left.completion + right.completion)
  }
}

/// Why a model stopped writing.
public enum FinishReason: String, Codable, Sendable {
  case stop, length
  case contentFilter = "content_filter"
  case toolCalls = "tool_calls"
  case other
}

/// A backend's answer.
public struct BackendReply: Codable, Hashable, Sendable {
  public var text: String
  public var usage: TokenUsage
  public var finishReason: FinishReason
  /// Calls that the server found in what the model wrote; the text is then empty or stands beside them.
  public var toolCalls: [ToolCall]
  /// What the model thought before, where the server keeps it apart.
  public var reasoning: String?

  public init(
    text: String, usage: TokenUsage, finishReason: FinishReason, toolCalls: [ToolCall] = [], reasoning: String? = nil
  ) {
    self.text = text
    self.usage = usage
    self.finishReason = finishReason
    self.toolCalls = toolCalls
    self.reasoning = reasoning
  }

  enum CodingKeys: String, CodingKey {
    case text, usage, reasoning
    case finishReason = "finish_reason"
    case toolCalls = "tool_calls"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    text = try values.decode(String.self, forKey: .text)
    usage = try values.decode(TokenUsage.self, forKey: .usage)
    finishReason = try values.decode(FinishReason.self, forKey: .finishReason)
    toolCalls = try values.decodeIfPresent([ToolCall].self, forKey: .toolCalls) ?? []
    reasoning = try values.decodeIfPresent(String.self, forKey: .reasoning)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(text, forKey: .text)
    try values.encode(usage, forKey: .usage)
    try values.encode(finishReason, forKey: .finishReason)
    if !toolCalls.isEmpty { try values.encode(toolCalls, forKey: .toolCalls) }
    try values.encodeIfPresent(reasoning, forKey: .reasoning)
  }
}

/// Who answers prompts.
public protocol Backend: Sendable {
  /// `openai`, `replay`, …
  var name: String { get }
  /// The model's name; part of what decides the output.
  var model: String { get }
  /// How many requests it likes to have under way at once.
  var concurrency: Int { get }
  /// Whether asking again costs neither money nor noticeable time, so that replies need not be kept.
  var isFree: Bool { get }

  /// Answers one request, trying again where that can help.
  /// - Throws: `BackendError`; `CancellationError` where the task was cancelled.
  func reply(to request: BackendRequest) async throws -> BackendReply

  /// Lets go of what the backend holds open. No request may follow it.
  func shutdown() async throws
}

extension Backend {
  public func shutdown() async throws {}
}

extension Backend {
  public var isFree: Bool { false }
}
