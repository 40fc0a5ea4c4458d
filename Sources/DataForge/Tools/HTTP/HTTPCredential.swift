import OrderedJSON

/// A secret that a request carries. Its value comes from an environment variable and stands nowhere else.
///
/// ```json
/// {"scheme": "api-key", "in": "header", "name": "X-API-Key", "key": "PETSTORE_API_KEY"}
/// {"scheme": "bearer", "token": "PETSTORE_TOKEN"}
/// {"scheme": "basic", "user": "PETSTORE_USER", "password": "PETSTORE_PASSWORD"}
/// ```
public enum HTTPCredential: Hashable, Sendable {
  case apiKey(place: HTTPParameter.Place, name: String, key: String)
  case bearer(token: String)
  case basic(user: String, password: String)

  /// The environment variables that it needs.
  public var variables: [String] {
    switch self {
    case .apiKey(_, _, let key): [key]
    case .bearer(let token): [token]
    case .basic(let user, let password): [user, password]
    }
  }

  /// - Throws: `ToolFileError`.
  init(_ json: JSONValue, at path: String) throws(ToolFileError) {
    func variable(_ key: String) throws(ToolFileError) -> String {
      guard let name = json[key]?.stringValue, !name.isEmpty,
        name.utf8.allSatisfy({ $0 == 95 || (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }
        )
      else {
        throw ToolFileError(
          path: "\(path)/\(key)", reason: "it is the name of an environment variable; secrets never stand in the file")
      }
      return name
    }
    switch json["scheme"]?.stringValue {
    case "api-key":
      guard let place = json["in"]?.stringValue.flatMap(HTTPParameter.Place.init(rawValue:)), place != .path,
        let name = json["name"]?.stringValue, place != .header || HTTPParameter.isHeaderName(name)
      else {
        throw ToolFileError(path: path, reason: "an API key has \"in\" (header, query or cookie) and a \"name\"")
      }
      self = .apiKey(place: place, name: name, key: try variable("key"))
    case "bearer": self = .bearer(token: try variable("token"))
    case "basic": self = .basic(user: try variable("user"), password: try variable("password"))
    default:
      throw ToolFileError(path: path + "/scheme", reason: "it is \"api-key\", \"bearer\" or \"basic\"")
    }
  }
}

/// Values of secrets, and how they are kept out of what is written.
struct Secrets: Sendable {
  /// Reads an environment variable.
  typealias Environment = @Sendable (String) -> String?

  /// Each secret text with what stands for it.
  private(set) var texts: [(text: String, sign: String)] = []

  mutating func add(_ text: String, of variable: String) {
    guard !text.isEmpty else { return }
    texts.append((text, "[\(variable)]"))
  }

  /// The text without any secret. Secrets of one or two characters say nothing, and hiding them would garble.
  func hidden(in text: String) -> String {
    var text = text
    for secret in texts where secret.text.utf8.count > 2 && text.contains(secret.text) {
      text = text.replacing(secret.text, with: secret.sign)
    }
    return text
  }
}
