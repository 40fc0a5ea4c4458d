/// A file that the user gave, before anything was read from it.
public struct SourceFile: Codable, Hashable, Sendable {
  /// The path by which the user knows it, relative to the folder that was named.
  public var path: String
  /// Where it lies.
  public var absolutePath: String
  /// SHA-256 of its bytes, in hexadecimal.
  public var sha256: String

  public init(path: String, absolutePath: String, sha256: String) {
    self.path = path
    self.absolutePath = absolutePath
    self.sha256 = sha256
  }
}
