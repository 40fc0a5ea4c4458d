/// Why a workspace cannot be used. Each says what to do about it.
public enum WorkspaceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder cannot be made or written to.
  case notWritable(path: String, detail: String)
  /// Another run holds the lock.
  case locked(path: String, process: String?)
  /// A later version of the program made it.
  case newer(path: String, version: Int, known: Int)
  /// There is no workspace there.
  case missing(path: String)
  /// `forge.sqlite` is no database of ours, or is damaged.
  case damaged(path: String, detail: String)
  /// The disk is full.
  case diskFull(path: String)
  /// Any other refusal of the database.
  case failed(path: String, detail: String)

  public var description: String {
    switch self {
    case .notWritable(let path, let detail):
      "cannot write to \(path): \(detail). Choose another folder with -o, or mend its permissions."
    case .locked(let path, let process):
      "another run\(process.map { " (process \($0))" } ?? "") is working in \(path). Wait until it ends, or choose another folder with -o."
    case .newer(let path, let version, let known):
      "\(path) was made by a newer forge (workspace version \(version), this one knows \(known)). Update forge, or choose another folder with -o."
    case .missing(let path):
      "there is no workspace in \(path) (no forge.sqlite). Make one with: forge run FOLDER -o \(path)"
    case .damaged(let path, let detail):
      "\(path)/forge.sqlite cannot be read: \(detail). Move it away and run again; forge will start anew."
    case .diskFull(let path):
      "the disk that holds \(path) is full. Free some room and run the same command again; it goes on where it was."
    case .failed(let path, let detail):
      "the workspace \(path) could not be used: \(detail)."
    }
  }
}
