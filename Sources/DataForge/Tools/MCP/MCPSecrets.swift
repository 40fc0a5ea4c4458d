import OrderedJSON

/// The values of environment variables that a server is given. They may be keys, so nothing that is written holds them.
struct MCPSecrets: Sendable {
  /// For a program.
  private(set) var environment: [String: String] = [:]
  /// For a site.
  private(set) var headers: [(name: String, value: String)] = []
  /// Variables that are not set.
  private(set) var missing: [String] = []
  private var values: [(name: String, value: String)] = []

  init(of server: MCPServer, _ known: [String: String]) {
    switch server.place {
    case .program(let program):
      for name in program.environment { add(name, known) { secrets, value in secrets.environment[name] = value } }
    case .site(let site):
      for (header, name) in site.headers.sorted(by: { $0.key < $1.key }) {
        add(name, known) { secrets, value in secrets.headers.append((header, value)) }
      }
    }
    // The longest first: one may hold another.
    values.sort { $0.value.utf8.count > $1.value.utf8.count }
  }

  private mutating func add(
    _ name: String, _ known: [String: String], _ use: (inout MCPSecrets, String) -> Void
  ) {
    guard let value = known[name], !value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
      missing.append(name)
      return
    }
    use(&self, value)
    // `Bearer TOKEN`: the token alone is as secret.
    for part in [value] + value.split(separator: " ").map(String.init) where part.utf8.count >= 8 {
      values.append((name, part))
    }
  }

  /// The observation with the variables' names where their values stood. Values of less than eight bytes stay.
  func removed(from observation: Observation) -> Observation {
    guard !values.isEmpty else { return observation }
    var observation = observation
    observation.message = removed(from: observation.message)
    observation.output = removed(from: observation.output)
    return observation
  }

  /// The text without the values.
  func removed(from text: String) -> String {
    var text = text
    for (name, value) in values where text.contains(value) { text = text.replacing(value, with: "[\(name)]") }
    return text
  }

  private func removed(from json: JSONValue) -> JSONValue {
    switch json {
    case .string(let text): .string(removed(from: text))
    case .array(let list): .array(list.map { removed(from: $0) })
    case .object(let object):
      .object(JSONObject(object.map { (removed(from: $0.key), removed(from: $0.value)) }))
    default: json
    }
  }
}
