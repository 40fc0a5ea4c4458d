import OrderedJSON

/// Tells which schemas OpenAI's servers take as strict: others they refuse as a whole request, and follow as well as they
/// can where they are not called strict.
///
/// Source: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
enum StrictSchema {
  /// Whether every object lists its properties, all of them required and no others, in words that are supported.
  static func holds(_ schema: JSONValue) -> Bool {
    guard let object = schema.objectValue, object.allSatisfy({ known.contains($0.key) }) else { return false }
    if let choices = object["anyOf"] { return choices.arrayValue?.allSatisfy(holds) ?? false }
    guard object["type"] != nil || object["enum"] != nil || object["const"] != nil else { return false }
    if let items = object["items"], !holds(items) { return false }
    guard object["type"] == "object" else { return true }
    let properties = object["properties"]?.objectValue ?? [:]
    let required = Set(object["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    return object["additionalProperties"] == false && required == Set(properties.keys)
      && properties.values.allSatisfy(holds)
  }

  private static let known: Set<String> = [
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "description", "title",
    "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern",
    "format",
  ]
}
