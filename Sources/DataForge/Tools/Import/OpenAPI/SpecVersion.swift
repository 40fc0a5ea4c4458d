import OrderedJSON

/// Which language an API's description is written in.
enum SpecVersion: String, Sendable {
  case swagger2 = "Swagger 2.0"
  case openAPI30 = "OpenAPI 3.0"
  case openAPI31 = "OpenAPI 3.1"

  /// - Throws: `ToolImportError` for what is no such description.
  init(of document: JSONValue) throws(ToolImportError) {
    let swagger = document["swagger"].map(HTTPParameter.text)
    let version = swagger ?? document["openapi"].map(HTTPParameter.text) ?? ""
    switch version.split(separator: ".").prefix(2).joined(separator: ".") {
    case "2.0", "2": self = .swagger2
    case "3.0", "3": self = .openAPI30
    // What 3.2 adds stands beside what is read here.
    case "3.1", "3.2": self = .openAPI31
    case "":
      throw ToolImportError("there is neither \"swagger\" nor \"openapi\" in it, so it is no description of an API")
    default:
      throw ToolImportError("version \(version.shown) is not read; known: Swagger 2.0, OpenAPI 3.0 and 3.1")
    }
  }
}
