/// One thing that is wrong with an instance.
public struct SchemaViolation: Codable, Hashable, Sendable {
  /// A JSON Pointer to the place in the instance; empty for the whole.
  public var instancePath: String
  /// The schema's keyword that failed, for example `required`; empty where the schema is `false`.
  public var keyword: String
  /// Where the keyword stands: `#` and a JSON Pointer, preceded by the schema's URI where that is not the root's.
  public var schemaPath: String
  /// A sentence for a person, without the path.
  public var message: String

  /// Takes what is said.
  public init(instancePath: String, keyword: String, schemaPath: String, message: String) {
    self.instancePath = instancePath
    self.keyword = keyword
    self.schemaPath = schemaPath
    self.message = message
  }
}

extension SchemaViolation: CustomStringConvertible {
  /// The place and the message.
  public var description: String { instancePath.isEmpty ? message : "\(instancePath): \(message)" }
}
