import OrderedJSON

/// Where an API's operations are, as its description says it or the user does.
struct SpecServers {
  let document: JSONValue
  let version: SpecVersion
  let root: SpecLocation
  /// `--base-url`.
  let given: WebAddress?
  /// Whether that one has a path of its own, be it `/`: then it replaces the description's path as well.
  let givenHasPath: Bool

  /// - Throws: `ToolImportError` where the base URL is none.
  init(
    document: JSONValue, version: SpecVersion, root: SpecLocation, baseURL: String?
  ) throws(ToolImportError) {
    self.document = document
    self.version = version
    self.root = root
    guard let baseURL else {
      (given, givenHasPath) = (nil, false)
      return
    }
    do throws(WebAddress.Invalid) {
      let address = try WebAddress(baseURL)
      guard address.query == nil else { throw WebAddress.Invalid(reason: "a base URL has no query") }
      given = address
    } catch {
      throw ToolImportError("--base-url \(baseURL.shown): \(error.reason)")
    }
    givenHasPath = baseURL.drop { $0 != ":" }.dropFirst(3).contains("/")
  }

  /// The URL that an operation's path goes behind; `nil` where nobody says which host it is on.
  /// - Parameters:
  ///   - operation: the operation, whose `servers` count first. - item: its path's.
  /// - Throws: `ToolImportError` where the description's own is no URL.
  func base(for operation: JSONValue, in item: JSONValue) throws(ToolImportError) -> WebAddress? {
    if let given, givenHasPath { return given }
    let (text, isOpen) =
      version == .swagger2 ? (swaggerServer(operation), false) : Self.filled(server(operation, item))
    do throws(WebAddress.Invalid) {
      guard let given else {
        guard !isOpen else { return nil }
        if case .url(let address) = root { return try address.resolving(text) }
        let address = try Self.nowhere().resolving(text)
        return address.host == "host.invalid" ? nil : address
      }
      // The same API on another host.
      let there = try Self.nowhere().resolving(text)
      var address = given
      address.path = there.path
      address.query = there.query
      return address
    } catch {
      throw ToolImportError("the server \(text.shown): \(error.reason)")
    }
  }

  /// Where a relative server leads when nobody says where the description is (RFC 6761).
  private static func nowhere() throws(WebAddress.Invalid) -> WebAddress { try WebAddress("http://host.invalid/") }

  private func swaggerServer(_ operation: JSONValue) -> String {
    var path = document["basePath"]?.stringValue ?? "/"
    if !path.hasPrefix("/") { path = "/" + path }
    let own = operation["schemes"]?.arrayValue ?? document["schemes"]?.arrayValue ?? []
    let schemes = own.compactMap(\.stringValue).filter { $0 == "https" || $0 == "http" }
    guard let host = document["host"]?.stringValue, !host.isEmpty else { return path }
    var scheme = schemes.contains("https") ? "https" : schemes.first
    if scheme == nil, case .url(let address) = root { scheme = address.isSecure ? "https" : "http" }
    return "\(scheme ?? "https")://\(host)\(path)"
  }

  private func server(_ operation: JSONValue, _ item: JSONValue) -> JSONValue {
    [operation, item, document].lazy.compactMap { $0["servers"]?[0] }.first ?? [:]
  }

  /// The server's URL with its variables filled in; without its host where they leave that open.
  private static func filled(_ server: JSONValue) -> (text: String, isOpen: Bool) {
    let url = server["url"]?.stringValue ?? "/"
    let host = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? (url.hasPrefix("{") ? url[...] : "")
    var text = url
    var open = Set(SpecParameters.places(in: String(host.prefix { $0 != "/" })))
    for (name, variable) in server["variables"]?.objectValue ?? [:] {
      let value = HTTPParameter.text(variable["default"] ?? variable["enum"]?[0] ?? "")
      text = text.replacing("{\(name)}", with: value)
      if !value.isEmpty, !value.contains("{") { open.remove(name) }
    }
    guard open.isEmpty else {
      // The path still counts, where the user says the host.
      let rest = (text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]).drop { $0 != "/" }
      return (rest.isEmpty ? "/" : String(rest), true)
    }
    return (text.isEmpty ? "/" : text, false)
  }
}
