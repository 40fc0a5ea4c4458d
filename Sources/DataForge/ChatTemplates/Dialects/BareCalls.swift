import OrderedJSON

/// Calls that stand in a text without a dialect's tokens: the whole text is JSON or calls as Python writes them, or JSON
/// stands in a code fence or in prose.
enum BareCalls {
  /// Finds them; `nil` where there is none.
  static func find(in text: String) -> CallsInText? {
    TextBytes.lend(text) { bytes in
      let whole = withoutEnd(bytes)
      guard let first = whole.first.map({ bytes[$0] }) else { return nil }
      switch first {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if let value = try? bytes.json(whole) {
          return calls(value).map { CallsInText(calls: $0, rest: "", form: "which is JSON") }
        }
        if let python = python(bytes, whole) { return python }
      default:
        if bytes[whole.upperBound - 1] == UInt8(ascii: ")"), let python = python(bytes, whole) { return python }
      }
      guard speaksOfCalls(bytes) else { return nil }
      if let broken = claim(bytes, whole) { return broken }
      return inProse(bytes, whole)
    }
  }

  /// What ends a turn in one model family or another.
  private static let ends: [Marker] = [
    "<|eot_id|>", "<|eom_id|>", "<|im_end|>", "<|end|>", "<|endoftext|>", "</s>", "<eos>", "<end_of_turn>",
  ]

  private static func withoutEnd(_ text: TextBytes) -> Range<Int> {
    let whole = text.trimmed(text.all)
    for end in ends where whole.count >= end.count && text.has(end, whole.upperBound - end.count, whole.upperBound) {
      return text.trimmed(whole.lowerBound..<whole.upperBound - end.count)
    }
    return whole
  }

  /// The calls of a value that is a call, a list of calls, or `{"tool_calls": […]}`; `nil` where anything else is in it.
  private static func calls(_ value: JSONValue) -> [ParsedCall]? {
    let list = value.arrayValue ?? value["tool_calls"]?.arrayValue ?? [value]
    guard !list.isEmpty else { return nil }
    var calls: [ParsedCall] = []
    for element in list {
      guard let call = JSONCall.call(element), call.arguments.objectValue != nil || call.arguments.stringValue != nil
      else { return nil }
      calls.append(call)
    }
    return calls
  }

  /// `[weather(city='Oslo'), clock()]`, or one such call without brackets.
  private static func python(_ text: TextBytes, _ range: Range<Int>) -> CallsInText? {
    let isList = text[range.lowerBound] == UInt8(ascii: "[")
    let start = isList ? text.skipSpace(range.lowerBound + 1, range.upperBound) : range.lowerBound
    guard let open = text.endOfCallName(start, range.upperBound) else { return nil }
    // Prose has brackets, too.
    let isWord = !text.string(start..<open).contains(" ")
    guard isList || isWord else { return nil }
    let form = "as Python writes them"
    let written = isList ? text.string(range) : "[\(text.string(range))]"
    let isClosed = text.string(range).hasSuffix(isList ? "]" : ")")
    let reading =
      isClosed
      ? try? Dialect.named("lfm2")?.calls(
        inAssistantText: "<|tool_call_start|>\(written)<|tool_call_end|>") : nil
    if let reading, !reading.calls.isEmpty, reading.rest.isEmpty,
      isList || reading.calls.contains(where: { $0.arguments.objectValue?.isEmpty == false })
    {
      return CallsInText(calls: reading.calls, rest: "", form: form)
    }
    guard isList, isWord, isClosed || text.hasNamedArgument(open + 1, range.upperBound) else { return nil }
    return CallsInText(
      calls: [], rest: text.string(range), form: form,
      problem: "The text begins as a list of calls in Python, but is broken")
  }

  private static let keys: [Marker] = ["\"arguments\"", "\"parameters\""]

  private static func speaksOfCalls(_ text: TextBytes) -> Bool {
    keys.contains { text.find($0, text.all) != nil }
  }

  /// JSON with a name and arguments, wherever it stands. Text around it is kept as the rest.
  private static func inProse(_ text: TextBytes, _ whole: Range<Int>) -> CallsInText? {
    var found: [ParsedCall] = []
    var isFenced = false
    var pieces: [String] = []
    var from = whole.lowerBound
    var at = from
    // A hostile text can make every bracket look like a beginning up to its end.
    var budget = 4 * text.count + 4_096
    while at < whole.upperBound, budget > 0 {
      guard text[at] == UInt8(ascii: "{") || text[at] == UInt8(ascii: "[") else {
        at += 1
        continue
      }
      let stop = text.endOfJSON(at, whole.upperBound)
      budget -= (stop ?? whole.upperBound) - at
      guard let stop, let value = try? text.json(at..<stop), let calls = calls(value) else {
        at += 1
        continue
      }
      let (start, end, fenced) = fence(text, at..<stop)
      isFenced = isFenced || fenced
      pieces.append(text.trimmedString(from..<max(from, start)))
      found += calls
      (from, at) = (end, end)
    }
    guard !found.isEmpty else { return nil }
    pieces.append(text.trimmedString(from..<max(from, whole.upperBound)))
    return CallsInText(
      calls: found, rest: pieces.filter { !$0.isEmpty }.joined(separator: "\n"),
      form: isFenced ? "where they stand in a code fence" : "where JSON stands among prose")
  }

  /// The range with the code fence around it, if there is one.
  private static func fence(_ text: TextBytes, _ range: Range<Int>) -> (start: Int, end: Int, isFenced: Bool) {
    let fence: Marker = "```"
    var start = range.lowerBound
    while start > 0, TextBytes.isSpace(text[start - 1]) { start -= 1 }
    let wordEnd = start
    while start > 0, text[start - 1] | 0x20 >= UInt8(ascii: "a"),
      text[start - 1] | 0x20 <= UInt8(ascii: "z")
        || text[start - 1] == UInt8(ascii: "_"), wordEnd - start < 16
    {
      start -= 1
    }
    guard start >= 3, text.has(fence, start - 3, text.count) else { return (range.lowerBound, range.upperBound, false) }
    let end = text.skipSpace(range.upperBound, text.count)
    return (start - 3, text.has(fence, end, text.count) ? end + 3 : range.upperBound, true)
  }

  /// A text that begins as a call in JSON, but is broken. Other calls in it must not hide that.
  private static func claim(_ text: TextBytes, _ whole: Range<Int>) -> CallsInText? {
    let isList = text[whole.lowerBound] == UInt8(ascii: "[")
    let start = isList ? text.skipSpace(whole.lowerBound + 1, whole.upperBound) : whole.lowerBound
    guard start < whole.upperBound, text[start] == UInt8(ascii: "{"),
      text.has("\"name\"", text.skipSpace(start + 1, whole.upperBound), whole.upperBound)
    else { return nil }
    // Prose may follow what is whole.
    if let stop = text.endOfJSON(whole.lowerBound, whole.upperBound), (try? text.json(whole.lowerBound..<stop)) != nil {
      return nil
    }
    do {
      _ = try text.json(whole)
      return nil
    } catch {
      return CallsInText(
        calls: [], rest: text.string(whole), form: "which begins as JSON",
        problem: "The text begins as a call in JSON, but is broken: \(error)")
    }
  }
}

extension TextBytes {
  /// Where the `(` stands that follows a function's name, such as `weather`, `math.sqrt` or `Weather API`.
  fileprivate func endOfCallName(_ start: Int, _ end: Int) -> Int? {
    guard let open = find(byte: UInt8(ascii: "("), start..<end), open > start, open - start <= 128 else { return nil }
    let isName = (start..<open).allSatisfy { at in
      let byte = bytes[at]
      return Self.isWord(byte) || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
    }
    return isName ? open : nil
  }

  /// Whether `key=` begins at a place.
  fileprivate func hasNamedArgument(_ start: Int, _ end: Int) -> Bool {
    var at = skipSpace(start, end)
    let first = at
    while at < end, Self.isWord(bytes[at]) { at += 1 }
    let sign = skipSpace(at, end)
    return at > first && sign < end && bytes[sign] == UInt8(ascii: "=")
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }
}
