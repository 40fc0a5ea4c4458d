import OrderedJSON

/// Reads the parts of an HTTP tool's `execute`.
struct HTTPToolReader {
  let tool: Tool
  let path: String

  func parameters(_ json: JSONValue?) throws(ToolFileError) -> [HTTPParameter] {
    guard let json else { return [] }
    guard let list = json.arrayValue else { throw wrong("/parameters", "parameters are an array") }
    var parameters: [HTTPParameter] = []
    for (index, entry) in list.enumerated() {
      parameters.append(try parameter(entry, at: "/parameters/\(index)", place: nil))
    }
    return parameters
  }

  private func parameter(
    _ json: JSONValue, at place: String, place known: HTTPParameter.Place?
  ) throws(ToolFileError) -> HTTPParameter {
    let keys =
      ["argument", "name", "in", "style", "explode", "json", "allow_reserved"] + (known == nil ? [] : ["file"])
    for key in json.objectValue?.keys ?? [] where !keys.contains(key) {
      throw wrong(
        place + JSONPointerToken.escaped(key), "there is no such key\(Suggestion.hint(for: key, among: keys))")
    }
    guard let argument = json["argument"]?.stringValue else {
      throw wrong(place + "/argument", "it is the name of an argument of the call")
    }
    try check(argument, at: place + "/argument")
    guard let part = known ?? json["in"]?.stringValue.flatMap(HTTPParameter.Place.init(rawValue:)) else {
      throw wrong(place + "/in", "it is \"path\", \"query\", \"header\" or \"cookie\"")
    }
    var style: HTTPParameter.Style?
    if let name = json["style"] {
      style = name.stringValue.flatMap(HTTPParameter.Style.init(rawValue:))
      guard style != nil else {
        let known = HTTPParameter.Style.allCases.map(\.rawValue)
        throw wrong(place + "/style", "it is one of \(known.joined(separator: ", "))")
      }
    }
    var parameter = HTTPParameter(
      argument: argument, name: json["name"]?.stringValue, place: part, style: style,
      explode: try flag(json["explode"], at: place + "/explode"))
    parameter.isJSON = try flag(json["json"], at: place + "/json") ?? false
    parameter.allowReserved = try flag(json["allow_reserved"], at: place + "/allow_reserved") ?? false
    if part == .header {
      try checkHeader(parameter.name, at: place + "/name")
    } else if part == .cookie, !HTTPParameter.isHeaderName(parameter.name) {
      throw wrong(place + "/name", "no cookie may have that name")
    }
    return parameter
  }

  /// The path's template in parts, and the query behind it that is always the same; each place has its parameter, and
  /// each `path` parameter its place.
  func pathParts(
    _ json: JSONValue?, _ parameters: [HTTPParameter]
  ) throws(ToolFileError) -> (parts: [HTTPTool.PathPart], query: String?) {
    guard let whole = json?.stringValue, whole.isEmpty || whole.hasPrefix("/") else {
      throw wrong("/path", "it is a path that begins with /, such as /pets/{id}")
    }
    let template = whole.prefix { $0 != "?" }
    let query = template.endIndex == whole.endIndex ? nil : String(whole[template.endIndex...].dropFirst())
    guard query?.contains("{") != true else { throw wrong("/path", "places in a query are parameters") }
    let names = parameters.filter { $0.place == .path }.map(\.name)
    var parts: [HTTPTool.PathPart] = []
    var used: Set<String> = []
    var rest = template
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { throw wrong("/path", "\"{\" opens no parameter") }
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      let name = String(rest[rest.index(after: open)..<close])
      guard names.contains(name) else {
        throw wrong("/path", "there is no path parameter \(name.shown)\(Suggestion.hint(for: name, among: names))")
      }
      used.insert(name)
      parts.append(.parameter(name))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    if let unused = names.first(where: { !used.contains($0) }) {
      throw wrong("/path", "the path has no place {\(unused)} for the parameter")
    }
    guard
      query?.utf8.allSatisfy(Self.mayStandInPath) ?? true,
      parts.allSatisfy({ if case .text(let text) = $0 { text.utf8.allSatisfy(Self.mayStandInPath) } else { true } })
    else { throw wrong("/path", "it holds a sign that no path may") }
    return (parts, query)
  }

  private static func mayStandInPath(_ byte: UInt8) -> Bool {
    PercentEncoding.mayStandInTarget(byte) && byte != UInt8(ascii: "#")
  }

  func body(_ json: JSONValue) throws(ToolFileError) -> HTTPBody {
    let keys = ["type", "content_type", "argument", "fields", "rest"]
    for key in json.objectValue?.keys ?? [] where !keys.contains(key) {
      throw wrong(
        "/body" + JSONPointerToken.escaped(key), "there is no such key\(Suggestion.hint(for: key, among: keys))")
    }
    guard let kind = json["type"]?.stringValue.flatMap(HTTPBody.Kind.init(rawValue:)) else {
      throw wrong("/body/type", "it is one of \(HTTPBody.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    var body = HTTPBody(
      kind: kind,
      contentType: try text(json["content_type"], at: "/body/content_type") ?? HTTPBody.usualContentType(kind))
    body.takesRest = try flag(json["rest"], at: "/body/rest") ?? false
    if let argument = json["argument"] {
      guard let name = argument.stringValue else { throw wrong("/body/argument", "it is the name of an argument") }
      try check(name, at: "/body/argument")
      body.argument = name
    }
    for (index, entry) in (json["fields"]?.arrayValue ?? []).enumerated() {
      let place = "/body/fields/\(index)"
      let field = try parameter(entry, at: place, place: .query)
      body.fields.append(.init(parameter: field, isFile: try flag(entry["file"], at: place + "/file") ?? false))
    }
    let isWhole = body.argument != nil
    guard isWhole != (!body.fields.isEmpty || body.takesRest) else {
      throw wrong("/body", "it has either \"argument\", which is all of it, or \"fields\"")
    }
    if !isWhole, kind == .text || kind == .binary {
      throw wrong("/body", "a \(kind.rawValue) body is one \"argument\"")
    }
    return body
  }

  func headers(_ json: JSONValue?) throws(ToolFileError) -> [WebRequest.Header] {
    var headers: [WebRequest.Header] = []
    for (name, value) in json?.objectValue ?? [:] {
      let place = "/headers" + JSONPointerToken.escaped(name)
      try checkHeader(name, at: place)
      guard let text = try text(value, at: place) else { continue }
      headers.append(WebRequest.Header(name: name, value: text))
    }
    return headers
  }

  func security(_ json: JSONValue?) throws(ToolFileError) -> [[HTTPCredential]] {
    guard let json else { return [] }
    guard let list = json.arrayValue, list.allSatisfy({ $0.arrayValue != nil }) else {
      throw wrong("/security", "it is an array of alternatives, each an array of credentials")
    }
    var alternatives: [[HTTPCredential]] = []
    for (index, entries) in list.enumerated() {
      var credentials: [HTTPCredential] = []
      for (inner, entry) in (entries.arrayValue ?? []).enumerated() {
        credentials.append(try HTTPCredential(entry, at: "\(path)/security/\(index)/\(inner)"))
      }
      alternatives.append(credentials)
    }
    return alternatives
  }

  func output(_ json: JSONValue?) throws(ToolFileError) -> HTTPTool.Output {
    guard let json else { return .auto }
    guard let output = json.stringValue.flatMap(HTTPTool.Output.init(rawValue:)) else {
      throw wrong("/output", "it is \"auto\", \"json\", \"data\" or \"text\"")
    }
    return output
  }

  /// A text that a header can hold.
  func text(_ json: JSONValue?, at place: String) throws(ToolFileError) -> String? {
    guard let json else { return nil }
    guard let text = json.stringValue, !HTTPTool.breaksHeader(text) else {
      throw wrong(place, "it is a string without control characters")
    }
    return text
  }

  private func checkHeader(_ name: String, at place: String) throws(ToolFileError) {
    guard HTTPParameter.isHeaderName(name), !HTTPParameter.forbiddenHeaders.contains(name.lowercased()) else {
      throw wrong(place, "\(name.shown) is no header that a tool may set")
    }
  }

  private func check(_ argument: String, at place: String) throws(ToolFileError) {
    guard !tool.argumentNames.contains(argument) else { return }
    throw wrong(
      place, "the tool has no argument \(argument.shown)\(Suggestion.hint(for: argument, among: tool.argumentNames))")
  }

  private func flag(_ json: JSONValue?, at place: String) throws(ToolFileError) -> Bool? {
    guard let json else { return nil }
    guard let flag = json.boolValue else { throw wrong(place, "it is true or false") }
    return flag
  }

  private func wrong(_ place: String, _ reason: String) -> ToolFileError {
    ToolFileError(path: path + place, reason: reason)
  }
}
