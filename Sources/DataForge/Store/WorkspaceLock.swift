import Glibc

/// Holds a workspace for one process. The kernel lets go of it when the process ends, however it ends.
final class WorkspaceLock: Sendable {
  private let descriptor: Int32

  /// - Throws: `WorkspaceError.locked` where another process holds it.
  init(folder: String) throws(WorkspaceError) {
    let path = folder + "/forge.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .notWritable(path: folder, detail: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.read(descriptor)
      close(descriptor)
      throw .locked(path: folder, process: holder)
    }
    // The number only serves the message of whoever comes second; the lock itself is the kernel's.
    ftruncate(descriptor, 0)
    let text = "\(getpid())\n"
    _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  deinit { close(descriptor) }

  private static func read(_ descriptor: Int32) -> String? {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self).filter(\.isNumber)
    return text.isEmpty ? nil : text
  }
}
