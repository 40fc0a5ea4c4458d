import Glibc

/// Reads a whole file into memory.
enum FileContents {
  static func read(_ path: String, limit: Int) throws(InputFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(errno) }
    let size = Int(status.st_size)
    guard size <= limit else { throw .tooLarge("has \(size) bytes", limit: limit) }
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = bytes[filled...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(errno) }
      // The file shrank meanwhile.
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(size - filled)
    return bytes
  }

  private static func unreadable(_ code: Int32) -> InputFailure {
    let message = FileProbe.Failure(code: code).message
    return InputFailure(
      check: "unreadable", reason: "cannot be read: \(message). Give read permission or leave it out.")
  }
}
