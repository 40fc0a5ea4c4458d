import OrderedJSON

/// Finds the definitions in a list of tools: its elements or, where these are Gemini's groups
/// (`{"functionDeclarations": […]}`), what stands in them.
enum ToolGroups {
  private static let keys = ["functionDeclarations", "function_declarations"]

  /// Whether it is a group.
  static func isGroup(_ tool: JSONValue) -> Bool { keys.contains { tool[$0] != nil } }

  /// Each definition with its JSON Pointer.
  /// - Parameter path: where the list stands.
  static func definitions(_ list: [JSONValue], at path: String = "") -> [(definition: JSONValue, path: String)] {
    list.enumerated().flatMap { index, tool -> [(definition: JSONValue, path: String)] in
      let place = "\(path)/\(index)"
      for key in keys {
        guard let group = tool[key]?.arrayValue else { continue }
        return group.enumerated().map { ($1, "\(place)/\(key)/\($0)") }
      }
      return [(tool, place)]
    }
  }

  /// Whether it is a tool that the model's provider executes, such as a web search: it defines no function.
  static func isBuiltIn(_ tool: JSONValue) -> Bool {
    guard let object = tool.objectValue, object["name"] == nil, object["function"] == nil else { return false }
    if let type = object["type"]?.stringValue { return type != "function" }
    return object.count == 1 && object.first?.value.objectValue != nil && builtIns.contains(object.first?.key ?? "")
  }

  /// Gemini's.
  private static let builtIns: Set<String> = [
    "googleSearch", "google_search", "googleSearchRetrieval", "google_search_retrieval", "codeExecution",
    "code_execution", "urlContext", "url_context", "googleMaps", "google_maps", "retrieval", "computerUse",
    "computer_use", "fileSearch", "file_search", "enterpriseWebSearch", "enterprise_web_search",
  ]
}
