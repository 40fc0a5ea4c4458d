import Glibc

/// A file, or stdin, that is read from front to back.
final class InputFile {
  let path: String
  private let descriptor: Int32

  /// - Throws: `FileError` where the file cannot be opened or is a folder.
  init(path: String) throws(FileError) {
    self.path = path
    if path == "-" {
      descriptor = STDIN_FILENO
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(operation: .read, path: path, code: errno) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw FileError(operation: .read, path: path, code: EISDIR)
    }
  }

  deinit { if path != "-" { close(descriptor) } }

  /// Fills as much of the memory as there is at once, and returns how much; 0 at the end.
  func read(into memory: UnsafeMutableRawPointer, _ room: Int) throws(FileError) -> Int {
    while true {
      let count = Glibc.read(descriptor, memory, room)
      if count >= 0 { return count }
      if errno != EINTR { throw FileError(operation: .read, path: path, code: errno) }
    }
  }
}
