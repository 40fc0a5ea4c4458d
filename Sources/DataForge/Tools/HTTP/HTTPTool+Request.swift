import OrderedJSON

/// Why a call becomes no request.
enum UnusableCall: Error, Hashable {
  /// It would be an attack, whoever meant it so.
  case refused(String)
  /// Something is missing.
  case notExecutable(String)
}

extension HTTPTool {
  /// The request that a call asks for, and the secrets in it.
  /// - Parameter environment: where the values of secrets come from.
  func request(
    for arguments: JSONObject, environment: Secrets.Environment
  ) throws(UnusableCall) -> (request: WebRequest, secrets: Secrets) {
    var address = base
    let prefix = base.path.hasSuffix("/") ? String(base.path.dropLast()) : base.path
    address.path = prefix + (try filledPath(arguments))
    if address.path.isEmpty { address.path = "/" }
    var query = self.query.map { [$0] } ?? []
    var cookies: [String] = []
    var headers: [WebRequest.Header] = [
      .init(name: "Accept", value: accept, isForEveryServer: true),
      .init(name: "User-Agent", value: "forge", isForEveryServer: true),
    ]
    headers += self.headers
    for parameter in parameters where parameter.place != .path {
      guard let value = arguments[parameter.argument], !value.isNull else { continue }
      switch parameter.place {
      case .path: break
      case .query: query += parameter.pairs(for: value)
      case .cookie: cookies += parameter.pairs(for: value)
      case .header:
        let text = parameter.headerValue(for: value)
        guard !Self.breaksHeader(text) else {
          throw .refused(
            "the argument \(parameter.argument.shown) holds a line break or another control character, which would "
              + "reach beyond the header \(parameter.name)")
        }
        headers.removeAll { $0.name.lowercased() == parameter.name.lowercased() }
        headers.append(.init(name: parameter.name, value: text))
      }
    }
    var secrets = Secrets()
    try add(security, environment, &query, &cookies, &headers, &secrets)
    if !query.isEmpty { address.query = query.joined(separator: "&") }
    if !cookies.isEmpty { headers.append(.init(name: "Cookie", value: cookies.joined(separator: "; "))) }
    var request = WebRequest(method: method, address: address, headers: headers)
    if let body, let (bytes, type) = body.encoded(arguments, others: Set(parameters.map(\.argument))) {
      request.body = bytes
      request.headers.removeAll { $0.name.lowercased() == "content-type" }
      request.headers.append(.init(name: "Content-Type", value: type))
    } else if ["POST", "PUT", "PATCH"].contains(method) {
      // Some servers insist on a length, also on that of nothing.
      request.body = []
    }
    return (request, secrets)
  }

  /// Whether a text would end the header that it stands in.
  static func breaksHeader(_ text: String) -> Bool { text.utf8.contains { ($0 < 32 && $0 != 9) || $0 == 127 } }

  // MARK: The path

  private func filledPath(_ arguments: JSONObject) throws(UnusableCall) -> String {
    var filled = ""
    for part in path {
      switch part {
      case .text(let text): filled += text
      case .parameter(let name):
        guard let parameter = parameters.first(where: { $0.place == .path && $0.name == name }) else { continue }
        let argument = parameter.argument
        guard let value = arguments[argument] ?? defaults[argument], !value.isNull else {
          throw .notExecutable("the argument \(argument.shown), which the path needs, is missing")
        }
        // Many servers decode a path before they split it; to encode the slash is then not enough.
        let pieces = Self.texts(in: value).flatMap { $0.split(whereSeparator: { "/\\".contains($0) }) }
        guard !pieces.contains(where: { $0 == ".." || $0 == "." }) else {
          throw .refused("the argument \(argument.shown) would lead out of its place in the path")
        }
        let segment = parameter.segment(for: value)
        guard !segment.isEmpty else {
          throw .notExecutable("the argument \(argument.shown) is empty, and its place in the path cannot be")
        }
        filled += segment
      }
    }
    guard !filled.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
      throw .refused("the arguments together would lead out of their place in the path")
    }
    return filled
  }

  private static func texts(in value: JSONValue) -> [String] {
    switch value {
    case .array(let list): list.map(HTTPParameter.text)
    case .object(let object): object.flatMap { [$0.key, HTTPParameter.text($0.value)] }
    default: [HTTPParameter.text(value)]
    }
  }

  // MARK: Secrets

  private func add(
    _ alternatives: [[HTTPCredential]], _ environment: Secrets.Environment, _ query: inout [String],
    _ cookies: inout [String], _ headers: inout [WebRequest.Header], _ secrets: inout Secrets
  ) throws(UnusableCall) {
    guard !alternatives.isEmpty else { return }
    func isSet(_ variable: String) -> Bool { environment(variable)?.isEmpty == false }
    // Where it goes with and without, it goes with, if it can.
    let choice =
      alternatives.first { !$0.isEmpty && $0.flatMap(\.variables).allSatisfy(isSet) }
      ?? alternatives.first(where: \.isEmpty)
    guard let choice else {
      let wanted = alternatives.map { $0.flatMap(\.variables).joined(separator: " and ") }
      throw .notExecutable("it needs a secret; set the environment variable \(wanted.joined(separator: ", or "))")
    }
    for credential in choice {
      var values: [String] = []
      for variable in credential.variables {
        let value = environment(variable) ?? ""
        guard !Self.breaksHeader(value) else {
          throw .notExecutable("the environment variable \(variable) holds a line break or a control character")
        }
        secrets.add(value, of: variable)
        values.append(value)
      }
      switch credential {
      case .apiKey(let place, let name, let variable):
        let encoded = PercentEncoding.encoded(values[0])
        if encoded != values[0] { secrets.add(encoded, of: variable) }
        switch place {
        case .query: query.append("\(PercentEncoding.encoded(name))=\(encoded)")
        case .cookie: cookies.append("\(PercentEncoding.encoded(name))=\(encoded)")
        case .header, .path: Self.set(name, values[0], &headers)
        }
      case .bearer: Self.set("Authorization", "Bearer \(values[0])", &headers)
      case .basic(_, let password):
        let encoded = Base64.encoded("\(values[0]):\(values[1])")
        secrets.add(encoded, of: password)
        Self.set("Authorization", "Basic \(encoded)", &headers)
      }
    }
  }

  private static func set(_ name: String, _ value: String, _ headers: inout [WebRequest.Header]) {
    headers.removeAll { $0.name.lowercased() == name.lowercased() }
    headers.append(.init(name: name, value: value))
  }
}
