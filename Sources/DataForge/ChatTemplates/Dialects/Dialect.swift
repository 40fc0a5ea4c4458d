import OrderedJSON

/// How a family of models writes turns, calls, tool results and reasoning as text, and how it is read back.
///
/// Sources: the models' own chat templates.
public struct Dialect: Sendable {
  /// The name, such as `qwen3` or `llama3.1`.
  public let name: String
  let turns: TurnForm
  let reasoning: [ReasoningTags]
  let calls: [CallForm]
  let results: [ResultForm]
  /// Tokens of an assistant's text that mean nothing by themselves.
  let noise: [Marker]
  let turnMarks: MarkerSet
  let bodyMarks: MarkerSet
  let resultMarks: MarkerSet

  /// What stands around reasoning.
  struct ReasoningTags: Sendable {
    let open: Marker
    let close: Marker
  }

  init(
    _ name: String, _ turns: TurnForm, reasoning: [(Marker, Marker)] = [], calls: [CallForm] = [],
    results: [ResultForm] = [], noise: [Marker] = []
  ) {
    self.name = name
    self.turns = turns
    // Reasoning models of every family write <think>, whatever their base model's template says.
    self.reasoning =
      reasoning.map { ReasoningTags(open: $0.0, close: $0.1) } + [ReasoningTags(open: "<think>", close: "</think>")]
    self.calls = calls
    self.results = results
    self.noise = noise
    turnMarks = MarkerSet(
      turns.openings.map(\.token)
        + Array(Set(turns.ends + turns.openings.flatMap(\.ends))).sorted {
          $0.description < $1.description
        })
    bodyMarks = MarkerSet(calls.map(\.opening) + noise)
    resultMarks = MarkerSet(results.compactMap(\.opening))
  }

  /// Every token that means something in this dialect, to name the one that a content holds.
  var controlTokens: [Marker] {
    turnMarks.tokens + calls.map(\.opening).filter { $0.count > 0 } + noise + resultMarks.tokens
      + reasoning.flatMap { [$0.open, $0.close] }
  }

  /// The dialect with a name; `nil` where there is none.
  public static func named(_ name: String) -> Dialect? { all.first { $0.name == name } }

  /// Every dialect there is.
  public static let all: [Dialect] =
    chatMLFamily + llamaFamily + mistralFamily + gemmaFamily + deepSeekFamily + channelFamily + glmFamily
    + cohereFamily + graniteFamily + miniMaxFamily + plainFamily + otherFamily

  /// Reads a rendered text back.
  /// - Throws: `DialectError` with the place, where a call is broken or text stands outside every turn.
  public func parse(_ text: String) throws(DialectError) -> ParsedChat {
    let reading = read(text)
    if let problem = reading.problems.first { throw problem }
    return reading.chat
  }

  /// Finds the calls and the reasoning in the text of one assistant turn, such as a model's answer.
  /// - Throws: `DialectError` with the place, where a call is broken.
  public func calls(inAssistantText text: String) throws(DialectError) -> AssistantText {
    if turns.splitsAssistant { return try splitCalls(text) }
    let result = TextBytes.lend(text) { bytes -> Result<AssistantText, DialectError> in
      var end = bytes.count
      if let found = assistantEnds.first(in: bytes, bytes.all) { end = found.at }
      var reader = AssistantReader(text: bytes, dialect: self)
      reader.read(0..<end)
      if let problem = reader.problems.first { return .failure(problem) }
      return .success(AssistantText(calls: reader.calls, rest: reader.content, reasoning: reader.reasoning))
    }
    switch result {
    case .success(let value): return value
    case .failure(let error): throw error
    }
  }

  /// What ends a turn of the assistant.
  private var assistantEnds: MarkerSet {
    MarkerSet(turns.ends + turns.openings.filter { $0.kind == .role("assistant") }.flatMap(\.ends))
  }

  /// The same for dialects whose assistants write several turns.
  private func splitCalls(_ text: String) throws(DialectError) -> AssistantText {
    let header = turns.assistantHeader.description
    let isWhole = turns.openings.contains { text.hasPrefix($0.token.description) }
    let reading = read(isWhole ? text : header + text)
    if var problem = reading.problems.first {
      if !isWhole { problem.offset = max(problem.offset - header.unicodeScalars.count, 0) }
      throw problem
    }
    let turns = reading.chat.turns.filter { $0.role == "assistant" }
    let reasoning = turns.compactMap(\.reasoning).joined(separator: "\n")
    return AssistantText(
      calls: turns.flatMap(\.calls), rest: turns.map(\.content).filter { !$0.isEmpty }.joined(separator: "\n"),
      reasoning: reasoning.isEmpty ? nil : reasoning)
  }

  /// Reads a text as far as it can be read, with all that is wrong with it.
  func read(_ text: String) -> DialectReading {
    TextBytes.lend(text) { bytes in
      var reader = TurnReader(text: bytes, dialect: self)
      return reader.read()
    }
  }
}

/// What could be read of a text.
struct DialectReading {
  var chat: ParsedChat
  var problems: [DialectError]
  /// Those of them that are calls.
  var brokenCalls: [DialectError]
  /// The bytes of everything but what assistant and tools say: where definitions of tools stand.
  var definitions: [Range<Int>]
}
