/// The schemas that files of ours are held to, as they travel inside the binary.
public enum Schemas {
  /// What a recipe may hold: a JSON Schema.
  public static var recipe: String { String(decoding: PackageResources.recipe_schema_json, as: UTF8.self) }
}
