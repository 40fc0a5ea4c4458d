import Glibc
import OrderedJSON

/// Bytes that are written once and read in pieces, on the disk instead of in memory. The file has no name and is gone
/// with the process.
final class SpoolFile: Sendable {
  private let descriptor: Int32

  /// - Throws: `FileError` where the temporary folder cannot be written.
  init() throws(FileError) {
    guard let file = tmpfile() else {
      throw FileError(operation: .write, path: P_tmpdir, code: errno)
    }
    // The stream is only there because it is what makes a file without a name.
    descriptor = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3)
    let code = errno
    fclose(file)
    guard descriptor >= 0 else { throw FileError(operation: .write, path: P_tmpdir, code: code) }
  }

  deinit { close(descriptor) }

  /// Adds bytes at the end; gives where they stand. One thread at a time may add.
  /// - Throws: `FileError`, for example where the disk is full.
  func append(_ bytes: [UInt8]) throws(FileError) -> Range<Int> {
    let start = Int(lseek(descriptor, 0, SEEK_END))
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, start + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(operation: .write, path: P_tmpdir, code: errno) }
      done += count
    }
    return start..<start + bytes.count
  }

  /// The bytes that stand there. Any thread may ask.
  /// - Throws: `FileError`.
  func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, range.lowerBound + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(operation: .read, path: P_tmpdir, code: errno) }
      done += count
    }
    return bytes
  }
}
