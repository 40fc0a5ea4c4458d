import CPoppler
import Glibc

/// What a file's first and last bytes say about it, without a parser.
struct FileProbe {
  var size: Int
  var head: [UInt8]
  var tail: [UInt8]

  /// A system call that failed, by its error number.
  struct Failure: Error {
    var code: Int32

    /// The system's words for it.
    var message: String { String(cString: strerror(code)) }
  }

  /// Reads the first and last 1,024 bytes of a regular file.
  init(path: String) throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Failure(code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    size = Int(status.st_size)
    head = try Self.read(descriptor, at: 0, count: min(size, 1024))
    tail = try Self.read(descriptor, at: max(0, size - 1024), count: min(size, 1024))
  }

  private static func read(_ descriptor: Int32, at offset: Int, count: Int) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
    guard got >= 0 else { throw Failure(code: errno) }
    bytes.removeLast(count - got)
    return bytes
  }

  /// Whether a PDF header stands in the first 1,024 bytes, which is where readers look for it.
  var hasPDFHeader: Bool { Self.contains(head, "%PDF-") }

  /// Whether the end-of-file mark of a PDF is there; a file that was cut off lacks it.
  var hasPDFEnd: Bool { Self.contains(tail, "%%EOF") }

  /// What the bytes look like, for a person: `an HTML page`.
  var looksLike: String? {
    let known: [(StaticString, String)] = [
      ("PK\u{3}\u{4}", "a ZIP archive or an Office document"), ("%!PS", "PostScript"), ("{\\rtf", "RTF"),
      ("<!DOCTYPE", "an HTML page"), ("<!doctype", "an HTML page"), ("<html", "an HTML page"),
      ("<HTML", "an HTML page"),
      ("<?xml", "XML"), ("GIF8", "a GIF picture"),
      ("version https://git-lfs", "a Git LFS pointer, not the file itself"),
    ]
    for (mark, kind) in known
    where mark.withUTF8Buffer({ head.starts(with: $0) }) {
      return kind
    }
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "a PNG picture" }
    if head.starts(with: [0xFF, 0xD8, 0xFF]) { return "a JPEG picture" }
    if head.starts(with: [0x1F, 0x8B]) { return "a gzip file" }
    if !head.isEmpty, head.allSatisfy({ $0 >= 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) { return "plain text" }
    return nil
  }

  private static func contains(_ bytes: [UInt8], _ mark: StaticString) -> Bool {
    mark.withUTF8Buffer { mark in
      bytes.count >= mark.count
        && (0...bytes.count - mark.count).contains { bytes[$0..<$0 + mark.count].elementsEqual(mark) }
    }
  }
}
