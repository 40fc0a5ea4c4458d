import OrderedJSON

/// Draws arguments for calls of one tool: from its examples first, then from defaults, choices and the schema.
///
/// What it draws follows the schema, and is the same for the same seed.
public struct ArgumentSampler: Sendable {
  private let tool: Tool
  private let plain: JSONValue
  private let schema: JSONSchema
  private let paths: KnownPaths

  /// How many values are made for each that is wanted, where some break a rule that the sampler does not know.
  private static let triesForEach = 12

  /// - Parameter paths: values for arguments that name files and folders.
  /// - Throws: `JSONSchemaError` where the tool's parameters are no schema.
  public init(_ tool: Tool, paths: KnownPaths = KnownPaths()) throws(JSONSchemaError) {
    self.tool = tool
    self.paths = paths
    plain = ParameterSchema.plain(tool.parameters).schema
    schema = try JSONSchema(ParameterSchema.closed(plain), assertFormats: true)
  }

  /// Whether the arguments follow the tool's schema.
  public func accepts(_ arguments: JSONValue) -> Bool { schema.accepts(arguments) }

  /// At most `count` different arguments: the tool's own examples, what is required alone, then with more.
  ///
  /// There are fewer where the schema allows no more, and none where it is beyond the sampler.
  public func arguments(count: Int, seed: Int) -> [JSONValue] {
    var found: [JSONValue] = []
    var known: Set<JSONValue> = []
    func take(_ arguments: JSONValue) {
      guard found.count < count, arguments.objectValue != nil, schema.accepts(arguments),
        known.insert(arguments).inserted
      else { return }
      found.append(arguments)
    }
    for example in tool.examples { take(example) }
    for round in 0..<max(count * Self.triesForEach, 1) where found.count < count {
      var sampler = ValueSampler(
        root: plain, numbers: SeededNumbers(seed: seed, for: tool.name, String(round)), paths: paths)
      sampler.isSparing = round < Self.triesForEach / 2
      guard let object = plain.objectValue else {
        take([:])
        break
      }
      // Where the top itself is put together of parts, they are read like those of any value.
      if let value = sampler.value(.object(object), named: tool.name) { take(value) }
    }
    return found
  }
}
