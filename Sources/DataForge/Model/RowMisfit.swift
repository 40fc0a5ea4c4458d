/// Why a row does not fit a format: which field, and what is wrong with it.
public struct RowMisfit: Error, Hashable, Sendable {
  /// A JSON Pointer into the row as it was read, for example `/messages/1/content`; empty for the row itself.
  public var path: String
  /// What is wrong, and what to do about it. Holds none of the row's text but names (roles, keys, ids).
  public var reason: String

  /// Takes the field and what is wrong with it.
  public init(_ path: String, _ reason: String) {
    self.path = path
    self.reason = reason
  }
}
