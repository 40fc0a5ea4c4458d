import OrderedJSON

/// Brings the schemas of one operation into JSON Schema 2020-12.
///
/// References are written out where that is possible; a schema that contains itself, and everything where writing out
/// would take too much, stands once under `$defs`.
struct SpecSchemas {
  /// How much one tool's schema may hold before references are kept.
  private static let mostWrittenOut = 3_000
  /// How much it may hold at all.
  private static let most = 20_000
  private static let deepest = 100

  let references: SpecReferences
  let version: SpecVersion
  /// Schemas that stand once, by their name under `$defs`.
  private(set) var definitions = JSONObject()
  /// What was read differently than written.
  private(set) var notes: [String] = []

  private var names: [String: String] = [:]
  private var path: [String] = []
  private var recursive: Set<String> = []
  private var keepsReferences = false
  private var count = 0
  /// Whether more is known by now than was when this attempt began.
  private var needsAgain = false

  init(references: SpecReferences, version: SpecVersion) {
    self.references = references
    self.version = version
  }

  /// Makes schemas with `body`, again where one turns out to contain itself or to be too large to write out.
  mutating func make<Result>(
    _ body: (inout SpecSchemas) throws(ToolImportError) -> Result
  ) throws(ToolImportError) -> Result {
    while true {
      definitions = [:]
      names = [:]
      path = []
      notes = []
      count = 0
      needsAgain = false
      let result = try body(&self)
      if !needsAgain { return result }
    }
  }

  mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  // MARK: Schemas

  /// The schema in plain terms.
  /// - Throws: `ToolImportError` for references that lead nowhere and schemas without end.
  mutating func plain(_ schema: JSONValue, at place: SpecLocation) throws(ToolImportError) -> JSONValue {
    guard let object = schema.objectValue else { return schema.boolValue.map { .bool($0) } ?? [:] }
    // The rest of this attempt is thrown away anyway.
    if needsAgain { return [:] }
    count += 1
    if count > Self.mostWrittenOut || path.count >= Self.deepest, !keepsReferences {
      keepsReferences = true
      needsAgain = true
      return [:]
    }
    guard count <= Self.most else { throw ToolImportError("its schema has more than \(Self.most) parts") }
    guard path.count < Self.deepest else { throw ToolImportError("its schema is nested deeper than \(Self.deepest)") }
    if let reference = object["$ref"]?.stringValue { return try followed(reference, object, at: place) }
    path.append("")
    defer { path.removeLast() }
    return try converted(object, at: place)
  }

  private mutating func followed(
    _ reference: String, _ object: JSONObject, at place: SpecLocation
  ) throws(ToolImportError) -> JSONValue {
    let target = try references.target(of: reference, from: place)
    if path.contains(target.key), !recursive.contains(target.key), !keepsReferences {
      recursive.insert(target.key)
      needsAgain = true
      return [:]
    }
    let isKept = recursive.contains(target.key) || (keepsReferences && Self.isLarge(target.part.value))
    var result: JSONValue
    if isKept {
      result = ["$ref": .string("#/$defs/" + (try definition(of: target)))]
    } else {
      guard !path.contains(target.key) else { throw ToolImportError("$ref \(reference.shown) leads in a circle") }
      path.append(target.key)
      defer { path.removeLast() }
      result = try plain(target.part.value, at: target.part.place)
    }
    // What stands beside a reference: words about it in every version, and in 3.1 also further conditions.
    var words = JSONObject()
    var conditions = JSONObject()
    for (key, value) in object where key != "$ref" {
      if ["description", "title", "default", "deprecated", "example", "examples", "nullable", "readOnly"].contains(key)
      {
        words[key] = value
      } else if version == .openAPI31, !key.hasPrefix("x-") {
        conditions[key] = value
      }
    }
    if !conditions.isEmpty {
      result = ["allOf": .array([result, try plain(.object(conditions), at: place)])]
    }
    let isNullable = words["nullable"] == true
    words["nullable"] = nil
    words["readOnly"] = nil
    let beside = try words.isEmpty ? [:] : converted(words, at: place).objectValue ?? [:]
    var merged = result.objectValue ?? [:]
    for (key, value) in beside { merged[key] = value }
    return isNullable ? SchemaWords.allowingNull(merged) : .object(merged)
  }

  private func isReadOnly(_ schema: JSONValue, at place: SpecLocation) -> Bool {
    if schema["readOnly"] == true { return true }
    guard schema["$ref"] != nil, let part = try? references.resolved(schema, at: place) else { return false }
    return part.value["readOnly"] == true
  }

  private static func isLarge(_ schema: JSONValue) -> Bool {
    schema["properties"] != nil || schema["allOf"] != nil || schema["oneOf"] != nil || schema["anyOf"] != nil
      || schema["items"] != nil || schema["additionalProperties"]?.objectValue != nil || schema["$ref"] != nil
  }

  private mutating func definition(of target: SpecReferences.Target) throws(ToolImportError) -> String {
    if let name = names[target.key] { return name }
    var name = ToolNames.legal(target.name)
    var number = 2
    while definitions[name] != nil {
      name = "\(ToolNames.legal(target.name))_\(number)"
      number += 1
    }
    names[target.key] = name
    // Its place is taken before it is made, since it may refer to itself.
    definitions[name] = [:]
    let outer = path
    path = [target.key]
    defer { path = outer }
    definitions[name] = try plain(target.part.value, at: target.part.place)
    return name
  }

  /// A part of a schema; of a choice, with the values that a discriminator's mapping tells it by.
  private mutating func part(
    _ inner: JSONValue, of object: JSONObject, isChoice: Bool, at place: SpecLocation
  ) throws(ToolImportError) -> JSONValue {
    if isChoice, SchemaWords.isOnlyNullable(inner) { return ["type": "null"] }
    let part = try plain(inner, at: place)
    guard isChoice, let reference = inner["$ref"]?.stringValue, let discriminator = object["discriminator"],
      let name = discriminator["propertyName"]?.stringValue, let mapping = discriminator["mapping"]?.objectValue
    else { return part }
    let last = reference.split(separator: "/").last.map(String.init)
    let values = mapping.filter { $0.value == .string(reference) || $0.value.stringValue == last }.map {
      JSONValue.string($0.key)
    }
    let told = part["properties"]?[name]
    guard !values.isEmpty, told?["enum"] == nil, told?["const"] == nil else { return part }
    return SchemaMerging.telling(part, by: name, values)
  }

  private mutating func converted(_ object: JSONObject, at place: SpecLocation) throws(ToolImportError) -> JSONValue {
    var result = JSONObject()
    var unwritable: Set<String> = []
    for (key, value) in object {
      switch key {
      case "properties", "patternProperties", "dependentSchemas":
        var members = JSONObject()
        for (name, inner) in value.objectValue ?? [:] {
          // Requests never carry what only the server writes.
          if isReadOnly(inner, at: place) {
            unwritable.insert(name)
          } else {
            members[name] = try plain(inner, at: place)
          }
        }
        result[key] = .object(members)
      case "additionalProperties", "items", "contains", "not", "if", "then", "else", "propertyNames",
        "unevaluatedProperties", "unevaluatedItems":
        if let list = value.arrayValue {
          var parts: [JSONValue] = []
          for inner in list { parts.append(try plain(inner, at: place)) }
          result["prefixItems"] = .array(parts)
        } else if value.objectValue != nil || value.boolValue != nil {
          result[key] = try plain(value, at: place)
        }
      case "allOf", "anyOf", "oneOf", "prefixItems":
        var parts: [JSONValue] = []
        for inner in value.arrayValue ?? [] {
          parts.append(try part(inner, of: object, isChoice: key != "allOf", at: place))
        }
        if !parts.isEmpty { result[key] = .array(parts) }
      case "$defs", "definitions", "$id", "$schema", "$anchor", "$dynamicAnchor", "$recursiveAnchor",
        "$comment", "$vocabulary":
        break
      case "$dynamicRef", "$recursiveRef": note("\"\(key)\" is not followed; anything is taken there")
      case "nullable", "x-nullable": break
      default:
        if let (newKey, newValue) = SchemaWords.plain(key, value, object, &self) { result[newKey] = newValue }
      }
    }
    if !unwritable.isEmpty, let required = result["required"]?.arrayValue {
      let left = required.filter { $0.stringValue.map { !unwritable.contains($0) } ?? true }
      result["required"] = left.isEmpty ? nil : .array(left)
    }
    if let merged = SchemaMerging.merged(result) { result = merged }
    let isNullable = object["nullable"] == true || object["x-nullable"] == true
    return isNullable ? SchemaWords.allowingNull(result) : .object(result)
  }
}
