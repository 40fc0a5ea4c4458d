import OrderedJSON

/// The body of an operation's requests.
struct SpecBody {
  var kind: HTTPBody.Kind
  var contentType: String
  /// In plain terms.
  var schema: JSONValue
  var isRequired: Bool
  var description: String?
  var examples: [JSONValue] = []
  /// How single fields of a form are written.
  var fields: [String: JSONObject] = [:]

  private static let xml: Set<String> = ["application/xml", "text/xml"]

  /// Swagger 2.0.
  /// - Throws: `ToolImportError` where no form of the body is one that we can write.
  static func swagger(
    _ read: SpecParameters.Result, consumes: [String], _ schemas: inout SpecSchemas
  ) throws(ToolImportError) -> SpecBody? {
    if let body = read.body {
      let types = consumes.filter { !$0.isEmpty }
      let written = body.value["schema"] ?? [:]
      let isText = isText(written, at: body.place, schemas.references)
      let (kind, type) = try chosen(among: types.isEmpty ? ["application/json"] : types, isText: isText)
      let schema = try schemas.plain(written, at: body.place)
      return SpecBody(
        kind: kind, contentType: type, schema: schema, isRequired: body.value["required"] == true,
        description: body.value["description"]?.stringValue,
        examples: SpecParameters.examples(of: body.value, at: body.place, schemas.references))
    }
    guard !read.form.isEmpty else { return nil }
    let isMultipart =
      consumes.contains { $0.hasPrefix("multipart/") } && !consumes.contains { $0.hasSuffix("urlencoded") }
      || read.form.contains(where: \.isFile)
    let kind: HTTPBody.Kind = isMultipart ? .multipart : .form
    let required = read.form.filter(\.isRequired).map { JSONValue.string($0.name) }
    var body = SpecBody(
      kind: kind, contentType: HTTPBody.usualContentType(kind),
      schema: [
        "type": "object", "properties": .object(JSONObject(read.form.map { ($0.name, $0.schema) })),
        "required": .array(required), "additionalProperties": false,
      ], isRequired: !required.isEmpty)
    for field in read.form {
      var form = field.form
      if field.isFile { form["file"] = true }
      body.fields[field.name] = form
    }
    return body
  }

  /// OpenAPI 3.
  /// - Throws: `ToolImportError` where no form of the body is one that we can write.
  static func openAPI(
    _ json: JSONValue, at place: SpecLocation, _ references: SpecReferences, _ schemas: inout SpecSchemas
  ) throws(ToolImportError) -> SpecBody? {
    let part = try references.resolved(json, at: place)
    guard let content = part.value["content"]?.objectValue, !content.isEmpty else { return nil }
    let (kind, type) = try chosen(
      among: content.keys, isText: content.values.contains { isText($0["schema"] ?? [:], at: part.place, references) })
    let media = content[type] ?? [:]
    let written = media["schema"] ?? [:]
    var body = SpecBody(
      kind: kind, contentType: type, schema: try schemas.plain(written, at: part.place),
      isRequired: part.value["required"] == true, description: part.value["description"]?.stringValue,
      examples: SpecParameters.examples(of: media, at: part.place, references))
    if body.examples.isEmpty, let example = body.schema["examples"]?[0] { body.examples = [example] }
    guard kind == .form || kind == .multipart else { return body }
    let properties = try references.resolved(written, at: part.place)
    for (name, property) in properties.value["properties"]?.objectValue ?? [:] {
      var form = JSONObject()
      let encoding = media["encoding"]?[name]
      form["style"] = encoding?["style"]
      form["explode"] = encoding?["explode"]
      if encoding?["contentType"]?.stringValue.map({ MediaType($0).isJSON }) == true { form["json"] = true }
      let inner = (try? references.resolved(property, at: properties.place).value) ?? property
      let element = inner["items"] ?? inner
      let isFile =
        element["format"] == "binary" || element["contentMediaType"] != nil || element["type"] == "file"
      if kind == .multipart, isFile { form["file"] = true }
      body.fields[name] = form
    }
    return body
  }

  /// Whether a body is one text or one file, which can be sent as it is under every name.
  private static func isText(_ schema: JSONValue, at place: SpecLocation, _ references: SpecReferences) -> Bool {
    guard let plain = try? references.resolved(schema, at: place).value.objectValue else { return false }
    return plain["type"].map { $0 == "string" || $0 == "file" }
      ?? ["properties", "items", "allOf", "anyOf", "oneOf"].allSatisfy { plain[$0] == nil }
  }

  /// The media type that is written best.
  private static func chosen(among types: [String], isText: Bool) throws(ToolImportError) -> (HTTPBody.Kind, String) {
    let known = types.map { (type: $0, media: MediaType($0).name) }
    if let found = known.first(where: { $0.media == "application/json" }) { return (.json, found.type) }
    if let found = known.first(where: { MediaType($0.type).isJSON && !$0.media.contains("jsonl") }) {
      return (.json, found.type)
    }
    if let found = known.first(where: { $0.media == "application/x-www-form-urlencoded" }) {
      return (.form, found.type)
    }
    if let found = known.first(where: { $0.media == "multipart/form-data" }) { return (.multipart, found.type) }
    if let found = known.first(where: { $0.media == "*/*" || $0.media == "application/*" }) {
      return (.json, found.type)
    }
    if let found = known.first(where: { $0.media.hasPrefix("text/") && !xml.contains($0.media) }) {
      return (.text, found.type)
    }
    if let found = known.first(where: {
      $0.media == "application/octet-stream" || $0.media.hasPrefix("image/") || $0.media.hasPrefix("audio/")
        || $0.media.hasPrefix("video/") || $0.media == "application/pdf" || $0.media == "application/zip"
    }) {
      return (.binary, found.type)
    }
    // JSON is YAML.
    if let found = known.first(where: { $0.media.hasSuffix("yaml") }) { return (.json, found.type) }
    if isText, let found = known.first(where: { $0.media.contains("/") && !$0.media.hasPrefix("multipart/") }) {
      return (.binary, found.type)
    }
    throw ToolImportError("its body is only taken as \(types.prefix(3).joined(separator: " or "))")
  }
}
