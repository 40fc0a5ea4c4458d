import OrderedJSON

/// The turns of a row, brought from the forms in which datasets write them into that of `messages`.
///
/// Known besides `messages`: ShareGPT's `conversations` (`{"from": "human", "value": …}`, with calls and results in
/// turns of their own), Gemini's `contents`, `input` and `output` of OpenAI's Responses, TRL's `prompt` and `completion`,
/// Glaive's `chat` in one text, and Alpaca's `instruction`, `input` and `output`.
struct RowConversation: Sendable {
  /// How the row writes its turns: what places in it are called.
  enum Form: Hashable, Sendable {
    /// A list under a key; what a turn calls its role and its content.
    case list(key: String, role: String, content: String)
    /// Lists of items, of which several may make one turn.
    case items(ResponsesItems)
    /// Two lists, with so many turns in the first.
    case promptAndCompletion(turnsOfPrompt: Int)
    /// The keys of the texts that hold the turns, one a turn.
    case texts(keys: [String])
  }

  /// The turns as messages; `nil` where the row has none.
  let messages: [JSONValue]?
  let form: Form
  /// The turns that can be nothing but calls, as ShareGPT's `function_call`.
  private(set) var callTurns: Set<Int> = []
  /// What the row tells the model outside of its turns, and where.
  private(set) var system: (place: String, text: String)?

  init(_ row: JSONValue) {
    for key in Self.listKeys {
      guard let written = row[key], let list = ToolRow.unwrapped(written).arrayValue else { continue }
      guard list.contains(where: { $0["from"] != nil }) else {
        messages = list
        form = .list(key: key, role: "role", content: "content")
        return
      }
      messages = list.map(Self.message)
      form = .list(key: key, role: "from", content: "value")
      for (index, turn) in list.enumerated() where turn["from"]?.stringValue.map(Self.callRoles.contains) == true {
        callTurns.insert(index)
      }
      return
    }
    if row["messages"] != nil {
      messages = nil
      form = .list(key: "messages", role: "role", content: "content")
    } else if let turns = GeminiContents.messages(row) {
      messages = turns
      form = .list(key: GeminiContents.key, role: "role", content: "parts")
      system = GeminiContents.system(row)
    } else if let (turns, items) = ResponsesItems.read(row) {
      messages = turns
      form = .items(items)
      system = row["instructions"]?.stringValue.map { ("/instructions", $0) }
    } else if let (turns, form) = Self.promptAndCompletion(row) ?? Self.texts(row) {
      messages = turns
      self.form = form
    } else {
      messages = nil
      form = .list(key: "messages", role: "role", content: "content")
    }
  }

  private static let listKeys = ["messages", "conversations", "conversation"]

  /// How the forms of conversations differ beyond what they call things.
  enum Family: Hashable {
    case chat
    /// Turns tell who speaks by `from`: such datasets write all results of a turn into one.
    case paired
    case gemini
    case responses
  }

  var family: Family {
    switch form {
    case .list(_, "from", _): .paired
    case .list(_, _, "parts"): .gemini
    case .items: .responses
    default: .chat
    }
  }

  // MARK: Places

  /// Where the turns stand, as a JSON Pointer.
  var place: String {
    switch form {
    case .list(let key, _, _): "/" + key
    case .items(let items): items.turns.last?.items.last.map { "/" + $0.key } ?? ""
    case .promptAndCompletion: "/completion"
    case .texts(let keys): keys.last.map { "/" + $0 } ?? ""
    }
  }

  /// A turn.
  func turn(_ index: Int) -> String {
    switch form {
    case .list(let key, _, _): "/\(key)/\(index)"
    case .items(let items): items.turns[index].items.first?.path ?? place
    case .promptAndCompletion(let count): index < count ? "/prompt/\(index)" : "/completion/\(index - count)"
    case .texts(let keys): keys.indices.contains(index) ? "/" + keys[index] : place
    }
  }

  func role(_ index: Int) -> String {
    switch form {
    case .list(_, let role, _): "\(turn(index))/\(role)"
    case .items(let items): items.turns[index].items.first?.index == nil ? turn(index) : turn(index) + "/role"
    case .promptAndCompletion: turn(index) + "/role"
    case .texts: turn(index)
    }
  }

  func content(_ index: Int) -> String {
    switch form {
    case .list(_, _, let content): "\(turn(index))/\(content)"
    case .items(let items):
      items.turns[index].isOfItems || items.turns[index].items.first?.index == nil
        ? turn(index) : turn(index) + "/content"
    case .promptAndCompletion: turn(index) + "/content"
    case .texts: turn(index)
    }
  }

  /// A part of a turn whose content is a list.
  func part(_ index: Int, _ part: Int) -> String {
    if case .items(let items) = form, items.turns[index].isOfItems { return items.turns[index].items[part].path }
    return "\(content(index))/\(part)"
  }

  /// The place behind a turn: in which of the row's lists, and where in it; `nil` where turns stand in texts.
  func behind(_ index: Int) -> (key: String, index: Int)? {
    switch form {
    case .list(let key, _, _): return (key, index + 1)
    case .items(let items):
      guard let last = items.turns[index].items.last else { return nil }
      return (last.key, (last.index ?? 0) + 1)
    case .promptAndCompletion(let count):
      return index < count ? ("prompt", index + 1) : ("completion", index - count + 1)
    case .texts: return nil
    }
  }

  // MARK: ShareGPT

  private static let callRoles: Set<String> = ["function_call", "function-call", "tool_call", "tool_calls"]

  private static let roles: [String: String] = {
    var roles = [
      "human": "user", "gpt": "assistant", "chatgpt": "assistant", "model": "assistant", "bot": "assistant",
      "observation": "tool", "function_response": "tool", "function-response": "tool", "tool_response": "tool",
      "function": "tool", "ipython": "tool",
    ]
    for name in callRoles { roles[name] = "assistant" }
    return roles
  }()

  private static func message(_ turn: JSONValue) -> JSONValue {
    guard let object = turn.objectValue else { return turn }
    return .object(
      JSONObject(
        object.map { key, value in
          switch key {
          case "from": ("role", value.stringValue.flatMap { roles[$0] }.map { .string($0) } ?? value)
          case "value": ("content", value)
          default: (key, value)
          }
        }))
  }

  // MARK: Other forms

  private static func promptAndCompletion(_ row: JSONValue) -> ([JSONValue], Form)? {
    guard let prompt = row["prompt"], let completion = row["completion"] else { return nil }
    if let prompt = prompt.arrayValue, let completion = completion.arrayValue {
      return (prompt + completion, .promptAndCompletion(turnsOfPrompt: prompt.count))
    }
    guard prompt.stringValue != nil, completion.stringValue != nil else { return nil }
    return (
      [["role": "user", "content": prompt], ["role": "assistant", "content": completion]],
      .texts(keys: ["prompt", "completion"])
    )
  }

  private static func texts(_ row: JSONValue) -> ([JSONValue], Form)? {
    if let chat = row["chat"]?.stringValue {
      let turns = GlaiveChat.messages(chat)
      return (turns, .texts(keys: turns.map { _ in "chat" }))
    }
    guard let instruction = row["instruction"]?.stringValue, let output = row["output"] else { return nil }
    let input = row["input"]?.stringValue ?? ""
    let asked = input.isEmpty ? instruction : "\(instruction)\n\(input)"
    return (
      [["role": "user", "content": .string(asked)], ["role": "assistant", "content": output]],
      .texts(keys: ["instruction", "output"])
    )
  }
}
