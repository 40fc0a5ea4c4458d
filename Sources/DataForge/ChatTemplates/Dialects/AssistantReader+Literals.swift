import OrderedJSON

/// Calls that are written like a programming language's.
extension AssistantReader {
  /// `call:NAME{key:value}` between two tokens.
  mutating func readBraces(_ start: Int, _ at: Int, _ end: Int, _ close: Marker, _ quote: Marker) -> Int {
    let resume = text.find(close, at..<end).map { $0 + close.count } ?? end
    let name = text.skip("call:", text.skipSpace(at, end), end)
    guard let brace = text.find("{", name..<end) else { return broken("A call has no arguments", start, resume) }
    var reader = LiteralReader(text: text, at: brace, end: end, quotes: [quote], hasBareKeys: true)
    guard let arguments = reader.value() else { return broken("A call's arguments are broken", brace, resume) }
    let stop = text.skipSpace(reader.at, end)
    guard text.has(close, stop, end) else { return broken("A call is not closed by \(close)", stop, resume) }
    calls.append(ParsedCall(name: text.trimmedString(name..<brace), arguments: arguments))
    return stop + close.count
  }

  /// `name.call(key="value")`: Llama's own tools.
  mutating func readBuiltIn(_ at: Int, _ end: Int) -> Int {
    guard let open = text.find(".call(", at..<end) else { return broken("A call is no JSON object", at, end) }
    var reader = LiteralReader(text: text, at: open + 6, end: end, quotes: ["\""], hasBareKeys: true)
    guard let arguments = reader.members(close: UInt8(ascii: ")"), separator: UInt8(ascii: "=")) else {
      return broken("A call's arguments are broken", open, end)
    }
    calls.append(ParsedCall(name: text.trimmedString(at..<open), arguments: .object(arguments)))
    return reader.at
  }

  /// `[name(key='value'), …]` between two tokens.
  mutating func readPython(_ start: Int, _ at: Int, _ end: Int, _ close: Marker) -> Int {
    let resume = text.find(close, at..<end).map { $0 + close.count } ?? end
    var at = text.skipSpace(at, end)
    guard at < end else { return broken("A call is not closed by \(close)", start, end) }
    if text[at] == UInt8(ascii: "{") || startsWithObject(at, end) { return readJSON(at, end, close: close, start) }
    at = text.skip("[", at, end)
    while true {
      at = text.skipSpace(at, end)
      guard at < end else { return broken("A call is not closed by \(close)", start, end) }
      if text.has(close, at, end) { return at + close.count }
      if text[at] == UInt8(ascii: "]") || text[at] == UInt8(ascii: ",") {
        at += 1
        continue
      }
      guard let open = text.find("(", at..<end), open < resume else {
        return broken("A call has no arguments", at, resume)
      }
      var reader = LiteralReader(text: text, at: open + 1, end: end, quotes: ["'", "\""], hasBareKeys: true)
      guard let arguments = reader.members(close: UInt8(ascii: ")"), separator: UInt8(ascii: "=")) else {
        return broken("A call's arguments are broken", open, resume)
      }
      calls.append(ParsedCall(name: text.trimmedString(at..<open), arguments: .object(arguments)))
      at = reader.at
    }
  }

  private func startsWithObject(_ at: Int, _ end: Int) -> Bool {
    guard text[at] == UInt8(ascii: "[") else { return false }
    let next = text.skipSpace(at + 1, end)
    return next < end && text[next] == UInt8(ascii: "{")
  }
}
