import OrderedJSON

/// How the body of a request is made from a call's arguments.
///
/// ```json
/// {"type": "json", "fields": [{"argument": "name"}, {"argument": "id_body", "name": "id"}], "rest": true}
/// {"type": "text", "content_type": "text/plain", "argument": "body"}
/// ```
/// - `type`: `json`, `form` (urlencoded), `multipart`, `text` or `binary`.
/// - `argument`: the one argument that is the whole body, or
/// - `fields`: the arguments that are its members; `rest` says that every other argument, too, is one. A field takes
///   `style`, `explode` and `json` as a query's parameter does, and `file`: it is sent as a file.
/// - `content_type`: what the server is told, the type's usual one by default.
///
/// What is sent as a file, and the body of `binary`, may be written as `data:TYPE;base64,…`; everything else is sent as
/// the bytes of its text.
public struct HTTPBody: Hashable, Sendable {
  /// What the body is.
  public enum Kind: String, Hashable, Sendable, CaseIterable { case json, form, multipart, text, binary }

  struct Field: Hashable, Sendable {
    var parameter: HTTPParameter
    var isFile = false
  }

  public var kind: Kind
  public var contentType: String
  /// The argument that is the whole body.
  public var argument: String?
  var fields: [Field] = []
  /// Whether arguments that stand nowhere else are members of the body.
  var takesRest = false

  static func usualContentType(_ kind: Kind) -> String {
    switch kind {
    case .json: "application/json"
    case .form: "application/x-www-form-urlencoded"
    case .multipart: "multipart/form-data"
    case .text: "text/plain; charset=utf-8"
    case .binary: "application/octet-stream"
    }
  }

  /// The bytes and their type; `nil` where the call says nothing that belongs into the body.
  /// - Parameter others: arguments that have a place elsewhere in the request.
  func encoded(_ arguments: JSONObject, others: Set<String>) -> (bytes: [UInt8], contentType: String)? {
    if let argument {
      guard let value = arguments[argument] else { return nil }
      return whole(value)
    }
    var members: [(field: Field, value: JSONValue)] = fields.compactMap { field in
      arguments[field.parameter.argument].map { (field, $0) }
    }
    if takesRest {
      let known = others.union(fields.map(\.parameter.argument))
      for (name, value) in arguments where !known.contains(name) {
        members.append((Field(parameter: HTTPParameter(argument: name, place: .query)), value))
      }
    }
    guard !members.isEmpty else { return nil }
    return encoded(members)
  }

  private func whole(_ value: JSONValue) -> (bytes: [UInt8], contentType: String) {
    switch kind {
    case .json: return (Array(value.serialized(.compact).utf8), contentType)
    case .text: return (Array(HTTPParameter.text(value).utf8), contentType)
    case .binary:
      let file = DataURL.bytes(of: HTTPParameter.text(value))
      return (file.bytes, file.type ?? contentType)
    case .form, .multipart:
      let members = value.objectValue ?? [:]
      return encoded(members.map { (Field(parameter: HTTPParameter(argument: $0.key, place: .query)), $0.value) })
    }
  }

  private func encoded(_ members: [(field: Field, value: JSONValue)]) -> (bytes: [UInt8], contentType: String) {
    switch kind {
    case .json, .text, .binary:
      let object = JSONObject(members.map { ($0.field.parameter.name, $0.value) })
      return (Array(JSONValue.object(object).serialized(.compact).utf8), contentType)
    case .form:
      let pairs = members.filter { !$0.value.isNull }.flatMap { $0.field.parameter.pairs(for: $0.value) }
      return (Array(pairs.joined(separator: "&").utf8), contentType)
    case .multipart:
      var parts: [MultipartBody.Part] = []
      for (field, value) in members where !value.isNull {
        // Several files, or several plain values, are several parts; what is nested is JSON.
        let isList = value.arrayValue != nil && !field.parameter.isJSON
        for element in isList ? value.arrayValue ?? [] : [value] {
          parts.append(.init(name: field.parameter.name, value: element, isFile: field.isFile))
        }
      }
      return MultipartBody.encoded(parts, contentType: contentType)
    }
  }
}

/// Reads `data:` URLs, by which a call can carry bytes that are no text.
enum DataURL {
  /// The bytes and the type that such a URL says; or else the text's own bytes.
  static func bytes(of text: String) -> (bytes: [UInt8], type: String?) {
    guard text.hasPrefix("data:"), let comma = text.firstIndex(of: ",") else { return (Array(text.utf8), nil) }
    let head = text[..<comma].dropFirst(5)
    guard head.hasSuffix(";base64"), let bytes = Base64.decoded(text[text.index(after: comma)...]) else {
      return (Array(text.utf8), nil)
    }
    let type = head.dropLast(7)
    let isPlain = type.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    return (bytes, type.isEmpty || !isPlain ? nil : String(type))
  }
}
