import OrderedJSON

/// A conversation in which tools were called, or rightly were not: a row of the dataset.
public struct ToolUseSample: Hashable, Sendable, Encodable {
  /// What kind of conversation it is.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// One call.
    case single
    /// Several calls in one turn.
    case parallel
    /// A call that needs what an earlier one answered.
    case multiStep = "multi-step"
    /// A request that none of the tools serves, and no call.
    case irrelevance
  }

  public var kind: Kind
  public var messages: [Message]
  /// The tools that the model is shown, in OpenAI's form.
  public var tools: [JSONValue]
  /// The tools that are called.
  public var called: [String]
  /// The tools file that they stand in, as the user knows it.
  public var toolsFile: String
  /// What wrote the words: `scripted`, or a model's name.
  public var generator: String
  /// Whether a call failed on the way, and the conversation goes on from there.
  public var isRecovery = false

  /// The same conversation has the same id.
  public var id: String {
    let said = (try? JSONValueEncoder().encode(messages).serialized()) ?? ""
    return StableID.of("tool-use", kind.rawValue, said, JSONValue.array(tools).serialized())
  }

  enum CodingKeys: String, CodingKey { case id, messages, tools, irrelevance, recovery, source }

  private struct Origin: Encodable {
    var toolsFile: String
    var tools: [String]
    var kind: Kind
    var generator: String

    enum CodingKeys: String, CodingKey {
      case toolsFile = "tools_file"
      case tools, kind, generator
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(id, forKey: .id)
    try values.encode(messages, forKey: .messages)
    try values.encode(tools, forKey: .tools)
    if isRecovery { try values.encode(true, forKey: .recovery) }
    if kind == .irrelevance { try values.encode(true, forKey: .irrelevance) }
    try values.encode(
      Origin(toolsFile: toolsFile, tools: called, kind: kind, generator: generator), forKey: .source)
  }
}
