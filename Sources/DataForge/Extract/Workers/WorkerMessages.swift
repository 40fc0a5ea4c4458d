import Glibc

/// What a process printed as errors into a file in memory that is its standard error. The parent reads it, too, when
/// the process is dead.
struct WorkerMessages: Sendable {
  let descriptor: Int32

  /// The beginning of what was printed.
  var words: String {
    guard size > 0 else { return "" }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  func clear() {
    guard size > 0 else { return }
    ftruncate(descriptor, 0)
    lseek(descriptor, 0, SEEK_SET)
  }

  private var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }
}
