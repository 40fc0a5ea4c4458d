/// A compiled JSON Schema: made once, asked often, from any thread.
///
/// Drafts 2020-12, 2019-09, 7, 6 and 4, and the schema object of OpenAPI 3.0. References are looked up in the schema
/// itself, in the given resources and in the embedded metaschemas; nothing is ever fetched. `format` is an annotation
/// unless asserted.
///
/// Hostile schemas and values end in a named error or violation, never in a crash or a hang: a check may go
/// `maximumDepth` schemas deep, take `maximumSteps` steps, and a million steps in one regular expression.
///
/// Source: https://json-schema.org/draft/2020-12.
public struct JSONSchema: Sendable {
  /// Schemas inside schemas that a check may go through. Fits a thread stack of 512 KiB; a build without optimisation,
  /// whose frames are larger, stops earlier.
  public static let maximumDepth = 256
  /// Subschemas that one check may ask.
  public static let maximumSteps = 5_000_000
  /// Subschemas that a schema may have, with all that it refers to.
  public static let maximumParts = 500_000

  let program: SchemaProgram

  /// Compiles a schema.
  /// - Parameters:
  ///   - dialect: what the schema is written in. Its own `$schema` is heard with `.automatic`; other documents that it
  ///     refers to are always read as they say themselves.
  ///   - resources: other documents by URI, for references.
  ///   - assertFormats: whether a string that breaks its `format` is a violation. Unknown formats never are.
  /// - Throws: `JSONSchemaError` for what is wrong in the reachable parts of the schema.
  public init(
    _ schema: JSONValue, dialect: SchemaDialect = .draft2020_12, resources: [String: JSONValue] = [:],
    assertFormats: Bool = false
  ) throws(JSONSchemaError) {
    program = try SchemaCompiler.program(
      for: schema, dialect: dialect, resources: resources, assertsFormats: assertFormats)
  }

  /// Whether the instance follows the schema. The fast way: stops at the first violation.
  public func accepts(_ instance: JSONValue) -> Bool {
    var acceptor = SchemaAcceptor(program: program)
    return acceptor.acceptsRoot(instance)
  }

  /// What is wrong with the instance, in the order in which the schema is read; empty where it follows the schema.
  /// - Parameter limit: how many violations are wanted at most; at least one is given where there is one.
  public func violations(in instance: JSONValue, limit: Int = 20) -> [SchemaViolation] {
    if accepts(instance) { return [] }
    var reporter = SchemaReporter(program: program, limit: max(1, limit))
    return reporter.report(instance)
  }
}
