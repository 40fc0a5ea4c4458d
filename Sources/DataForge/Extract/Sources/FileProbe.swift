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

  /// Whether a ZIP archive begins here: Office documents and EPUBs are ZIP archives.
  var isArchive: Bool { head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) }

  /// Whether it is Microsoft's container of old: an Office document with a password, or one before 2007.
  var isOLE: Bool { head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) }

  /// Whether the first entry of the archive says that it is an EPUB.
  var isEPUB: Bool { isArchive && head.dropFirst(30).starts(with: "mimetypeapplication/epub+zip".utf8) }

  /// Whether it is a picture that may be a scan.
  var isPicture: Bool {
    head.starts(with: [0x89, 0x50, 0x4E, 0x47]) || head.starts(with: [0xFF, 0xD8, 0xFF])
      || head.starts(with: [0x49, 0x49, 0x2A, 0x00]) || head.starts(with: [0x4D, 0x4D, 0x00, 0x2A])
  }

  /// Whether it stands for a file that was not fetched.
  var isGitLFSPointer: Bool { head.starts(with: "version https://git-lfs".utf8) }

  /// Whether a program's name stands in its first line.
  var isScript: Bool { head.starts(with: "#!".utf8) }

  /// Whether the bytes can be text: no NUL among them, unless they are UTF-16 or UTF-32.
  var isText: Bool {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0, 0, 0xFE, 0xFF]) {
      return true
    }
    if TextDecoding.looksLikeUTF16(head) != nil { return true }
    // Overstruck text has backspaces, coloured text has escapes, pages end with form feeds.
    return head.allSatisfy { $0 >= 0x20 || (0x08...0x0D).contains($0) || $0 == 0x1B }
  }

  /// Whether an HTML page begins here, after white space, comments and an XML declaration.
  var isHTML: Bool {
    guard isText else { return false }
    var text = Substring(TextDecoding.string(head).lowercased())
    while true {
      text = text.drop { $0.isWhitespace }
      if text.hasPrefix("<!--"), let end = text.firstRange(of: "-->") {
        text = text[end.upperBound...]
      } else if text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>") {
        text = text[end.upperBound...]
      } else {
        return text.hasPrefix("<!doctype html") || text.hasPrefix("<html")
      }
    }
  }

  private static func contains(_ bytes: [UInt8], _ mark: StaticString) -> Bool {
    mark.withUTF8Buffer { mark in
      bytes.count >= mark.count
        && (0...bytes.count - mark.count).contains { bytes[$0..<$0 + mark.count].elementsEqual(mark) }
    }
  }
}
