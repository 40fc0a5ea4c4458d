import OrderedJSON

/// Everything that decides what a run makes: one value a stage, as the recipe file names them.
public struct Recipe: Codable, Hashable, Sendable {
  /// The path of the model's `tokenizer.json`, which counts tokens exactly; without one they are estimated.
  public var tokenizer: String?
  public var extract: ExtractOptions
  public var chunk: ChunkOptions
  public var generate: GenerateOptions
  public var backend: BackendChoice
  public var validate: ValidateOptions
  public var filter: FilterOptions
  public var export: ExportOptions

  /// The defaults: no model, no key, no network.
  public init() {
    extract = ExtractOptions()
    chunk = ChunkOptions()
    generate = GenerateOptions()
    backend = BackendChoice()
    validate = ValidateOptions()
    filter = FilterOptions()
    export = ExportOptions()
  }

  /// What counts tokens, for chunks and for the cost.
  /// - Throws: `TokenizerError`, `FileError`.
  public func tokenCounter() throws -> any TokenCounter {
    try tokenizer.map { try ExactTokenCounter(contentsOf: $0) } ?? TokenEstimator()
  }

  /// The recipe as it is filed with a run.
  public func json() throws -> JSONValue { try JSONValueEncoder().encode(self) }

  /// What decides the output, as YAML for the dataset card: without addresses, limits and prices, which say how a run
  /// went and not what it made.
  public func cardYAML() throws -> String {
    var recipe = try json()
    recipe = .object(
      JSONObject(
        (recipe.objectValue ?? [:]).filter { $0.key != "tokenizer" }.map { key, value in
          guard key == "backend", let choice = value.objectValue else { return (key, value) }
          return (
            key, .object(JSONObject(choice.filter { ["name", "model"].contains($0.key) }.map { ($0.key, $0.value) }))
          )
        }))
    return Self.yaml(recipe, indent: 0)
  }

  /// Block style for objects; everything else as JSON, which is YAML too.
  private static func yaml(_ value: JSONValue, indent: Int) -> String {
    guard let object = value.objectValue else { return value.serialized(.spaced) }
    return object.map { key, value in
      let margin = String(repeating: "  ", count: indent)
      guard let inner = value.objectValue, !inner.isEmpty else {
        return "\(margin)\(key): \(value.serialized(.spaced))\n"
      }
      return "\(margin)\(key):\n\(yaml(.object(inner), indent: indent + 1))"
    }.joined()
  }
}
