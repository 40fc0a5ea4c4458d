import OrderedJSON

/// Reads what a server answered to a call.
enum MCPAnswer {
  /// The observation of an answer.
  /// - Parameter promise: what the tool says of its structured answers.
  static func observation(of reply: MCPReply, promise: MCPPromise?) -> Observation {
    switch reply {
    case .error(let error):
      return Observation(status: .failed, output: error, message: MCPReply.words(error))
    case .result(let result):
      if result["resultType"] == "input_required" {
        return Observation(status: .failed, output: result, message: wanted(result["inputRequests"]))
      }
      guard result.objectValue != nil, result["content"] != nil || result["structuredContent"] != nil else {
        return Observation(
          status: .notJSON, output: result, message: "the server's answer to the call has no content")
      }
      return observation(of: result, promise: promise)
    }
  }

  private static func observation(of result: JSONValue, promise: MCPPromise?) -> Observation {
    let content = content(result["content"])
    if result["isError"] == true {
      let said = content.stringValue ?? content.serialized(.compact)
      return Observation(status: .failed, output: content, message: String(said.prefix(1_000)))
    }
    let structured = result["structuredContent"].flatMap { $0.isNull ? nil : $0 }
    let output = structured.map { unwrapped($0, promise) } ?? content
    if let promise {
      guard let structured else {
        return Observation(
          status: .notJSON, output: output,
          message: "the tool has an outputSchema, and the answer no structuredContent")
      }
      if let problem = promise.problem(in: structured) {
        return Observation(
          status: .notJSON, output: output, message: "the answer does not follow the tool's outputSchema: \(problem)")
      }
    }
    // A server may word an error in its text and claim success.
    if let reason = ErrorShape.reason(in: content) ?? ErrorShape.reason(in: output) {
      return Observation(status: .errorAnswer, output: output, message: reason)
    }
    var answer = Observation(status: .ok, output: output)
    if answer.saysNothing { answer.status = .emptyAnswer }
    return answer
  }

  /// The content as one value: the text where there is only text (read, where it is a JSON object or array), or else a
  /// list of parts. Pictures and sounds are described, not kept.
  static func content(_ json: JSONValue?) -> JSONValue {
    // A single part is a list that was forgotten.
    let parts = (json?.arrayValue ?? json.map { [$0] } ?? []).map(part)
    let texts = parts.compactMap { $0["type"] == "text" ? $0["text"]?.stringValue : nil }
    guard texts.count == parts.count else { return .array(parts) }
    let text = texts.joined(separator: "\n")
    let opening = text.utf8.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    guard opening == UInt8(ascii: "{") || opening == UInt8(ascii: "[") else { return .string(text) }
    return (try? JSONValue(parsing: text)) ?? .string(text)
  }

  private static func part(_ json: JSONValue) -> JSONValue {
    let type = json["type"]?.stringValue ?? ""
    var part: JSONObject = ["type": .string(type)]
    switch type {
    case "text": part["text"] = .string(json["text"]?.stringValue ?? "")
    case "image", "audio":
      part["mimeType"] = json["mimeType"]
      part["bytes"] = .integer(size(json["data"]))
    case "resource":
      let resource = json["resource"]
      for key in ["uri", "mimeType", "text"] { part[key] = resource?[key] }
      if let blob = resource?["blob"] { part["bytes"] = .integer(size(blob)) }
    case "resource_link":
      for key in ["uri", "name", "title", "description", "mimeType", "size"] { part[key] = json[key] }
    default: return json.objectValue == nil ? ["type": "unknown", "value": json] : json
    }
    return .object(part)
  }

  /// How many bytes a text in Base64 stands for.
  private static func size(_ json: JSONValue?) -> Int {
    let text = json?.stringValue ?? ""
    return text.utf8.count / 4 * 3 - text.utf8.suffix(2).count { $0 == UInt8(ascii: "=") }
  }

  /// Python's servers wrap what is no object as `{"result": …}`.
  private static func unwrapped(_ structured: JSONValue, _ promise: MCPPromise?) -> JSONValue {
    guard promise?.isWrapped == true, let object = structured.objectValue, object.count == 1,
      let value = object["result"]
    else { return structured }
    return value
  }

  private static func wanted(_ requests: JSONValue?) -> String {
    let methods = (requests?.objectValue ?? [:]).compactMap { $0.value["method"]?.stringValue }
    let list = methods.isEmpty ? "something" : methods.joined(separator: ", ")
    return "the server asks for more before it answers (\(list.prefix(200))), and there is nobody to ask"
  }
}

/// What a tool says of its structured answers (`outputSchema`).
struct MCPPromise: Sendable {
  /// Whether every answer stands in an object of its own, as its only member `result`.
  let isWrapped: Bool
  private let schema: JSONSchema

  /// `nil` for a schema that cannot be read: it promises nothing.
  init?(_ json: JSONValue) {
    guard let schema = try? JSONSchema(json) else { return nil }
    self.schema = schema
    // FastMCP says so; the official SDK is known by the schema's title.
    isWrapped =
      json["x-fastmcp-wrap-result"] == true
      || json["properties"]?.objectValue?.keys == ["result"] && json["title"]?.stringValue?.hasSuffix("Output") == true
  }

  /// Where an answer breaks the promise, in words.
  func problem(in structured: JSONValue) -> String? {
    guard !schema.accepts(structured), let first = schema.violations(in: structured, limit: 1).first else { return nil }
    return "\(first)"
  }
}
