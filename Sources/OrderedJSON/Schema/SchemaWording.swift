/// How messages name values and types.
enum SchemaWording {
  private static let longestText = 40

  /// `the string "5"`, `an array of 3 items`.
  static func describe(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "the boolean \(value)"
    case .integer, .bigInteger: "the integer \(short(value))"
    case .double: "the number \(short(value))"
    case .string: "the string \(short(value))"
    case .array(let elements):
      elements.isEmpty ? "an empty array" : "an array of \(counted(elements.count, "item"))"
    case .object(let members):
      members.isEmpty ? "an empty object" : "an object with \(counted(members.count, "property", "properties"))"
    }
  }

  /// A value as JSON, shortened.
  static func short(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): String(value)
    case .integer(let value): String(value)
    case .bigInteger(let digits): clipped(digits)
    case .double(let value): value.description
    case .string(let text): "\"" + clipped(text) + "\""
    case .array, .object: describe(value)
    }
  }

  /// `1 item`, `3 items`.
  static func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
  }

  /// `a string, an integer or null`.
  static func list(_ types: SchemaTypes) -> String {
    let names = SchemaTypes.names.filter { types.contains($0.type) }.map { entry in
      switch entry.name {
      case "null": "null"
      case "integer", "array", "object": "an " + entry.name
      default: "a " + entry.name
      }
    }
    return alternatives(names)
  }

  /// `a, b or c`.
  static func alternatives(_ names: [String]) -> String {
    guard let last = names.last else { return "nothing" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Cuts long text and makes control characters visible.
  static func clipped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard result.count < longestText else { return String(result) + "…" }
      if scalar == "\n" {
        result.append(contentsOf: "\\n".unicodeScalars)
      } else {
        result.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
      }
    }
    return String(result)
  }
}
