import OrderedJSON

/// Reads the text of one assistant turn: reasoning, calls and what remains.
struct AssistantReader {
  let text: TextBytes
  let dialect: Dialect
  var reasoning: String?
  var calls: [ParsedCall] = []
  var problems: [DialectError] = []
  private var pieces: [Range<Int>] = []

  init(text: TextBytes, dialect: Dialect) {
    self.text = text
    self.dialect = dialect
  }

  /// What remains without calls and reasoning.
  var content: String {
    let pieces = pieces.map(text.trimmed).filter { !$0.isEmpty }
    if pieces.count == 1 { return text.string(pieces[0]) }
    return pieces.map(text.string).joined(separator: "\n")
  }

  mutating func read(_ body: Range<Int>) {
    var at = readReasoning(body)
    let end = body.upperBound
    if readBareCall(at, end) { return }
    while let mark = dialect.bodyMarks.first(in: text, at..<end) {
      if mark.at > at { pieces.append(at..<mark.at) }
      let begin = mark.at + dialect.bodyMarks.tokens[mark.token].count
      guard mark.token < dialect.calls.count else {
        at = begin
        continue
      }
      at = readCall(mark.token, mark.at, begin, end)
    }
    if at < end { pieces.append(at..<end) }
  }

  mutating func fail(_ message: String, _ at: Int) {
    problems.append(
      DialectError(dialect: dialect.name, message: message, offset: text.scalars(0..<min(at, text.count))))
  }

  /// Takes the reasoning from the front.
  mutating func readReasoning(_ body: Range<Int>) -> Int {
    let start = skipNoise(body.lowerBound, body.upperBound)
    for tags in dialect.reasoning {
      if text.has(tags.open, start, body.upperBound) {
        var inner = start + tags.open.count
        // A template that opens the tag for a content that opens it itself.
        while text.has(tags.open, text.skipSpace(inner, body.upperBound), body.upperBound) {
          inner = text.skipSpace(inner, body.upperBound) + tags.open.count
        }
        // An open tag alone is a generation prompt: what follows is the text.
        guard let close = text.find(tags.close, inner..<body.upperBound) else { return inner }
        reasoning = text.trimmedString(inner..<close)
        return close + tags.close.count
      }
    }
    for tags in dialect.reasoning {
      // The open tag belonged to the prompt.
      if let close = text.find(tags.close, start..<body.upperBound), !hasMark(before: close, from: start, tags.open) {
        reasoning = text.trimmedString(start..<close)
        return close + tags.close.count
      }
    }
    return body.lowerBound
  }

  private func hasMark(before close: Int, from start: Int, _ open: Marker) -> Bool {
    text.find(open, start..<close) != nil || dialect.bodyMarks.first(in: text, start..<close) != nil
  }

  private func skipNoise(_ at: Int, _ end: Int) -> Int {
    var at = text.skipSpace(at, end)
    while let token = dialect.bodyMarks.token(in: text, at, end), token >= dialect.calls.count {
      at = text.skipSpace(at + dialect.bodyMarks.tokens[token].count, end)
    }
    return at
  }

  private mutating func readBareCall(_ at: Int, _ end: Int) -> Bool {
    guard dialect.calls.contains(where: { if case .bareJSON = $0 { true } else { false } }) else { return false }
    let start = text.skipSpace(at, end)
    guard start < end, text[start] == UInt8(ascii: "{") else { return false }
    // An answer may be a JSON object too: only one with a name and arguments is a call.
    guard let close = text.endOfJSON(start, end), text.isBlank(close..<end),
      let value = try? text.json(start..<close), let call = JSONCall.call(value)
    else { return false }
    calls.append(call)
    return true
  }

  private mutating func readCall(_ form: Int, _ start: Int, _ at: Int, _ end: Int) -> Int {
    switch dialect.calls[form] {
    case .json(_, let close): return readJSON(at, end, close: close, start)
    case .bareJSON:
      let next = text.skipSpace(at, end)
      return next < end && text[next] != UInt8(ascii: "{")
        ? readBuiltIn(next, end) : readJSON(at, end, close: nil, start)
    case .named(let form): return readNamed(form, start, at, end)
    case .tagged(let form): return readTagged(form, start, at, end)
    case .argumentKeys(_, let close): return readArgumentKeys(start, at, end, close)
    case .nestedTags(let mark): return readNestedTags(mark, start, at, end)
    case .braces(_, let close, let quote): return readBraces(start, at, end, close, quote)
    case .python(_, let close): return readPython(start, at, end, close)
    }
  }
}
