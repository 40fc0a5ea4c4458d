import CPoppler
import Glibc

/// The SHA-256 of a file, read in pieces so that its size does not matter.
enum FileChecksum {
  static func sha256(path: String) throws(FileProbe.Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileProbe.Failure(code: errno) }
    defer { close(descriptor) }
    guard let checksum = g_checksum_new(G_CHECKSUM_SHA256) else { throw FileProbe.Failure(code: ENOMEM) }
    defer { g_checksum_free(checksum) }
    let size = 1 << 18
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer, size)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileProbe.Failure(code: errno) }
      if count == 0 { break }
      g_checksum_update(checksum, buffer, gssize(count))
    }
    return String(cString: g_checksum_get_string(checksum))
  }
}
