import OrderedJSON

/// Finds what a definition says about a function's arguments, whatever the API calls it.
enum ToolParameters {
  private static let keys = [
    "parameters", "input_schema", "inputSchema", "parameters_json_schema", "parametersJsonSchema",
    "parameter_definitions", "arguments",
  ]

  /// What is written there, out of a string where it is JSON text; `nil` where nothing is.
  static func written(in function: JSONValue) -> (value: JSONValue, key: String)? {
    for key in keys {
      guard let written = function[key], !written.isNull else { continue }
      guard case .string(let text) = written, let inner = try? JSONValue(parsing: text) else { return (written, key) }
      return (inner, key)
    }
    return nil
  }

  /// The schema of a function without arguments.
  static let none: JSONValue = ["type": "object", "properties": [:]]
}
