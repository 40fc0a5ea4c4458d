import OrderedJSON

/// What an operation answers where all is well: the media types that its description names.
struct SpecAnswers {
  private let types: [String]

  init(
    of operation: JSONValue, at place: SpecLocation, document: JSONValue, version: SpecVersion,
    references: SpecReferences
  ) {
    guard version != .swagger2 else {
      types = Self.types(operation["produces"] ?? document["produces"])
      return
    }
    var types: [String] = []
    for (status, response) in operation["responses"]?.objectValue ?? [:]
    where status.hasPrefix("2") || status == "default" {
      for type in (try? references.resolved(response, at: place))?.value["content"]?.objectValue?.keys ?? []
      where !types.contains(type) {
        types.append(type)
      }
    }
    self.types = types
  }

  /// A list of media types, as Swagger 2.0 writes it.
  static func types(_ json: JSONValue?) -> [String] { (json?.arrayValue ?? []).compactMap(\.stringValue) }

  /// What is asked for: JSON first; `nil` where the description says nothing.
  var accept: String? {
    let named = types.filter { !HTTPTool.breaksHeader($0) && $0.contains("/") && $0 != "*/*" }
    guard !named.isEmpty else { return nil }
    let json = named.filter { MediaType($0).isJSON }
    return ((json + named.filter { !json.contains($0) }).prefix(6) + ["*/*;q=0.5"]).joined(separator: ", ")
  }

  /// Whether a web page is no answer: servers show one to whoever is not logged in, and say that all is well.
  var isData: Bool {
    let kinds = types.map { MediaType($0) }
    return kinds.contains(where: \.isJSON) && !kinds.contains { $0.isPage || $0.name == "*/*" }
  }
}
