/// What a `Content-Type` says.
struct MediaType: Hashable, Sendable {
  /// Type and subtype in lower case; empty where there is none.
  let name: String
  private let charset: String

  private static let json = MediaType(reading: "application/json")

  init(_ header: String) { self = header == "application/json" ? Self.json : MediaType(reading: header) }

  private init(reading header: String) {
    let parts = header.split(separator: ";").map { $0.trimmed.lowercased() }
    name = parts.first ?? ""
    let given = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(8)
    charset = given.map { String($0.filter { $0 != "\"" && $0 != "'" }) } ?? ""
  }

  var isJSON: Bool {
    name == "application/json" || name == "text/json" || name.hasSuffix("+json")
      || ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"].contains(name)
  }

  /// Whether it is made for people and their browsers.
  var isPage: Bool { name == "text/html" || name == "application/xhtml+xml" }

  /// The body as text; `nil` where it is none. A text whose bytes break its encoding gets `U+FFFD` in their places.
  func text(of bytes: [UInt8]) -> String? {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    if ["iso-8859-1", "latin1", "windows-1252", "us-ascii"].contains(charset),
      String(validating: bytes, as: UTF8.self) == nil
    {
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
    if let text = String(validating: bytes, as: UTF8.self), isText || !bytes.contains(0) { return text }
    return isText ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private var isText: Bool {
    name.hasPrefix("text/") || isJSON || name.hasSuffix("xml") || name.hasSuffix("yaml")
      || ["application/javascript", "application/x-www-form-urlencoded"].contains(name)
  }
}
