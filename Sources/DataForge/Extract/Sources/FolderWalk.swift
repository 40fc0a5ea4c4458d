import Glibc

/// The files below a folder in an order that is the same on every machine: by the bytes of their paths.
///
/// Hidden files and folders, and workspaces of ours, are passed over. Links to files and folders are followed; a folder is entered once, so
/// that a link to a folder above cannot loop.
struct FolderWalk {
  /// A file that was found, or what could not be looked into.
  struct Entry {
    /// Relative to the folder that was walked.
    var path: String
    var absolutePath: String
    /// Why it could not be read, where it could not.
    var failure: FileProbe.Failure?
    var isRegular: Bool
  }

  private struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  /// The file by which a folder is known to be an output of ours.
  private static let workspaceMark = "forge.sqlite"
  /// The hidden file by which a folder is known to hold texts that were extracted: they would be taken for sources.
  static let textsMark = ".forge-texts"

  private(set) var entries: [Entry] = []
  private var entered: Set<Identity> = []

  init(folder: String) {
    enter(folder, relative: "")
  }

  private mutating func enter(_ folder: String, relative: String) {
    var status = stat()
    guard stat(folder, &status) == 0 else { return note(relative, folder, errno) }
    guard entered.insert(Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))).inserted else { return }
    let names: [String]
    do throws(FileProbe.Failure) {
      names = try Self.names(in: folder)
    } catch {
      return note(relative, folder, error.code)
    }
    // An output folder below the input is no source: a second run must find what the first one found.
    let isOutput = names.contains(Self.workspaceMark) || access(folder + "/" + Self.textsMark, F_OK) == 0
    guard relative.isEmpty || !isOutput else { return }
    for name in names {
      let absolute = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let path = relative.isEmpty ? name : relative + "/" + name
      guard stat(absolute, &status) == 0 else {
        note(path, absolute, errno)
        continue
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        enter(absolute, relative: path)
      } else {
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        entries.append(Entry(path: path, absolutePath: absolute, failure: nil, isRegular: isRegular))
      }
    }
  }

  /// The names in a folder by their bytes, without the hidden ones.
  static func names(in folder: String) throws(FileProbe.Failure) -> [String] {
    guard let directory = opendir(folder) else { throw FileProbe.Failure(code: errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private mutating func note(_ path: String, _ absolute: String, _ code: Int32) {
    entries.append(
      Entry(
        path: path.isEmpty ? "." : path, absolutePath: absolute, failure: FileProbe.Failure(code: code),
        isRegular: false))
  }
}
