import OrderedJSON

/// Tool results inside a turn.
extension TurnReader {
  /// Reads the result that begins at a mark.
  /// - Returns: The place behind it.
  mutating func readResult(_ mark: Int, _ start: Int, _ end: Int) -> Int {
    let open = dialect.resultMarks.tokens[mark]
    guard let form = dialect.results.first(where: { $0.opening == open }) else { return start + open.count }
    let at = start + open.count
    switch form {
    case .turn, .mistral, .kimi: return end
    case .text(_, let close):
      guard let (body, next) = body(at, end, close, start) else { return end }
      append(tool: text.trimmedString(body), name: nil, id: nil, body)
      return next
    case .withIDAndName(_, let idEnd, let nameEnd, let close):
      guard let (body, next) = body(at, end, close, start), let split = text.find(idEnd, body),
        let second = text.find(nameEnd, split..<body.upperBound)
      else {
        fail("A tool result is broken", start)
        return end
      }
      let content = second + nameEnd.count..<body.upperBound
      append(
        tool: text.trimmedString(content), name: text.trimmedString(split + idEnd.count..<second),
        id: text.trimmedString(body.lowerBound..<split), content)
      return next
    case .withName(_, let nameEnd, let close):
      guard let (body, next) = body(at, end, close, start), let split = text.find(nameEnd, body) else { return end }
      let content = split + nameEnd.count..<body.upperBound
      append(tool: text.trimmedString(content), name: text.trimmedString(body.lowerBound..<split), id: nil, content)
      return next
    case .json(_, let close):
      guard let (body, next) = body(at, end, close, start) else { return end }
      appendJSON(body)
      return next
    case .braces(_, let close, let quote): return bracesResult(at, end, close, quote, start)
    }
  }

  private mutating func body(_ at: Int, _ end: Int, _ close: Marker, _ start: Int) -> (Range<Int>, Int)? {
    guard let found = text.find(close, at..<end) else {
      fail("A tool result is not closed by \(close)", start)
      return nil
    }
    return (at..<found, found + close.count)
  }

  /// What a tool's turn holds where nothing marks the result inside it.
  mutating func appendTurn(_ body: Range<Int>, name: String?) {
    var range = text.trimmed(body)
    for form in dialect.results {
      switch form {
      case .mistral:
        if let split = text.find("[TOOL_CONTENT]", range) {
          let id = text.trimmedString(range.lowerBound..<split)
          return append(tool: text.trimmedString(split + 14..<range.upperBound), name: nil, id: id, body)
        }
        if let value = try? text.json(range), value["content"] != nil, value["call_id"] != nil {
          return appendJSON(range)
        }
        // Nemo's own template puts a text that is no JSON there as it is.
        if text.has("{\"content\": ", range.lowerBound, range.upperBound),
          let end = text.find(", \"call_id\": \"", range)
        {
          let id = text.trimmedString(end + 14..<range.upperBound).prefix { $0 != "\"" }
          let content = text.trimmedString(range.lowerBound + 12..<end)
          return append(tool: content, name: nil, id: String(id), body)
        }
      case .kimi:
        guard text.has("## Return of ", range.lowerBound, range.upperBound),
          let line = text.find(byte: 0x0A, range)
        else { continue }
        let id = text.trimmedString(range.lowerBound + 13..<line)
        return append(tool: text.trimmedString(line..<range.upperBound), name: nil, id: id, body)
      case .turn(let prefix, let isJSON):
        range = text.trimmed(text.skip(prefix, range.lowerBound, range.upperBound)..<range.upperBound)
        if isJSON, !range.isEmpty, text[range.lowerBound] == UInt8(ascii: "\""),
          let decoded = (try? text.json(range))?.stringValue
        {
          return append(tool: decoded, name: name, id: nil, body)
        }
      default: continue
      }
    }
    append(tool: text.string(range), name: name, id: nil, body)
  }

  private mutating func appendJSON(_ body: Range<Int>) {
    guard let value = try? text.json(text.trimmed(body)) else {
      return append(tool: text.trimmedString(body), name: nil, id: nil, body)
    }
    for element in value.arrayValue ?? [value] {
      let id = (element["call_id"] ?? element["tool_call_id"])?.stringValue
      if let content = element["content"], id != nil || element.objectValue?.count == 1 {
        append(tool: Self.text(content), name: nil, id: id, body)
      } else if let results = element["results"] {
        append(tool: Self.text(Self.unwrapped(results)), name: nil, id: id, body)
      } else {
        append(tool: Self.text(element), name: nil, id: nil, body)
      }
    }
  }

  private mutating func bracesResult(_ at: Int, _ end: Int, _ close: Marker, _ quote: Marker, _ start: Int) -> Int {
    let name = text.skip("response:", at, end)
    guard let brace = text.find("{", name..<end) else {
      fail("A tool result has no value", start)
      return end
    }
    var reader = LiteralReader(text: text, at: brace, end: end, quotes: [quote], hasBareKeys: true)
    guard let value = reader.value(), text.has(close, reader.at, end) else {
      // Some writers put the bare result there.
      guard let stop = text.find(close, brace..<end) else {
        fail("A tool result is not closed by \(close)", start)
        return end
      }
      let inner = text.trimmed(text.skip("{value:", brace, stop)..<stop)
      let last =
        !inner.isEmpty && text[inner.upperBound - 1] == UInt8(ascii: "}") ? inner.upperBound - 1 : inner.upperBound
      let raw = inner.lowerBound..<last
      append(tool: text.trimmedString(raw), name: text.trimmedString(name..<brace), id: nil, raw)
      return stop + close.count
    }
    var content = value
    if let object = value.objectValue, object.count == 1, let only = object["value"] { content = only }
    append(tool: Self.text(content), name: text.trimmedString(name..<brace), id: nil, brace..<reader.at)
    return reader.at + close.count
  }

  /// A dictionary `{"0": result}` that stands for a single result.
  private static func unwrapped(_ value: JSONValue) -> JSONValue {
    guard let object = value.objectValue, object.count == 1, let only = object["0"] else { return value }
    return only
  }

  private static func text(_ value: JSONValue) -> String { value.stringValue ?? value.serialized(.spaced) }
}
