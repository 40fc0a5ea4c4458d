import OrderedJSON

/// Values that a dialect writes as text without a type.
enum UntypedValue {
  /// The best reading of a text: a number, truth value, null, list or object where it reads as one, else the text
  /// without the line feed that the dialect puts around it.
  static func value(_ text: String) -> JSONValue {
    structured(text) ?? .string(inner(text))
  }

  /// The text itself, without the line feed that the dialect puts around it.
  static func text(_ written: String) -> JSONValue { .string(inner(written)) }

  /// The same for every leaf of a value.
  static func typed(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): Self.value(text)
    case .array(let values): .array(values.map(typed))
    case .object(let object): .object(JSONObject(object.map { ($0.key, typed($0.value)) }))
    default: value
    }
  }

  /// A text that is JSON, or a list or word as Python writes it; `nil` where it is just a text.
  static func structured(_ text: String) -> JSONValue? {
    TextBytes.lend(text) { bytes in
      let range = bytes.trimmed(bytes.all)
      guard let first = range.first.map({ bytes[$0] }) else { return nil }
      switch first {
      case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "T"), UInt8(ascii: "F"),
        UInt8(ascii: "N"):
        if let value = try? bytes.json(range) { return value }
        var reader = LiteralReader(text: bytes, at: range.lowerBound, end: range.upperBound, quotes: ["'", "\""])
        guard let value = reader.value(), reader.at == range.upperBound else { return nil }
        return value
      default: return nil
      }
    }
  }

  /// Whether a text may be what a dialect writes for a value.
  static func writes(_ text: String, for value: JSONValue) -> Bool {
    if case .string(let expected) = value {
      return text == expected || inner(text) == expected || dropFirst(text) == expected || dropLast(text) == expected
    }
    guard let read = structured(text) else { return false }
    return ValueEquality.areEqual(value, read)
  }

  private static func inner(_ text: String) -> String { dropLast(dropFirst(text)) }
  private static func dropFirst(_ text: String) -> String { text.utf8.first == 0x0A ? String(text.dropFirst()) : text }
  private static func dropLast(_ text: String) -> String { text.utf8.last == 0x0A ? String(text.dropLast()) : text }
}
