import OrderedJSON

/// A version of the Model Context Protocol (https://modelcontextprotocol.io/specification).
///
/// All before 2026-07-28 begin with a handshake (`initialize`) and have sessions. From then on there is no handshake, and
/// each request says the version and what we are in its `_meta`.
enum MCPVersion: String, CaseIterable, Sendable {
  case november2024 = "2024-11-05"
  case march2025 = "2025-03-26"
  case june2025 = "2025-06-18"
  case november2025 = "2025-11-25"
  case july2026 = "2026-07-28"

  /// What a handshake asks for.
  static let newestWithHandshake = november2025

  var hasHandshake: Bool { self != .july2026 }

  /// Whether each HTTP request names the version in a header.
  var hasHeader: Bool { self != .november2024 && self != .march2025 }

  static let client: JSONValue = ["name": "dataforge", "title": "DataForge", "version": "1"]

  /// What each request carries.
  var meta: JSONObject {
    guard !hasHandshake else { return [:] }
    return [
      "_meta": [
        "io.modelcontextprotocol/protocolVersion": .string(rawValue),
        "io.modelcontextprotocol/clientInfo": Self.client,
        "io.modelcontextprotocol/clientCapabilities": [:],
      ]
    ]
  }
}
