/// What is wrong in a file or row of tool definitions, and where.
public struct ToolFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A JSON Pointer into the definitions.
  public var path: String
  /// What is wrong there, and what to write instead.
  public var reason: String

  /// Takes the place and the reason.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path.isEmpty ? "/" : path): \(reason)" }
}
