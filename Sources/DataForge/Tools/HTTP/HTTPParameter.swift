import OrderedJSON

/// Where an argument stands in a request, and how it is written there.
///
/// ```json
/// {"argument": "ids", "name": "id", "in": "query", "style": "form", "explode": false}
/// ```
/// - `argument`: the call's argument; `name`: its name at the wire, the argument's by default.
/// - `in`: `path`, `query`, `header` or `cookie`.
/// - `style` and `explode`: as in OpenAPI, for arrays and objects; besides its styles there is `tabDelimited`, from
///   Swagger 2.0.
/// - `json`: the value is written as JSON text.
/// - `allow_reserved`: signs such as `/` stay as they are in a query.
///
/// Source: https://spec.openapis.org/oas/v3.1.0#style-values
public struct HTTPParameter: Hashable, Sendable {
  /// The part of a request.
  public enum Place: String, Hashable, Sendable, CaseIterable { case path, query, header, cookie }

  /// How arrays and objects are written.
  public enum Style: String, Hashable, Sendable, CaseIterable {
    case simple, label, matrix, form, spaceDelimited, pipeDelimited, tabDelimited, deepObject
  }

  /// The argument of the call.
  public var argument: String
  /// The name at the wire.
  public var name: String
  public var place: Place
  public var style: Style
  public var explode: Bool
  /// Whether the value is written as JSON text.
  public var isJSON = false
  public var allowReserved = false

  /// Takes OpenAPI's defaults for what is not given.
  init(argument: String, name: String? = nil, place: Place, style: Style? = nil, explode: Bool? = nil) {
    self.argument = argument
    self.name = name ?? argument
    self.place = place
    self.style = style ?? (place == .query || place == .cookie ? .form : .simple)
    self.explode = explode ?? (self.style == .form)
  }

  /// Headers that belong to the connection or the client, and that no argument sets.
  static let forbiddenHeaders: Set<String> = [
    "host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect",
    "proxy-authorization", "proxy-connection", "accept-encoding",
  ]

  /// Whether a name is one that a header may have (a token of RFC 9110).
  static func isHeaderName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        let scalar = Unicode.Scalar(byte)
        return scalar.properties.isAlphabetic && byte < 128 || (48...57).contains(byte)
          || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }

  // MARK: Values

  /// `name=value` for a query, as many as there are.
  func pairs(for value: JSONValue) -> [String] {
    let key = PercentEncoding.encoded(name)
    if isJSON { return ["\(key)=\(encoded(value.serialized(.compact)))"] }
    switch value {
    case .array(let list):
      if explode, style != .deepObject { return list.map { "\(key)=\(encoded(Self.text($0)))" } }
      guard !list.isEmpty else { return [] }
      return ["\(key)=\(list.map { encoded(Self.text($0)) }.joined(separator: delimiter))"]
    case .object(let object):
      if style == .deepObject { return deepPairs(key, value, depth: 0) }
      if explode { return object.map { "\(PercentEncoding.encoded($0.key))=\(encoded(Self.text($0.value)))" } }
      guard !object.isEmpty else { return [] }
      return ["\(key)=\(flat(object).map(encoded).joined(separator: delimiter))"]
    default: return ["\(key)=\(encoded(Self.text(value)))"]
    }
  }

  private func deepPairs(_ key: String, _ value: JSONValue, depth: Int) -> [String] {
    guard depth < 16 else { return ["\(key)=\(encoded(value.serialized(.compact)))"] }
    switch value {
    case .object(let object):
      return object.flatMap { deepPairs("\(key)%5B\(PercentEncoding.encoded($0.key))%5D", $0.value, depth: depth + 1) }
    case .array(let list): return list.flatMap { deepPairs(key, $0, depth: depth + 1) }
    default: return ["\(key)=\(encoded(Self.text(value)))"]
    }
  }

  /// What stands in a path's segment.
  func segment(for value: JSONValue) -> String {
    let encode = { (text: String) in PercentEncoding.encoded(text) }
    if isJSON { return encode(value.serialized(.compact)) }
    let key = encode(name)
    let parts: [String]
    switch value {
    case .array(let list): parts = list.map { encode(Self.text($0)) }
    case .object(let object) where explode:
      parts = object.map { "\(encode($0.key))=\(encode(Self.text($0.value)))" }
    case .object(let object): parts = flat(object).map(encode)
    default: parts = [encode(Self.text(value))]
    }
    switch style {
    case .label: return "." + parts.joined(separator: explode ? "." : ",")
    case .matrix:
      guard explode else { return ";\(key)=\(parts.joined(separator: ","))" }
      let isObject = value.objectValue != nil
      return parts.map { isObject ? ";\($0)" : ";\(key)=\($0)" }.joined()
    default: return parts.joined(separator: ",")
    }
  }

  /// A header's value, not encoded.
  func headerValue(for value: JSONValue) -> String {
    if isJSON { return value.serialized(.compact) }
    switch value {
    case .array(let list): return list.map(Self.text).joined(separator: ",")
    case .object(let object) where explode:
      return object.map { "\($0.key)=\(Self.text($0.value))" }.joined(separator: ",")
    case .object(let object): return flat(object).joined(separator: ",")
    default: return Self.text(value)
    }
  }

  private var delimiter: String {
    switch style {
    case .spaceDelimited: "%20"
    case .pipeDelimited: "%7C"
    case .tabDelimited: "%09"
    default: ","
    }
  }

  private func encoded(_ text: String) -> String {
    PercentEncoding.encoded(text, keeping: allowReserved ? PercentEncoding.reservedInQuery : "")
  }

  private func flat(_ object: JSONObject) -> [String] { object.flatMap { [$0.key, Self.text($0.value)] } }

  /// The value as plain text: a string as it is, everything else as JSON writes it.
  static func text(_ value: JSONValue) -> String {
    value.stringValue ?? (value.isNull ? "" : value.serialized(.compact))
  }
}
