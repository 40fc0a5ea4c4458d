import OrderedJSON

/// A tool that is an operation of an HTTP server: how a call becomes a request.
///
/// ```json
/// {"kind": "http", "method": "GET", "base_url": "https://petstore.example/v1", "path": "/pets/{id}",
///  "parameters": [{"argument": "id", "in": "path"}, {"argument": "limit", "in": "query"}],
///  "security": [[{"scheme": "bearer", "token": "PETSTORE_TOKEN"}]], "accept": "application/json"}
/// ```
/// - `base_url`: where the API begins; its host must be one that may be called (`NetworkRules`).
/// - `path`: the rest, with places for `path` parameters; what stands in a place never leaves it. It may end in a query
///   that is always the same (`/rest?method=search`).
/// - `parameters`: `HTTPParameter`s. `body`: an `HTTPBody`. `headers`: further headers, always the same.
/// - `security`: alternatives, each a list of `HTTPCredential`s; the first whose variables are set is used. An empty
///   one means that it also goes without.
/// - `accept`: media types that are asked for.
/// - `output`: `json` demands JSON, `data` takes anything but a web page, `text` takes every answer as text, `auto` (the
///   default) goes by the answer's type.
/// - `limits`: `HTTPLimits`.
public struct HTTPTool: Hashable, Sendable {
  /// How an answer is understood.
  public enum Output: String, Hashable, Sendable, CaseIterable { case auto, json, data, text }

  /// In capitals.
  public let method: String
  /// Where the API begins.
  public let base: WebAddress
  let path: [PathPart]
  /// What every request has in its query.
  let query: String?
  /// In the order of the file.
  public let parameters: [HTTPParameter]
  /// `nil` where requests have none.
  public let body: HTTPBody?
  let headers: [WebRequest.Header]
  /// Alternatives; empty where nothing is needed.
  public let security: [[HTTPCredential]]
  let accept: String
  /// See the type's description.
  public let output: Output
  /// See the type's description.
  public let limits: HTTPLimits
  /// Values of arguments that a call leaves out although its path needs them, from the schema.
  let defaults: [String: JSONValue]

  enum PathPart: Hashable, Sendable {
    case text(String)
    case parameter(String)
  }

  private static let keys = [
    "kind", "method", "base_url", "path", "parameters", "body", "headers", "security", "accept", "output", "limits",
  ]
  static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]

  /// Reads `execute` and compares the names in it with the tool's schema.
  /// - Throws: `ToolFileError`.
  init(_ json: JSONValue, of tool: Tool, at place: String) throws(ToolFileError) {
    for key in json.objectValue?.keys ?? [] where !Self.keys.contains(key) {
      throw ToolFileError(
        path: place + JSONPointerToken.escaped(key),
        reason: "an HTTP tool has no such key\(Suggestion.hint(for: key, among: Self.keys))")
    }
    let method = json["method"]?.stringValue ?? "GET"
    guard Self.methods.contains(method) else {
      throw ToolFileError(
        path: place + "/method", reason: "it is one of \(Self.methods.joined(separator: ", ")), in capitals")
    }
    self.method = method
    do throws(WebAddress.Invalid) {
      base = try WebAddress(json["base_url"]?.stringValue ?? "")
    } catch {
      throw ToolFileError(path: place + "/base_url", reason: "\(error.reason); write http://… or https://…")
    }
    guard base.query == nil else {
      throw ToolFileError(path: place + "/base_url", reason: "a base URL has no query; make parameters of it")
    }
    let reader = HTTPToolReader(tool: tool, path: place)
    parameters = try reader.parameters(json["parameters"])
    (path, query) = try reader.pathParts(json["path"], parameters)
    body = try json["body"].map { json throws(ToolFileError) in try reader.body(json) }
    headers = try reader.headers(json["headers"])
    security = try reader.security(json["security"])
    accept = try reader.text(json["accept"], at: "/accept") ?? "application/json, text/*;q=0.9, */*;q=0.8"
    output = try reader.output(json["output"])
    limits =
      try json["limits"].map { json throws(ToolFileError) in try HTTPLimits(json, at: place + "/limits") }
      ?? HTTPLimits()
    defaults = Dictionary(
      (tool.parameters["properties"]?.objectValue ?? [:]).compactMap { key, schema in
        schema["default"].map { (key, $0) }
      }, uniquingKeysWith: { _, last in last })
  }
}
