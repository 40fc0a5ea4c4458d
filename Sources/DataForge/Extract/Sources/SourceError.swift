/// Why the files that were named cannot be taken: nothing can be run until the user names others.
public enum SourceError: Error, Hashable, Sendable {
  /// Nothing lies at the path. `nearest` is what the path's folder holds that is spelt most like it.
  case missing(path: String, nearest: String?)
  /// The folder holds no PDF. `found` says what it holds instead.
  case noPDF(folder: String, found: String)
  /// No input was named.
  case nothingNamed
}

extension SourceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path, let nearest?):
      "no such file or folder: \(path). Did you mean \(nearest)?"
    case .missing(let path, nil):
      "no such file or folder: \(path). Name a PDF or a folder that holds PDFs."
    case .noPDF(let folder, let found):
      "no PDF in \(folder): found \(found). Name a folder that holds PDFs, or the files themselves."
    case .nothingNamed:
      "no input. Name one or more PDFs, or folders that hold PDFs."
    }
  }
}
