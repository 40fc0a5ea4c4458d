import OrderedJSON

/// A parameter of an operation: its schema, and where it goes.
struct SpecParameter {
  var name: String
  var place: HTTPParameter.Place
  var schema: JSONValue
  var isRequired: Bool
  /// What `execute` says beside argument, name and place.
  var form = JSONObject()
  var examples: [JSONValue] = []
  var isFile = false
}

/// Reads the parameters of operations in all three languages.
struct SpecParameters {
  let references: SpecReferences
  let version: SpecVersion

  /// Everything that an operation takes besides a 3.x body.
  struct Result {
    /// Path first, then query, header and cookie.
    var parameters: [SpecParameter] = []
    /// Swagger 2.0's form fields.
    var form: [SpecParameter] = []
    /// Swagger 2.0's body.
    var body: SpecReferences.Part?
  }

  /// - Throws: `ToolImportError` for references that lead nowhere.
  func read(
    _ operation: SpecReferences.Part, in item: SpecReferences.Part, path: String, _ schemas: inout SpecSchemas
  ) throws(ToolImportError) -> Result {
    var entries: [(key: String, part: SpecReferences.Part)] = []
    let written = [item, operation].flatMap { owner in
      (owner.value["parameters"]?.arrayValue ?? []).map { (entry: $0, place: owner.place) }
    }
    for (entry, place) in written {
      let part = try references.resolved(entry, at: place)
      guard let name = part.value["name"]?.stringValue, let place = part.value["in"]?.stringValue else {
        throw ToolImportError("a parameter has no name or no \"in\"")
      }
      // The operation's own word counts over the path's.
      entries.removeAll { $0.key == "\(place) \(name)" }
      entries.append(("\(place) \(name)", part))
    }
    let places = Self.places(in: path)
    var result = Result()
    for (_, part) in entries {
      switch part.value["in"]?.stringValue ?? "" {
      case "body": result.body = part
      case "formData": result.form.append(try parameter(part, .query, &schemas))
      case let text:
        guard let place = HTTPParameter.Place(rawValue: text) else {
          throw ToolImportError("a parameter is in \(text.shown), which there is not")
        }
        let parameter = try parameter(part, place, &schemas)
        if place == .path, !places.contains(parameter.name) {
          schemas.note("the path parameter \(parameter.name.shown) has no place in its path, and is left out")
        } else if place != .header || isOurs(parameter.name, &schemas) {
          result.parameters.append(parameter)
        }
      }
    }
    for name in places where !result.parameters.contains(where: { $0.place == .path && $0.name == name }) {
      schemas.note("the path names {\(name)}, which is described nowhere; it is taken as a string")
      result.parameters.append(
        SpecParameter(name: name, place: .path, schema: ["type": "string"], isRequired: true))
    }
    let order = HTTPParameter.Place.allCases
    result.parameters = order.flatMap { place in result.parameters.filter { $0.place == place } }
    return result
  }

  /// The names in the braces of a path.
  static func places(in path: String) -> [String] {
    var names: [String] = []
    for part in path.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: "}") else { continue }
      let name = String(part[..<end])
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Whether a header is one that a call may set.
  private func isOurs(_ name: String, _ schemas: inout SpecSchemas) -> Bool {
    var others: Set = ["accept", "content-type"]
    // OpenAPI 3 leaves it to the security schemes.
    if version != .swagger2 { others.insert("authorization") }
    guard
      others.contains(name.lowercased()) || HTTPParameter.forbiddenHeaders.contains(name.lowercased())
        || !HTTPParameter.isHeaderName(name)
    else { return true }
    schemas.note("the header \(name.shown) is not for calls to set, and is left out")
    return false
  }

  private func parameter(
    _ part: SpecReferences.Part, _ place: HTTPParameter.Place, _ schemas: inout SpecSchemas
  ) throws(ToolImportError) -> SpecParameter {
    let json = part.value
    var form = JSONObject()
    var written: JSONValue = [:]
    if version == .swagger2 {
      var schema = json.objectValue ?? [:]
      for key in ["name", "in", "required", "collectionFormat", "allowEmptyValue", "description"] { schema[key] = nil }
      // 3.x's way to say the type, which is often found here as well.
      let inner = schema["schema"]
      schema["schema"] = nil
      written = schema["type"] == nil ? inner ?? .object(schema) : .object(schema)
      collection(json, place, &form)
    } else if let schema = json["schema"] {
      written = schema
      form["style"] = json["style"]
      form["explode"] = json["explode"]
      if json["allowReserved"] == true { form["allow_reserved"] = true }
    } else if let media = json["content"]?.objectValue?.first {
      written = media.value["schema"] ?? [:]
      if MediaType(media.key).isJSON { form["json"] = true }
    }
    var schema = try schemas.plain(written, at: part.place).objectValue ?? [:]
    if let description = json["description"]?.stringValue, !description.isEmpty {
      schema["description"] = .string(description)
    }
    if json["deprecated"] == true { schema["deprecated"] = true }
    var examples = Self.examples(of: json, at: part.place, references)
    if examples.isEmpty { examples = schema["examples"]?.arrayValue ?? [] }
    if !examples.isEmpty { schema["examples"] = .array(Array(examples.prefix(3))) }
    return SpecParameter(
      name: json["name"]?.stringValue ?? "", place: place, schema: .object(schema),
      isRequired: json["required"] == true || place == .path, form: form, examples: examples,
      isFile: json["type"] == "file")
  }

  /// Swagger 2.0's way to say how lists are written.
  private func collection(_ json: JSONValue, _ place: HTTPParameter.Place, _ form: inout JSONObject) {
    guard json["type"] == "array", place == .query else { return }
    switch json["collectionFormat"]?.stringValue ?? "csv" {
    case "multi": form["explode"] = true
    case "ssv": (form["style"], form["explode"]) = ("spaceDelimited", false)
    case "tsv": (form["style"], form["explode"]) = ("tabDelimited", false)
    case "pipes": (form["style"], form["explode"]) = ("pipeDelimited", false)
    default: form["explode"] = false
    }
  }

  /// `example`, or the values of `examples`, of a parameter or a media type.
  static func examples(of json: JSONValue, at place: SpecLocation, _ references: SpecReferences) -> [JSONValue] {
    if let example = json["example"] ?? json["x-example"] { return [example] }
    guard let examples = json["examples"], let part = try? references.resolved(examples, at: place) else { return [] }
    return (part.value.objectValue?.values ?? []).compactMap {
      (try? references.resolved($0, at: part.place))?.value["value"]
    }
  }
}
