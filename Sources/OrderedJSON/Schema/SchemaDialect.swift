/// Which language a schema is written in.
public enum SchemaDialect: String, Codable, Sendable, CaseIterable {
  /// What the schema's own `$schema` says; draft 2020-12 where it says nothing that is known.
  case automatic
  case draft2020_12 = "draft2020-12"
  case draft2019_09 = "draft2019-09"
  /// Drafts 6 and 7.
  case draft7
  case draft4
  /// The schema object of OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, no keyword beside `$ref`.
  /// (OpenAPI 3.1 is draft 2020-12.)
  case openAPI3_0 = "openapi3.0"

  /// The dialect that a `$schema` names.
  init?(metaschema uri: String) {
    let name = SchemaURI(uri).document
    switch name {
    case "https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.1/dialect/base":
      self = .draft2020_12
    case "https://json-schema.org/draft/2019-09/schema": self = .draft2019_09
    case "http://json-schema.org/draft-07/schema", "https://json-schema.org/draft-07/schema",
      "http://json-schema.org/draft-06/schema", "https://json-schema.org/draft-06/schema":
      self = .draft7
    case "http://json-schema.org/draft-04/schema", "https://json-schema.org/draft-04/schema": self = .draft4
    default: return nil
    }
  }
}

/// What a dialect, and within it the vocabularies of a metaschema, means for the compiler.
struct SchemaRules: Hashable, Sendable {
  enum DynamicReferences: Sendable { case none, recursive, dynamic }

  /// `$id`, or `id` in draft 4.
  var idKeyword = "$id"
  /// Keywords beside `$ref` count.
  var refHasSiblings = true
  /// `"$id": "#name"` is an anchor.
  var idCanBeAnchor = false
  /// `exclusiveMinimum` is a boolean beside `minimum`.
  var exclusiveIsBoolean = false
  /// `items` may be an array, and `additionalItems` stands for the rest.
  var itemsCanBeArray = false
  var hasPrefixItems = true
  /// `$anchor`, `dependentRequired`, `minContains`, `unevaluatedProperties`, …
  var isModern = true
  var hasConditions = true
  /// An item that `contains` accepts counts as evaluated.
  var containsEvaluates = true
  var dynamicReferences = DynamicReferences.dynamic
  var isNullable = false

  var appliesSubschemas = true
  var checksUnevaluated = true
  var validates = true
  var assertsFormats = false

  init(_ dialect: SchemaDialect) {
    switch dialect {
    case .draft2020_12: break
    // Where nothing says what was meant, the older form of tuples is read as well.
    case .automatic: itemsCanBeArray = true
    case .draft2019_09:
      itemsCanBeArray = true
      hasPrefixItems = false
      containsEvaluates = false
      dynamicReferences = .recursive
    case .draft7, .draft4, .openAPI3_0:
      refHasSiblings = false
      idCanBeAnchor = true
      itemsCanBeArray = true
      hasPrefixItems = false
      isModern = false
      checksUnevaluated = false
      containsEvaluates = false
      dynamicReferences = .none
      if dialect != .draft7 {
        exclusiveIsBoolean = true
        hasConditions = false
      }
      if dialect == .draft4 { idKeyword = "id" }
      if dialect == .openAPI3_0 {
        isNullable = true
        itemsCanBeArray = false
      }
    }
  }

  /// Keeps only what the vocabularies of a metaschema know.
  /// - Throws: `JSONSchemaError.unknownVocabulary` for one that must be understood and is not.
  mutating func restrict(to vocabularies: JSONObject) throws(JSONSchemaError) {
    appliesSubschemas = false
    checksUnevaluated = false
    validates = false
    assertsFormats = false
    for (uri, required) in vocabularies {
      switch uri.split(separator: "/vocab/").last.map(String.init) {
      case "core", "meta-data", "content", "format", "format-annotation": break
      case "applicator":
        appliesSubschemas = true
        // In draft 2019-09 these keywords belong to the applicators.
        if uri.contains("2019-09") { checksUnevaluated = true }
      case "unevaluated": checksUnevaluated = true
      case "validation": validates = true
      case "format-assertion": assertsFormats = true
      default: if required == .bool(true) { throw .unknownVocabulary(uri) }
      }
    }
  }
}
