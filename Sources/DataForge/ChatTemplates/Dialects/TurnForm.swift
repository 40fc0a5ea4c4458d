/// How a dialect writes turns: what opens one, what ends it, and whose the text between turns is.
struct TurnForm: Sendable {
  /// What a literal opens.
  enum Kind: Hashable, Sendable {
    case role(String)
    /// The role's name follows, up to `headerEnd`.
    case header
    /// A header of the form `assistant to=functions.NAME<|channel|>commentary`, up to `headerEnd`.
    case recipient
    /// An assistant's reasoning; what the assistant says follows as a turn.
    case reasoning
    /// An assistant's calls, without anything around them.
    case calls
    /// Tool definitions.
    case definitions
  }

  struct Opening: Sendable {
    let token: Marker
    let kind: Kind
    /// What ends it; empty: the form's own ends.
    var ends: [Marker] = []
    /// Whether it counts at the beginning of a line only.
    var atLineStart = false
    /// What stands behind a name that nobody needs.
    var headerEnd: Marker?
  }

  var openings: [Opening]
  /// What ends the header of an opening whose role follows.
  var headerEnd: Marker = "\n"
  /// What ends a turn. Where there is none, the next opening does.
  var ends: [Marker] = []
  /// Whose the text before the first opening is.
  var leading: String?
  /// Whose the text behind the end of a turn is that no header opens.
  var between: String?
  /// Tokens that mean nothing between turns.
  var noise: [Marker] = beginnings
  /// Brackets of a system text inside the user's turn.
  var systemInUser: (open: Marker, close: Marker)?
  /// Whether an assistant's text, reasoning and calls stand in turns of their own.
  var splitsAssistant = false
  /// What the prompt ends with, where an assistant's turns are split: what a model writes goes on behind it.
  var assistantHeader: Marker = ""
  /// Whether tool results stand inside the assistant's turn.
  var resultsInAssistant = false

  /// What stands before a conversation in one model family or another and belongs to no turn.
  static let beginnings: [Marker] = [
    "<s>", "</s>", "<bos>", "<eos>", "<|begin_of_text|>", "<|endoftext|>", "<|startoftext|>", "<｜begin▁of▁sentence｜>",
    "[gMASK]<sop>", "[gMASK]", "<sop>", "]~!b[", "<begin_of_document>", "〈|EOS|〉", "<|begin_of_document|>",
  ]
}

extension TurnForm {
  /// `OPEN role HEADEREND … END`.
  static func headed(_ open: Marker, _ headerEnd: Marker = "\n", ends: [Marker]) -> TurnForm {
    TurnForm(openings: [Opening(token: open, kind: .header)], headerEnd: headerEnd, ends: ends)
  }

  /// A literal for each role.
  static func marked(_ marks: [(Marker, String)], ends: [Marker] = [], atLineStart: Bool = false) -> TurnForm {
    TurnForm(
      openings: marks.map { Opening(token: $0.0, kind: .role($0.1), atLineStart: atLineStart) }, ends: ends)
  }

  /// The role that a name in a header means; the name itself where it is not known.
  static func role(named name: String) -> String {
    switch name {
    case "user", "User", "human", "HUMAN", "Human", "user name=user", "USER": "user"
    case "assistant", "model", "ai", "bot", "gpt", "ASSISTANT", "Assistant", "ai name=assistant", "chatbot":
      "assistant"
    case "system", "System", "SYSTEM", "system ai_setting=assistant": "system"
    case "tool", "ipython", "function", "observation", "OBSERVATION", "tool_response", "Tool", "tool name=tools":
      "tool"
    case "available_tools", "tools", "system tool_setting=tools": "definitions"
    default: name
    }
  }
}
