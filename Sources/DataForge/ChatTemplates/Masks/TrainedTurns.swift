import OrderedJSON

/// Which turns of a conversation the loss sees: what a role says, corrected by what each message says of itself.
public struct TrainedTurns: Hashable, Sendable {
  /// The roles whose turns are trained on; `nil` for the whole text, headers included.
  public var roles: Set<String>?
  /// Whether only the assistant's last turn is trained on.
  public var lastOnly: Bool

  /// What fine-tuning on conversations trains on: everything that the assistant says.
  public static let assistant = TrainedTurns(roles: ["assistant"])

  /// Takes roles as they stand in messages.
  public init(roles: Set<String>?, lastOnly: Bool = false) {
    self.roles = roles
    self.lastOnly = lastOnly
  }

  /// The words that a user may write besides `all` and `last`.
  public static let knownRoles = ["assistant", "user", "tool", "system", "developer"]

  /// Reads `assistant,tool`, `last` (the assistant's last turn) or `all`.
  /// - Throws: `UnknownTurn` with the word that is none of these.
  public init(parsing text: String) throws(UnknownTurn) {
    let words = text.split(separator: ",").map { String($0.filter { $0 != " " }) }
    self.init(roles: [])
    guard !words.isEmpty else { throw UnknownTurn(word: text) }
    for word in words {
      switch word {
      case "all": roles = nil
      case "last":
        roles?.insert("assistant")
        lastOnly = true
      case _ where Self.knownRoles.contains(word): roles?.insert(word)
      default: throw UnknownTurn(word: word)
      }
    }
  }

  /// A word that names no turns.
  public struct UnknownTurn: Error, Hashable, Sendable, CustomStringConvertible {
    public var word: String

    public var description: String {
      let known = TrainedTurns.knownRoles + ["last", "all"]
      return "there are no turns “\(word)”\(Suggestion.hint(for: word, among: known)); write one or more of "
        + known.joined(separator: ", ")
    }
  }

  /// For each message whether the loss sees it.
  ///
  /// A message's own word goes first: `weight` 0 or more (OpenAI), `train` or `training` true or false (axolotl).
  func wanted(_ messages: [JSONValue]) -> [Bool] {
    let last = messages.lastIndex { $0["role"]?.stringValue == "assistant" }
    return messages.enumerated().map { index, message in
      if let own = Self.ownWord(of: message) { return own }
      let role = message["role"]?.stringValue ?? ""
      guard roles?.contains(role) ?? true else { return false }
      return !lastOnly || role != "assistant" || index == last
    }
  }

  private static func ownWord(of message: JSONValue) -> Bool? {
    if let weight = message["weight"]?.doubleValue { return weight > 0 }
    return message["train"]?.boolValue ?? message["training"]?.boolValue
  }
}
