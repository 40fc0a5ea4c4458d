/// Why a schema cannot be used. Paths are JSON Pointers into the schema, preceded by its URI where it has one.
public enum JSONSchemaError: Error, Hashable, Sendable {
  /// A keyword has a value that it cannot have, or a schema is neither object nor boolean.
  case malformed(path: String, reason: String)
  /// A reference leads nowhere: nothing of that name is in the schema or among the resources. Nothing is fetched.
  case unresolvedReference(path: String, reference: String)
  /// Following `$ref` from here leads back here without looking at anything.
  case endlessReference(path: String)
  /// A `pattern` is no regular expression of ECMA-262.
  case invalidPattern(path: String, pattern: String, reason: String)
  /// The metaschema demands a vocabulary that is not known.
  case unknownVocabulary(String)
  /// The schema has more parts than `JSONSchema.maximumParts`.
  case tooLarge
}

extension JSONSchemaError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .malformed(let path, let reason): "the schema is wrong at \(path): \(reason)"
    case .unresolvedReference(let path, let reference):
      "the schema refers at \(path) to '\(reference)', which is neither in it nor among the given resources"
    case .endlessReference(let path): "the schema refers at \(path) to itself without end"
    case .invalidPattern(let path, let pattern, let reason):
      "the schema has at \(path) the pattern '\(pattern)', which is no ECMA-262 regular expression: \(reason)"
    case .unknownVocabulary(let uri): "the schema's metaschema demands the vocabulary '\(uri)', which is not known"
    case .tooLarge: "the schema has more than \(JSONSchema.maximumParts) parts"
    }
  }
}
