import OrderedJSON

/// Tools that were made from somebody else's description, and what was not.
public struct ToolImport: Sendable {
  /// Something that became no tool.
  public struct LeftOut: Hashable, Sendable {
    /// What it is called where it comes from, such as `POST /pets`.
    public var what: String
    public var reason: String
    /// Whether the user's choice decided and not a problem.
    public var isByChoice: Bool
  }

  /// What it was made from, in words: `Petstore 1.0 (OpenAPI 3.0)`.
  public var source: String
  /// What `ToolRegistry` reads: an object with `tools`, and `hosts` or `servers` where they are needed.
  public var file: JSONValue
  /// In the order of the source.
  public var leftOut: [LeftOut] = []
  /// What the user should know: where calls go, what was read differently than written.
  public var notes: [String] = []
  /// Environment variables that hold the secrets of calls.
  public var variables: [String] = []

  /// How many tools there are.
  public var count: Int { file["tools"]?.arrayValue?.count ?? 0 }

  /// What fell out though nobody chose that.
  public var failed: [LeftOut] { leftOut.filter { !$0.isByChoice } }

  /// How many were left out for each reason, the most frequent first.
  public var leftOutByReason: [(reason: String, count: Int)] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for entry in leftOut {
      if counts[entry.reason] == nil { order.append(entry.reason) }
      counts[entry.reason, default: 0] += 1
    }
    return order.map { ($0, counts[$0] ?? 0) }.sorted { $0.count > $1.count }
  }
}

/// Why nothing can be imported.
public struct ToolImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, where, and what to do.
  public var reason: String

  /// Takes the reason.
  public init(_ reason: String) { self.reason = reason }

  public var description: String { reason }
}
