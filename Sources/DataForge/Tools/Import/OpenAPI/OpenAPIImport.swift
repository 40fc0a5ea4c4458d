import OrderedJSON

/// Makes tools of an API's description: Swagger 2.0, OpenAPI 3.0 or 3.1, as JSON or YAML.
public struct OpenAPIImport: Sendable {
  /// What the user decides.
  public struct Options: Hashable, Sendable {
    /// Where the API is, instead of where its description says. Without a path, the description's path stays.
    public var baseURL: String?
    /// Which operations become tools.
    public var filter: OperationFilter
    /// Hosts that the user allows, for references to URLs and for calls.
    public var allowedHosts: [String]
    /// Environment variables that hold the secrets of security schemes, by the scheme's name.
    public var secrets: [String: String]
    /// The folder that references to files may lead to; the description's own by default.
    public var root: String?

    /// Takes the choice.
    public init(
      baseURL: String? = nil, filter: OperationFilter = OperationFilter(), allowedHosts: [String] = [],
      secrets: [String: String] = [:], root: String? = nil
    ) {
      self.baseURL = baseURL
      self.filter = filter
      self.allowedHosts = allowedHosts
      self.secrets = secrets
      self.root = root
    }
  }

  private let document: JSONValue
  private let version: SpecVersion
  private let root: SpecLocation
  private let references: SpecReferences
  private let servers: SpecServers
  private let security: SpecSecurity
  private let options: Options
  private var names = ToolNames()
  private var tools: [JSONValue] = []
  private var bases: [WebAddress] = []
  private var result: ToolImport
  /// What was read differently than written, at which operation first, and at how many.
  private var schemaNotes: [(note: String, first: String, count: Int)] = []

  private static let methods = ["get", "head", "post", "put", "patch", "delete", "options", "trace"]

  /// Reads the description and makes tools of it.
  /// - Parameter source: a path or a URL.
  /// - Throws: `ToolImportError` where there is nothing to make tools of. An operation that cannot be one is counted.
  public static func run(_ source: String, options: Options = Options()) async throws -> ToolImport {
    let (root, loader) = try await SpecLoader.load(source, hosts: options.allowedHosts, below: options.root)
    var importing = try OpenAPIImport(root: root, loader: loader, options: options)
    return try importing.imported()
  }

  private init(root: SpecLocation, loader: SpecLoader, options: Options) throws(ToolImportError) {
    self.root = root
    self.options = options
    document = loader.documents[root] ?? .null
    version = try SpecVersion(of: document)
    references = SpecReferences(loader: loader)
    servers = try SpecServers(document: document, version: version, root: root, baseURL: options.baseURL)
    let title = document["info"]?["title"]?.stringValue ?? ""
    security = try SpecSecurity(
      document: document, references: references, root: root, title: title, given: options.secrets)
    let number = document["info"]?["version"].map(HTTPParameter.text) ?? ""
    let name = [title.isEmpty ? "an API without a name" : title, number].filter { !$0.isEmpty }.joined(separator: " ")
    result = ToolImport(source: "\(name.shown.dropFirst().dropLast()) (\(version.rawValue))", file: .null)
  }

  private mutating func imported() throws(ToolImportError) -> ToolImport {
    guard let paths = document["paths"]?.objectValue, !paths.isEmpty else {
      throw ToolImportError("the description has no \"paths\", so there is nothing to call")
    }
    for (path, item) in paths where path.hasPrefix("/") {
      do throws(ToolImportError) {
        try addOperations(of: references.resolved(item, at: root), path: path)
      } catch {
        result.leftOut.append(.init(what: path, reason: error.reason, isByChoice: false))
      }
    }
    guard !tools.isEmpty else {
      let reasons = result.leftOutByReason.map { "\($0.count) × \($0.reason)" }.joined(separator: "; ")
      throw ToolImportError("no operation becomes a tool: \(reasons.isEmpty ? "there is none" : reasons)")
    }
    if (document["servers"]?.arrayValue?.count ?? 0) > 1, options.baseURL == nil {
      result.notes.append("the description names several servers; the first is used (--base-url takes another)")
    }
    // Where calls go is what matters most.
    let others = result.notes
    result.notes = []
    let hosts = listedHosts()
    result.notes += others
    for (note, first, count) in schemaNotes {
      result.notes.append(count == 1 ? "\(first): \(note)" : "\(count) operations, \(first) the first: \(note)")
    }
    result.file = ["hosts": .array(hosts.map { .string($0) }), "tools": .array(tools)]
    return result
  }

  private mutating func addOperations(of item: SpecReferences.Part, path: String) throws(ToolImportError) {
    for method in Self.methods {
      guard let written = item.value[method], written.objectValue != nil else { continue }
      let what = "\(method.uppercased()) \(path)"
      let operation: SpecReferences.Part
      do throws(ToolImportError) {
        operation = try references.resolved(written, at: item.place)
      } catch {
        result.leftOut.append(.init(what: what, reason: error.reason, isByChoice: false))
        continue
      }
      let wanted = operation.value["operationId"]?.stringValue.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
      let tentative = ToolNames.legal(wanted ?? "\(method)_\(path == "/" ? "root" : path)")
      let tags = (operation.value["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
      if let reason = options.filter.reason(
        names: [tentative, wanted ?? tentative, path, what] + tags, method: method.uppercased())
      {
        result.leftOut.append(.init(what: what, reason: reason, isByChoice: true))
        continue
      }
      do throws(ToolImportError) {
        var made = try tool(operation, in: item, method: method.uppercased(), path: path)
        made["function"] = .object(
          JSONObject(
            [("name", .string(names.name(for: tentative)))]
              + (made["function"]?.objectValue ?? [:]).map { ($0.key, $0.value) }))
        try prove(made)
        tools.append(.object(made))
      } catch {
        result.leftOut.append(.init(what: what, reason: error.reason, isByChoice: false))
      }
    }
  }

  /// A tool has to be one that can be read again.
  private func prove(_ tool: JSONObject) throws(ToolImportError) {
    do throws(ToolFileError) {
      _ = try ToolRegistry(["tools": [.object(tool)]])
    } catch {
      throw ToolImportError("it makes no tool that can be called: \(error)")
    }
  }

  private mutating func tool(
    _ part: SpecReferences.Part, in item: SpecReferences.Part, method: String, path: String
  ) throws(ToolImportError) -> JSONObject {
    let operation = part.value
    var schemas = SpecSchemas(references: references, version: version)
    let reader = SpecParameters(references: references, version: version)
    let consumes = SpecAnswers.types(operation["consumes"] ?? document["consumes"])
    let (version, references) = (version, references)
    let (parameters, body) = try schemas.make { schemas throws(ToolImportError) in
      let read = try reader.read(part, in: item, path: path, &schemas)
      var body: SpecBody?
      if version == .swagger2 {
        body = try SpecBody.swagger(read, consumes: consumes, &schemas)
      } else if let json = operation["requestBody"], method != "GET", method != "HEAD" {
        body = try SpecBody.openAPI(json, at: part.place, references, &schemas)
      }
      return (read.parameters, body)
    }
    let arguments = SpecArguments(parameters, body, definitions: schemas.definitions)
    let schema = arguments.schema(definitions: schemas.definitions)
    for note in schemas.notes {
      let known = schemaNotes.firstIndex { $0.note == note }
      if let known { schemaNotes[known].count += 1 } else { schemaNotes.append((note, "\(method) \(path)", 1)) }
    }
    var function = JSONObject()
    function["description"] = .string(Self.description(of: operation, item.value, else: "\(method) \(path)"))
    function["parameters"] = .object(schema)
    var tool: JSONObject = ["type": "function", "function": .object(function)]
    let isReading = method == "GET" || method == "HEAD"
    if isReading { tool["read_only"] = true }
    do throws(JSONSchemaError) {
      let examples = arguments.exampleArguments(following: try JSONSchema(ParameterSchema.closed(.object(schema))))
      if !examples.isEmpty { tool["examples"] = .array(examples) }
    } catch {
      throw ToolImportError("its schema cannot be used: \(error)")
    }
    guard let base = try servers.base(for: operation, in: item.value) else {
      let note =
        "the description does not say which host the API is on, so the tools can be checked but not called; "
        + "give it with --base-url"
      if !result.notes.contains(note) { result.notes.append(note) }
      return tool
    }
    tool["execute"] = .object(try execute(operation, arguments, method: method, base: base, path: path, at: part.place))
    return tool
  }

  private mutating func execute(
    _ operation: JSONValue, _ arguments: SpecArguments, method: String, base: WebAddress, path: String,
    at place: SpecLocation
  ) throws(ToolImportError) -> JSONObject {
    var execute: JSONObject = [
      "kind": "http", "method": .string(method),
      "base_url": .string(base.path == "/" ? base.origin : base.text),
      "path": .string(Self.written(path, besides: arguments.parameters)),
    ]
    if !arguments.parameters.isEmpty { execute["parameters"] = .array(arguments.parameters) }
    execute["body"] = arguments.body
    if let alternatives = try security.alternatives(for: operation) {
      execute["security"] = alternatives
      for credential in (alternatives.arrayValue ?? []).flatMap({ $0.arrayValue ?? [] }) {
        for key in ["key", "token", "user", "password"] {
          guard let name = credential[key]?.stringValue, !result.variables.contains(name) else { continue }
          result.variables.append(name)
        }
      }
    }
    let answers = SpecAnswers(
      of: operation, at: place, document: document, version: version, references: references)
    if let accept = answers.accept { execute["accept"] = .string(accept) }
    if answers.isData { execute["output"] = "data" }
    if !bases.contains(base) { bases.append(base) }
    return execute
  }

  /// The path with everything encoded that may not stand in a URL, but for its places.
  ///
  /// What stands behind `#` only tells operations apart. A query stays, but for what is an argument.
  private static func written(_ path: String, besides parameters: [JSONValue]) -> String {
    let whole = path.prefix { $0 != "#" }
    let path = whole.prefix { $0 != "?" }
    var result = ""
    var isPlace = false
    for character in path {
      if character == "{" { isPlace = true }
      result += isPlace ? String(character) : PercentEncoding.encoded(String(character), keeping: "/:@!$&'()*+,;=%")
      if character == "}" { isPlace = false }
    }
    let names = parameters.filter { $0["in"] == "query" }.compactMap { ($0["name"] ?? $0["argument"])?.stringValue }
    let query = whole[path.endIndex...].dropFirst().split(separator: "&").filter { pair in
      !names.contains(String(pair.prefix { $0 != "=" }))
    }
    let pairs = query.map { PercentEncoding.encoded(String($0), keeping: "/:@!$'()*+,;=%{}") }
    return pairs.isEmpty ? result : "\(result)?\(pairs.joined(separator: "&"))"
  }

  private static func description(of operation: JSONValue, _ item: JSONValue, else other: String) -> String {
    var parts: [String] = operation["deprecated"] == true ? ["Deprecated."] : []
    for text in [operation["summary"]?.stringValue, operation["description"]?.stringValue] {
      guard let text = text?.trimmed, !text.isEmpty, !parts.contains(text) else { continue }
      parts.append(text)
    }
    if parts.isEmpty { parts = [(item["summary"] ?? item["description"])?.stringValue ?? other] }
    let whole = parts.joined(separator: "\n\n")
    // What model servers take at most.
    return whole.unicodeScalars.count > 1_024 ? String(whole.unicodeScalars.prefix(1_023)) + "…" : whole
  }

  // MARK: Hosts

  /// Where calls may go: the tools' own servers, each with a word where that is not the open net.
  private mutating func listedHosts() -> [String] {
    var hosts: [String] = []
    if case .url(let source) = root, options.baseURL == nil,
      let other = bases.first(where: { $0.host != source.host })
    {
      result.notes.append(
        "calls go to \(other.hostAndPort), though the description comes from \(source.hostAndPort) (--base-url decides)"
      )
    }
    for base in bases where !hosts.contains(base.hostAndPort) {
      let kind = IPAddress(base.host).map(AddressKind.init) ?? (base.host == "localhost" ? .loopback : .everywhere)
      switch kind {
      case .everywhere: hosts.append(base.hostAndPort)
      case .loopback:
        hosts.append(base.hostAndPort)
        result.notes.append("calls go to \(base.hostAndPort), on this machine")
      case .private:
        hosts.append(base.hostAndPort)
        result.notes.append("calls go to \(base.hostAndPort), in your private network")
      case .linkLocal, .reserved:
        result.notes.append(
          "calls would go to \(base.hostAndPort), a \(kind.rawValue) address, and are refused; if that is meant, allow "
            + "it at every use with --allow-host \(base.hostAndPort)")
      }
    }
    return hosts
  }
}
