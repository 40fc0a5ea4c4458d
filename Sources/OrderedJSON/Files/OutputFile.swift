import Glibc

/// A file that appears under its name only once it is whole.
///
/// What is written goes to a temporary file in the same folder. `finish()` syncs it, renames it over the old file, whose
/// permissions it keeps, and syncs the folder; a symbolic link stays, and what it leads to is replaced. Stdout (`-`),
/// devices and pipes are written to directly, since they cannot be replaced.
final class OutputFile {
  let path: String
  private var descriptor: Int32 = -1
  /// What to rename, and to what; nothing where it is written to directly.
  private var names: (temporary: String, final: String)?

  /// - Throws: `FileError` where nothing can be written there.
  init(path: String) throws(FileError) {
    self.path = path
    if path == "-" {
      descriptor = STDOUT_FILENO
      return
    }
    if path.isEmpty { throw failure(ENOENT) }
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw failure(EISDIR) }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure(errno) }
      return
    }
    // A file that may not be written must not be replaced either, although the folder would allow it.
    if exists, access(path, W_OK) != 0 { throw failure(errno) }
    try openTemporary(for: exists ? Self.resolved(path) : path, mode: exists ? status.st_mode & 0o7777 : nil)
  }

  deinit { abandon() }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    guard descriptor >= 0 else { throw failure(EBADF) }
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count =
        names == nil ? PipeWrite.write(descriptor, start, rest.count) : Glibc.write(descriptor, start, rest.count)
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        abandon()
        throw failure(code)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Makes the file appear. A second call does nothing.
  func finish() throws(FileError) {
    guard descriptor >= 0 else { return }
    guard let names else {
      let closed = path == "-" ? 0 : close(descriptor)
      descriptor = -1
      if closed != 0 { throw failure(errno) }
      return
    }
    guard fsync(descriptor) == 0 else { throw abandoned(errno) }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0, rename(names.temporary, names.final) == 0 else { throw abandoned(errno) }
    self.names = nil
    let folder = open(Self.folder(of: names.final), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    // Some file systems cannot sync a folder; the file is whole all the same.
    fsync(folder)
    close(folder)
  }

  /// Throws away what was written. After `finish()` it does nothing.
  func abandon() {
    if descriptor >= 0, path != "-" { close(descriptor) }
    descriptor = -1
    if let names { unlink(names.temporary) }
    names = nil
  }

  private func openTemporary(for final: String, mode: mode_t?) throws(FileError) {
    let folder = Self.folder(of: final)
    let name = final.split(separator: "/").last.map(String.init) ?? ""
    if name.isEmpty || final.hasSuffix("/") { throw failure(EISDIR) }
    while true {
      let mark = String(UInt64.random(in: .min ... .max), radix: 36)
      // The name is cut, so that the temporary one is no longer than the system allows.
      let temporary = "\(folder)/.\(String(String.UnicodeScalarView(name.unicodeScalars.prefix(40)))).\(mark).part"
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        names = (temporary, final)
        if let mode { fchmod(descriptor, mode) }
        return
      }
      if errno != EEXIST { throw failure(errno) }
    }
  }

  private func failure(_ code: Int32) -> FileError { FileError(operation: .write, path: path, code: code) }

  private func abandoned(_ code: Int32) -> FileError {
    abandon()
    return failure(code)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
