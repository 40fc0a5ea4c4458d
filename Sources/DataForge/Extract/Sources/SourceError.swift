/// Why the files that were named cannot be taken: nothing can be run until the user names others.
public enum SourceError: Error, Hashable, Sendable {
  /// Nothing lies at the path. `nearest` is what the path's folder holds that is spelt most like it.
  case missing(path: String, nearest: String?)
  /// The folder holds no file of a kind that is read. `found` says what it holds instead.
  case nothingReadable(folder: String, found: String)
  /// No input was named.
  case nothingNamed
}

extension SourceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path, let nearest?):
      "no such file or folder: \(path). Did you mean \(nearest)?"
    case .missing(let path, nil):
      "no such file or folder: \(path). Name a document or a folder that holds some."
    case .nothingReadable(let folder, let found):
      "no document in \(folder): found \(found). \(InputKind.list) are read: name a folder that holds some, or the "
        + "files themselves."
    case .nothingNamed:
      "no input. Name one or more documents, or folders that hold some."
    }
  }
}
