import OrderedJSON

/// Reads a rendered text to turns.
struct TurnReader {
  let text: TextBytes
  let dialect: Dialect
  var turns: [ParsedTurn] = []
  var problems: [DialectError] = []
  var brokenCalls: [DialectError] = []
  var definitions: [Range<Int>] = []
  /// Reasoning that stood in a turn of its own and belongs to the next one of the assistant.
  private var pending: (text: String, start: Int)?
  private var counted = (byte: 0, scalar: 0)
  private var hasOpened = false

  init(text: TextBytes, dialect: Dialect) {
    self.text = text
    self.dialect = dialect
  }

  mutating func read() -> DialectReading {
    let openings = dialect.turns.openings
    var at = 0
    while let mark = nextMark(from: at) {
      let begin = mark.at + dialect.turnMarks.tokens[mark.token].count
      guard mark.token < openings.count else {
        readStray(at..<mark.at, through: begin)
        at = begin
        continue
      }
      readStray(at..<mark.at, through: mark.at)
      hasOpened = true
      at = readTurn(openings[mark.token], begin)
    }
    readStray(at..<text.count, through: text.count)
    takePending()
    return DialectReading(
      chat: ParsedChat(turns: turns), problems: problems, brokenCalls: brokenCalls, definitions: definitions)
  }

  mutating func fail(_ message: String, _ at: Int) {
    problems.append(DialectError(dialect: dialect.name, message: message, offset: scalarOffset(at)))
  }

  private func nextMark(from start: Int) -> (at: Int, token: Int)? {
    var at = start
    while let mark = dialect.turnMarks.first(in: text, at..<text.count) {
      guard mark.token < dialect.turns.openings.count, dialect.turns.openings[mark.token].atLineStart,
        !isLineStart(mark.at)
      else { return mark }
      at = mark.at + 1
    }
    return nil
  }

  /// Whether only spaces or a token stand before it in its line.
  private func isLineStart(_ at: Int) -> Bool {
    var at = at
    while at > 0, text[at - 1] == 0x20 { at -= 1 }
    if at == 0 || text[at - 1] == 0x0A { return true }
    return dialect.turns.noise.contains { at >= $0.count && text.has($0, at - $0.count, at) }
  }

  /// Text that no header opens.
  private mutating func readStray(_ range: Range<Int>, through end: Int) {
    var start = text.skipSpace(range.lowerBound, range.upperBound)
    while let token = dialect.turns.noise.first(where: { text.has($0, start, range.upperBound) }) {
      start = text.skipSpace(start + token.count, range.upperBound)
    }
    guard start < range.upperBound else { return }
    let role = hasOpened ? dialect.turns.between : dialect.turns.leading
    if let role {
      hasOpened = true
      emit(role, start..<range.upperBound, start..<end)
    } else if hasOpened {
      fail("Text stands outside every turn", start)
    }
  }

  private static let assistant: Marker = "assistant"

  private mutating func readTurn(_ opening: TurnForm.Opening, _ begin: Int) -> Int {
    var start = begin
    var header = 0..<0
    switch opening.kind {
    case .header, .recipient:
      let limit = nextTurn(from: begin)
      let found = text.find(dialect.turns.headerEnd, begin..<limit)
      header = text.trimmed(begin..<(found ?? limit))
      start = found.map { $0 + dialect.turns.headerEnd.count } ?? limit
    default:
      if let end = opening.headerEnd, let found = text.find(end, begin..<nextTurn(from: begin)) {
        start = found + end.count
      }
    }
    var stop = text.count
    var next = text.count
    if let mark = nextMark(from: start) {
      stop = mark.at
      let isEnd = mark.token >= dialect.turns.openings.count
      next = isEnd ? mark.at + dialect.turnMarks.tokens[mark.token].count : mark.at
    }
    let body = start..<stop
    switch opening.kind {
    case .role(let role): emit(role, body, start..<next)
    case .header: emit(TurnForm.role(named: text.string(header)), body, start..<next)
    case .recipient:
      // The assistant chooses its channel and whom it speaks to.
      let isOwn = text.has(Self.assistant, header.lowerBound, header.upperBound)
      let own = isOwn ? header.lowerBound + Self.assistant.count : start
      emitRecipient(Recipient(text.string(header)), body, own..<next)
    case .reasoning: pending = (text.trimmedString(body), start)
    case .calls:
      var reader = AssistantReader(text: text, dialect: dialect)
      _ = reader.readJSON(body.lowerBound, body.upperBound, close: nil, body.lowerBound)
      take(reader, start..<next)
    case .definitions: definitions.append(body)
    }
    return next
  }

  /// Where the next turn opens: a header cannot reach beyond it.
  private func nextTurn(from at: Int) -> Int {
    var at = at
    while let mark = nextMark(from: at) {
      if mark.token < dialect.turns.openings.count { return mark.at }
      at = mark.at + 1
    }
    return text.count
  }

  // MARK: - Turns

  private mutating func emit(_ role: String, _ body: Range<Int>, _ trained: Range<Int>) {
    if role != "assistant" { takePending() }
    switch role {
    case "assistant": emitAssistant(body, trained)
    case "tool": emitTool(body, trained, name: nil)
    case "definitions": definitions.append(body)
    case "user", "system":
      definitions.append(body)
      if role == "user" || dialect.turns.systemInUser != nil {
        emitUser(body, trained)
      } else {
        emitText(role, body, trained)
      }
    default:
      definitions.append(body)
      emitText(role, body, trained)
    }
  }

  private mutating func emitUser(_ body: Range<Int>, _ trained: Range<Int>) {
    guard let brackets = dialect.turns.systemInUser, let open = text.find(brackets.open, body),
      let close = text.find(brackets.close, open + brackets.open.count..<body.upperBound)
    else { return emitText("user", body, trained) }
    append(role: "system", open + brackets.open.count..<close)
    let rest = close + brackets.close.count..<body.upperBound
    if !text.isBlank(rest) { emitText("user", rest, trained) }
  }

  /// A turn whose text may hold tool results.
  private mutating func emitText(_ role: String, _ body: Range<Int>, _ trained: Range<Int>) {
    var at = body.lowerBound
    var hasResults = false
    // Only what a turn begins with is a result: a text may speak of the tokens further down.
    while true {
      let start = skipNoise(at, body.upperBound)
      guard let mark = dialect.resultMarks.token(in: text, start, body.upperBound) else { break }
      hasResults = true
      at = readResult(mark, start, body.upperBound)
    }
    if !hasResults || !text.isBlank(at..<body.upperBound) {
      append(role: role, at..<body.upperBound, trained: hasResults ? nil : trained)
    }
  }

  mutating func emitTool(_ body: Range<Int>, _ trained: Range<Int>, name: String?) {
    let start = skipNoise(body.lowerBound, body.upperBound)
    guard dialect.resultMarks.token(in: text, start, body.upperBound) == nil else {
      return emitText("tool", body, trained)
    }
    appendTurn(body, name: name)
  }

  private func skipNoise(_ at: Int, _ end: Int) -> Int {
    var at = text.skipSpace(at, end)
    while let token = dialect.noise.first(where: { text.has($0, at, end) }) {
      at = text.skipSpace(at + token.count, end)
    }
    return at
  }

  private mutating func emitAssistant(_ body: Range<Int>, _ trained: Range<Int>) {
    guard dialect.turns.resultsInAssistant, let mark = dialect.resultMarks.first(in: text, body) else {
      var reader = AssistantReader(text: text, dialect: dialect)
      reader.read(body)
      return take(reader, trained)
    }
    if !text.isBlank(body.lowerBound..<mark.at) {
      var reader = AssistantReader(text: text, dialect: dialect)
      reader.read(body.lowerBound..<mark.at)
      take(reader, trained.lowerBound..<mark.at)
    }
    let next = readResult(mark.token, mark.at, body.upperBound)
    if !text.isBlank(next..<body.upperBound) { emitAssistant(next..<body.upperBound, next..<trained.upperBound) }
  }

  private mutating func emitRecipient(_ header: Recipient, _ body: Range<Int>, _ trained: Range<Int>) {
    if header.isResult {
      takePending()
      return emitTool(body, trained, name: header.toolName)
    }
    guard header.role == "assistant" else { return emit(TurnForm.role(named: header.role), body, trained) }
    if header.isReasoning {
      takePending()
      pending = (text.trimmedString(body), trained.lowerBound)
      return
    }
    guard let tool = header.calledTool, dialect.calls.isEmpty else { return emitAssistant(body, trained) }
    var reader = AssistantReader(text: text, dialect: dialect)
    let range = text.trimmed(body)
    do {
      reader.calls.append(ParsedCall(name: tool, arguments: try text.json(range)))
    } catch {
      reader.fail("A call's JSON is broken: \(error)", range.lowerBound)
    }
    take(reader, trained)
  }

  // MARK: - What goes out

  private mutating func take(_ reader: AssistantReader, _ trained: Range<Int>) {
    problems += reader.problems
    brokenCalls += reader.problems
    var reasoning = reader.reasoning
    var start = trained.lowerBound
    if let pending {
      reasoning = pending.text
      start = pending.start
      self.pending = nil
    }
    let content = reader.content
    let range = scalarOffset(start)..<scalarOffset(trained.upperBound)
    if dialect.turns.splitsAssistant, reasoning == nil, content.isEmpty, !reader.calls.isEmpty,
      let last = turns.indices.last, turns[last].role == "assistant"
    {
      turns[last].calls += reader.calls
      turns[last].trained = turns[last].trained.lowerBound..<range.upperBound
      return
    }
    turns.append(
      ParsedTurn(role: "assistant", content: content, reasoning: reasoning, calls: reader.calls, trained: range))
  }

  /// Reasoning that nothing of the assistant follows.
  private mutating func takePending() {
    guard let pending else { return }
    self.pending = nil
    let start = scalarOffset(pending.start)
    turns.append(ParsedTurn(role: "assistant", content: "", reasoning: pending.text, trained: start..<start))
  }

  private mutating func append(role: String, _ body: Range<Int>, trained: Range<Int>? = nil) {
    let range = trained ?? body
    turns.append(
      ParsedTurn(
        role: role, content: text.trimmedString(body),
        trained: scalarOffset(range.lowerBound)..<scalarOffset(range.upperBound)))
  }

  mutating func append(tool content: String, name: String?, id: String?, _ body: Range<Int>) {
    turns.append(
      ParsedTurn(
        role: "tool", content: content, toolName: name, callID: id,
        trained: scalarOffset(body.lowerBound)..<scalarOffset(body.upperBound)))
  }

  /// How many scalars stand before a byte; cheap where the bytes come in order.
  private mutating func scalarOffset(_ byte: Int) -> Int {
    if byte < counted.byte { counted = (0, 0) }
    counted = (byte, counted.scalar + text.scalars(counted.byte..<byte))
    return counted.scalar
  }
}
