import OrderedJSON

/// Two tasks a sample, as in *Distilling step-by-step*: one row asks for the label (`predict: `), the other for the
/// rationale (`explain: `). The paper's loss weighs the two.
///
/// Each row is `{"id", "task", "prompt", "completion"}` with the row's other members; prompt and completion are text.
/// Source: https://arxiv.org/abs/2305.02301 and https://github.com/google-research/distilling-step-by-step
public enum DistillFormat {
  /// Which of the two tasks a row is.
  public enum Task: String, CaseIterable, Sendable {
    case label, rationale

    /// What the paper puts before the input.
    public var prefix: String {
      switch self {
      case .label: "predict: "
      case .rationale: "explain: "
      }
    }

    var other: Task { self == .label ? .rationale : .label }
  }

  static let members: Set<String> = ["task", "prompt", "completion"]
  private static let remedy = "messages and prompt-completion hold it"

  /// The canonical form of a sample's two rows; other members are the label's.
  /// - Throws: `RowMisfit`, also where the two do not belong together.
  public static func read(label: JSONObject, rationale: JSONObject) throws(RowMisfit) -> JSONObject {
    let (question, answer) = try texts(of: label, .label)
    let (again, reasoning) = try texts(of: rationale, .rationale)
    // Compared as JSON, that is by bytes: Swift takes some different texts for equal.
    guard JSONValue.string(question) == .string(again) else {
      throw RowMisfit("/prompt", "the label and the rationale of this id ask different questions")
    }
    return try MessagesFormat.canonical(
      messages: [
        ChatMessage.plain(.user, question),
        [
          "role": "assistant", "content": .string(answer), "reasoning_content": .string(reasoning),
        ],
      ], rest: label.without(members), origins: ["/prompt", "/completion"])
  }

  /// A row's task.
  /// - Throws: `RowMisfit` where it has none of the two.
  static func task(of row: JSONObject) throws(RowMisfit) -> Task {
    let name = row["task"]?.stringValue ?? ""
    if let task = Task(rawValue: name) { return task }
    let names = Task.allCases.map(\.rawValue)
    throw RowMisfit("/task", "the task is label or rationale\(Suggestion.hint(for: name, among: names))")
  }

  private static func texts(
    of row: JSONObject, _ task: Task
  ) throws(RowMisfit) -> (question: String, completion: String) {
    guard let prompt = row["prompt"]?.stringValue, prompt.utf8.starts(with: task.prefix.utf8) else {
      throw RowMisfit("/prompt", "the prompt of a \(task.rawValue) is text that begins with “\(task.prefix)”")
    }
    guard let completion = row["completion"]?.stringValue else {
      throw RowMisfit("/completion", "the completion is text")
    }
    return (String(decoding: prompt.utf8.dropFirst(task.prefix.utf8.count), as: UTF8.self), completion)
  }

  /// Two rows: the label and the rationale. A row without an id gets one that is made from what it says.
  /// - Throws: `RowMisfit` where there is no reasoning; for system turns, tools, calls and earlier turns unless `lossy`.
  public static func write(_ row: JSONObject, lossy: Bool = false) throws(RowMisfit) -> [JSONObject] {
    let losses = LossRule(format: .distill, allowed: lossy)
    var conversation = try Conversation(row)
    if !conversation.tools.isEmpty {
      try losses.lose("/tools", "tools", "messages, openai, sharegpt and xlam hold them")
    }
    let (question, answer) = try exchange(conversation.turns, losses)
    guard let reasoning = answer.reasoning else {
      throw RowMisfit(
        answer.path + "/reasoning_content",
        "the rationale is missing: distill needs reasoning_content; without it "
          + "prompt-completion fits")
    }
    if !answer.calls.isEmpty {
      try losses.lose(answer.path + "/tool_calls", "tool calls", "messages and prompt-completion hold them")
    }
    let texts = (try losses.text(of: question), try losses.text(of: answer))
    if conversation.others["id"] == nil {
      conversation.others["id"] = .string(StableID.of("distill", JSONValue.object(row).canonical()))
    }
    var rows: [JSONObject] = []
    for (task, completion) in [(Task.label, texts.1), (.rationale, reasoning)] {
      rows.append(
        try conversation.row(
          [
            "task": .string(task.rawValue), "prompt": .string(task.prefix + texts.0),
            "completion": .string(completion),
          ], reserved: members, losses))
    }
    return rows
  }

  /// The question and its answer; where losses are allowed, the last ones.
  private static func exchange(
    _ turns: [ChatTurn], _ losses: LossRule
  ) throws(RowMisfit) -> (ChatTurn, ChatTurn) {
    guard let answer = turns.last, answer.role == .assistant, let asked = turns.lastIndex(where: { $0.role == .user })
    else { throw RowMisfit("/messages", "a distill sample is a question and its answer; \(remedy)") }
    for turn in turns.indices where turn != asked && turn != turns.count - 1 {
      try losses.lose(
        turns[turn].path, "the \(turns[turn].role.rawValue) turn beside the question and its answer", remedy)
    }
    try losses.loseOthers(of: turns[asked], remedy)
    try losses.loseOthers(of: answer, remedy)
    return (turns[asked], answer)
  }
}
