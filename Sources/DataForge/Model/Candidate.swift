/// What a backend wrote about one chunk, parsed, before anything was checked.
public struct Candidate: Codable, Hashable, Sendable {
  /// A hash of the chunk, the task, the place in the reply and the messages.
  public var id: String
  public var chunkID: String
  public var documentID: String
  /// The task that asked for it, for example `question-answer`.
  public var task: String
  /// What wrote it: `extractive`, or a model's name.
  public var generator: String
  public var messages: [Message]
  /// The passage that the answer rests on, as the backend quoted it.
  public var quote: String

  public init(
    id: String, chunkID: String, documentID: String, task: String, generator: String, messages: [Message],
    quote: String
  ) {
    self.id = id
    self.chunkID = chunkID
    self.documentID = documentID
    self.task = task
    self.generator = generator
    self.messages = messages
    self.quote = quote
  }

  enum CodingKeys: String, CodingKey {
    case id
    case chunkID = "chunk"
    case documentID = "document"
    case task, generator, messages, quote
  }

  /// The last thing that the user says.
  public var question: String { messages.last { $0.role == .user }?.content ?? "" }
  /// The last thing that the assistant says.
  public var answer: String { messages.last { $0.role == .assistant }?.content ?? "" }
  /// Why the answer holds, where the backend gave a reason.
  public var rationale: String? { messages.last { $0.role == .assistant }?.reasoningContent }
}
