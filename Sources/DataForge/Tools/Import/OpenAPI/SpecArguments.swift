import OrderedJSON

/// Puts everything that an operation takes into one flat object of arguments, and says where each one goes.
///
/// An argument is named as at the wire. Of two with the same name the later gets a suffix (`id`, `id_query`). The
/// members of a body that is an object are arguments of their own, unless one has a name that is taken: then the body
/// is the argument `body`.
struct SpecArguments {
  private(set) var properties = JSONObject()
  private(set) var required: [String] = []
  /// What arguments beyond the named ones may be; `nil` where there may be none.
  private(set) var rest: JSONValue?
  /// For `execute`.
  private(set) var parameters: [JSONValue] = []
  private(set) var body: JSONValue?
  private var examples: [String: [JSONValue]] = [:]

  init(_ parameters: [SpecParameter], _ body: SpecBody?, definitions: JSONObject) {
    for parameter in parameters { add(parameter) }
    if let body { add(body, definitions) }
  }

  private mutating func add(_ parameter: SpecParameter) {
    let argument = free(parameter.name, suffix: parameter.place.rawValue)
    properties[argument] = parameter.schema
    if parameter.isRequired { required.append(argument) }
    examples[argument] = parameter.examples
    var entry: JSONObject = ["argument": .string(argument)]
    if argument != parameter.name { entry["name"] = .string(parameter.name) }
    entry["in"] = .string(parameter.place.rawValue)
    for (key, value) in parameter.form { entry[key] = value }
    self.parameters.append(.object(entry))
  }

  private func free(_ name: String, suffix: String) -> String {
    guard properties[name] != nil else { return name }
    var result = "\(name)_\(suffix)"
    var number = 2
    while properties[result] != nil {
      result = "\(name)_\(suffix)_\(number)"
      number += 1
    }
    return result
  }

  // MARK: The body

  private static let flat: Set<String> = [
    "type", "properties", "required", "title", "description", "examples", "default", "deprecated",
    "additionalProperties", "unevaluatedProperties",
  ]

  private mutating func add(_ body: SpecBody, _ definitions: JSONObject) {
    let isWild = body.contentType.contains("*")
    var entry: JSONObject = ["type": .string(body.kind.rawValue)]
    if !isWild, body.contentType != HTTPBody.usualContentType(body.kind) {
      entry["content_type"] = .string(body.contentType)
    }
    if let members = members(of: body, definitions) {
      flatten(body, members, &entry)
    } else {
      let argument = free("body", suffix: "content")
      var schema = body.schema.objectValue ?? [:]
      if schema["description"] == nil { schema["description"] = body.description.map { .string($0) } }
      properties[argument] = .object(schema)
      if body.isRequired { required.append(argument) }
      examples[argument] = body.examples
      entry["argument"] = .string(argument)
    }
    self.body = .object(entry)
  }

  /// The schema of a body whose members can be arguments of their own.
  private func members(of body: SpecBody, _ definitions: JSONObject) -> JSONObject? {
    guard body.kind != .text, body.kind != .binary, var schema = body.schema.objectValue else { return nil }
    if let name = schema["$ref"]?.stringValue?.dropFirst("#/$defs/".utf8.count),
      schema.allSatisfy({ $0.key == "$ref" || $0.key == "description" || $0.key == "title" })
    {
      schema = definitions[String(name)]?.objectValue ?? [:]
    }
    guard let members = schema["properties"]?.objectValue, !members.isEmpty,
      schema.allSatisfy({ Self.flat.contains($0.key) }),
      schema["type"].map({ $0 == "object" || $0 == ["object"] }) ?? true,
      members.allSatisfy({ properties[$0.key] == nil })
    else { return nil }
    return schema
  }

  private mutating func flatten(_ body: SpecBody, _ schema: JSONObject, _ entry: inout JSONObject) {
    let members = schema["properties"]?.objectValue ?? [:]
    let needed = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
    var fields: [JSONValue] = []
    for (name, member) in members {
      properties[name] = member
      // Descriptions forget to demand the body far more often than a body with demands may be missing.
      if needed.contains(name) { required.append(name) }
      let given = body.examples.compactMap { $0[name] }
      examples[name] = given.isEmpty ? member["examples"]?.arrayValue ?? [] : given
      var field: JSONObject = ["argument": .string(name)]
      for (key, value) in body.fields[name] ?? [:] { field[key] = value }
      fields.append(.object(field))
    }
    entry["fields"] = .array(fields)
    switch schema["additionalProperties"] ?? schema["unevaluatedProperties"] {
    case nil, .bool(false)?: break
    case let others?:
      rest = others
      entry["rest"] = true
    }
  }

  // MARK: What comes of it

  /// The schema of all arguments.
  func schema(definitions: JSONObject) -> JSONObject {
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
    if let rest { schema["additionalProperties"] = rest }
    if !definitions.isEmpty { schema["$defs"] = .object(definitions) }
    return schema
  }

  /// Arguments made of the description's examples, defaults and choices; none where a needed one has nothing of these.
  func exampleArguments(following schema: JSONSchema) -> [JSONValue] {
    var found: [JSONValue] = []
    for round in 0..<3 {
      var example = JSONObject()
      for (name, property) in properties {
        let isNeeded = required.contains(name)
        let known = examples[name] ?? []
        let value =
          known.isEmpty ? property["default"] ?? (isNeeded ? property["enum"]?[0] : nil) : known[round % known.count]
        if let value, isNeeded || !value.isNull { example[name] = value }
      }
      let arguments = JSONValue.object(example)
      guard !example.isEmpty, !found.contains(arguments), schema.accepts(arguments) else { continue }
      found.append(arguments)
    }
    return found
  }
}
