import OrderedJSON

/// Which secrets an API's operations need, and the environment variables that hold them.
struct SpecSecurity {
  private let document: JSONValue
  private let references: SpecReferences
  private let root: SpecLocation
  private let prefix: String
  /// Variables that the user names himself, by scheme.
  private let given: [String: String]
  private var schemes: [String: JSONValue] = [:]

  init(
    document: JSONValue, references: SpecReferences, root: SpecLocation, title: String, given: [String: String]
  ) throws(ToolImportError) {
    self.document = document
    self.references = references
    self.root = root
    self.given = given
    prefix = Self.variable(title.isEmpty ? "API" : title)
    let all = (document["securityDefinitions"] ?? document["components"]?["securitySchemes"])?.objectValue ?? [:]
    for (name, scheme) in all {
      guard let part = try? references.resolved(scheme, at: root) else { continue }
      schemes[name] = part.value
    }
    if let unknown = given.keys.sorted().first(where: { schemes[$0] == nil }) {
      let names = schemes.keys.sorted()
      throw ToolImportError(
        "--secret \(unknown): there is no such security scheme\(Suggestion.hint(for: unknown, among: names))"
          + (names.isEmpty ? "" : "; there are: \(names.joined(separator: ", "))"))
    }
  }

  /// An operation's alternatives as `HTTPTool` reads them; `nil` where it needs none.
  /// - Throws: `ToolImportError` where none of the alternatives can be met.
  func alternatives(for operation: JSONValue) throws(ToolImportError) -> JSONValue? {
    guard let list = (operation["security"] ?? document["security"])?.arrayValue, !list.isEmpty else { return nil }
    var alternatives: [JSONValue] = []
    var problem = ""
    for requirement in list {
      var credentials: [JSONValue] = []
      var isMet = true
      for name in requirement.objectValue?.keys ?? [] {
        do throws(ToolImportError) {
          credentials.append(try credential(name))
        } catch {
          isMet = false
          problem = error.reason
        }
      }
      if isMet { alternatives.append(.array(credentials)) }
    }
    guard !alternatives.isEmpty else { throw ToolImportError(problem) }
    return alternatives.allSatisfy { $0.arrayValue?.isEmpty ?? true } ? nil : .array(alternatives)
  }

  private func credential(_ name: String) throws(ToolImportError) -> JSONValue {
    guard let scheme = schemes[name] else {
      throw ToolImportError("the security scheme \(name.shown) is named, but described nowhere")
    }
    switch (scheme["type"]?.stringValue, scheme["scheme"]?.stringValue?.lowercased()) {
    case ("apiKey", _):
      guard let place = scheme["in"], ["header", "query", "cookie"].contains(place),
        let key = scheme["name"], key.stringValue?.isEmpty == false
      else { throw ToolImportError("the security scheme \(name.shown) does not say where its key goes") }
      return ["scheme": "api-key", "in": place, "name": key, "key": .string(variable(name))]
    case ("basic", _), ("http", "basic"):
      let stem = variable(name)
      return ["scheme": "basic", "user": .string(stem + "_USER"), "password": .string(stem + "_PASSWORD")]
    case ("http", "bearer"), ("oauth2", _), ("openIdConnect", _):
      // How a token is come by is the user's affair.
      return ["scheme": "bearer", "token": .string(variable(name))]
    case (let type, let scheme):
      let kind = [type, scheme].compactMap { $0 }.joined(separator: " ")
      throw ToolImportError(
        "the security scheme \(name.shown) is of a kind that is not supported\(kind.isEmpty ? "" : ": \(kind)")")
    }
  }

  private func variable(_ scheme: String) -> String { given[scheme] ?? "\(prefix)_\(Self.variable(scheme))" }

  /// `Petstore API` and `apiKey` as shells name variables: `PETSTORE_API`, `API_KEY`.
  static func variable(_ name: String) -> String {
    var words = ""
    var last: Character = "_"
    for character in name.prefix(60) {
      if character.isASCII, character.isLetter || character.isNumber {
        if character.isUppercase, last.isLowercase { words += "_" }
        words += character.uppercased()
        last = character
      } else if !words.hasSuffix("_"), !words.isEmpty {
        words += "_"
        last = "_"
      }
    }
    while words.hasSuffix("_") { words.removeLast() }
    return words.isEmpty ? "API" : words.first?.isNumber == true ? "API_" + words : words
  }
}
