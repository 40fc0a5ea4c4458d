import OrderedJSON

/// Reads values as Python's `repr` writes them, and as Gemma does: keys without quotes, strings between tokens.
struct LiteralReader {
  let text: TextBytes
  var at: Int
  let end: Int
  /// What strings stand between; a one-byte quote may be escaped by `\`.
  let quotes: [Marker]
  /// Whether keys may stand without quotes.
  var hasBareKeys = false
  private var depth = 0

  init(text: TextBytes, at: Int, end: Int, quotes: [Marker], hasBareKeys: Bool = false) {
    self.text = text
    self.at = at
    self.end = end
    self.quotes = quotes
    self.hasBareKeys = hasBareKeys
  }

  /// The value at this place; `nil` where there is none.
  mutating func value() -> JSONValue? {
    depth += 1
    defer { depth -= 1 }
    at = text.skipSpace(at, end)
    guard at < end, depth < 100 else { return nil }
    switch text[at] {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return list(close: UInt8(ascii: "]"))
    case UInt8(ascii: "("): return list(close: UInt8(ascii: ")"))
    default:
      if let quote = quotes.first(where: { text.has($0, at, end) }) { return string(quote).map(JSONValue.string) }
      return word()
    }
  }

  /// Members up to a closing byte; `separator` stands between key and value.
  mutating func members(close: UInt8, separator: UInt8) -> JSONObject? {
    var object = JSONObject()
    while true {
      at = text.skipSpace(at, end)
      guard at < end else { return nil }
      if text[at] == close {
        at += 1
        return object
      }
      guard let key = key(separator), skip(separator), let value = value() else { return nil }
      object[key] = value
      at = text.skipSpace(at, end)
      if at < end, text[at] == UInt8(ascii: ",") { at += 1 } else if at >= end || text[at] != close { return nil }
    }
  }

  private mutating func object() -> JSONValue? {
    at += 1
    return members(close: UInt8(ascii: "}"), separator: UInt8(ascii: ":")).map(JSONValue.object)
  }

  private mutating func key(_ separator: UInt8) -> String? {
    if let quote = quotes.first(where: { text.has($0, at, end) }) { return string(quote) }
    guard hasBareKeys, let stop = text.find(byte: separator, at..<end) else { return nil }
    let key = text.trimmed(at..<stop)
    guard !key.isEmpty, !key.contains(where: { Self.endsWord(text[$0]) || Self.isQuote(text[$0]) }) else { return nil }
    at = stop
    return text.string(key)
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    at = text.skipSpace(at, end)
    guard at < end, text[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func list(close: UInt8) -> JSONValue? {
    at += 1
    var values: [JSONValue] = []
    while true {
      at = text.skipSpace(at, end)
      guard at < end else { return nil }
      if text[at] == close {
        at += 1
        return .array(values)
      }
      guard let value = value() else { return nil }
      values.append(value)
      at = text.skipSpace(at, end)
      if at < end, text[at] == UInt8(ascii: ",") { at += 1 } else if at >= end || text[at] != close { return nil }
    }
  }

  private mutating func string(_ quote: Marker) -> String? {
    let start = at + quote.count
    if quote.count > 1 {
      guard let close = text.find(quote, start..<end) else { return nil }
      at = close + quote.count
      return text.string(start..<close)
    }
    var bytes: [UInt8] = []
    var next = start
    while next < end {
      if text[next] == quote.bytes[0] {
        at = next + 1
        return String(decoding: bytes, as: UTF8.self)
      }
      if text[next] == UInt8(ascii: "\\"), next + 1 < end {
        next += 1
        switch text[next] {
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): bytes.append(text[next])
        default: bytes += [UInt8(ascii: "\\"), text[next]]
        }
      } else {
        bytes.append(text[next])
      }
      next += 1
    }
    return nil
  }

  private mutating func word() -> JSONValue? {
    var stop = at
    while stop < end, !Self.endsWord(text[stop]) { stop += 1 }
    defer { at = stop }
    switch text.string(at..<stop) {
    case "True", "true": return true
    case "False", "false": return false
    case "None", "null", "none": return .null
    case "": return nil
    default: return try? text.json(at..<stop)
    }
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }

  private static func endsWord(_ byte: UInt8) -> Bool {
    TextBytes.isSpace(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ":")
  }
}
