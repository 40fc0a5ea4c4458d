import Glibc

/// Why a file could not be read or written, and what to do about it. Holds none of the file's content.
public struct FileError: Error, Hashable, Sendable {
  /// What was tried.
  public enum Operation: String, Hashable, Sendable {
    case read, write
  }

  public var operation: Operation
  /// The path as it was given; `-` is stdin or stdout.
  public var path: String
  /// The system's `errno`, or 0 where the system found nothing wrong and the content is at fault.
  public var code: Int32
  /// What is wrong, in a few words.
  public var reason: String
  /// What to do about it; may be empty.
  public var hint: String

  /// Takes a failure that is not the system's, or that needs words of its own.
  public init(operation: Operation, path: String, code: Int32 = 0, reason: String, hint: String = "") {
    self.operation = operation
    self.path = path
    self.code = code
    self.reason = reason
    self.hint = hint
  }

  /// Words a failure of the system.
  public init(operation: Operation, path: String, code: Int32) {
    self.init(
      operation: operation, path: path, code: code, reason: Self.reason(code), hint: Self.hint(code, operation))
  }
}

extension FileError: CustomStringConvertible {
  public var description: String {
    let name =
      switch (path, operation) {
      case ("-", .read): "standard input"
      case ("-", .write): "standard output"
      default: path
      }
    return "cannot \(operation.rawValue) \(name): \(reason)" + (hint.isEmpty ? "" : "; \(hint)")
  }
}

extension FileError {
  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file or folder"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "it is a folder"
    case ENOTDIR: "a part of the path is a file, not a folder"
    case ENOSPC: "the disk is full"
    case EDQUOT: "the disk quota is used up"
    case EROFS: "the file system is read-only"
    case EPIPE: "the program that was reading it has ended"
    case EBADF: "it is closed"
    default: String(cString: strerror(code))
    }
  }

  private static func hint(_ code: Int32, _ operation: Operation) -> String {
    switch (code, operation) {
    case (ENOENT, .read): "check the path"
    case (ENOENT, .write): "create the folder first, or check the path"
    case (EACCES, _), (EPERM, _): "check who may \(operation.rawValue) it with `ls -l`"
    case (EISDIR, _): "name a file in it"
    case (ENOTDIR, _): "check the path"
    case (ENOSPC, _), (EDQUOT, _): "free some space or write elsewhere, then run the same command again"
    case (EROFS, _): "write elsewhere"
    case (EMFILE, _), (ENFILE, _): "raise the limit with `ulimit -n`"
    case (ENAMETOOLONG, _): "use a shorter name"
    case (EIO, _): "the disk may be failing; look at the kernel's log with `dmesg`"
    default: ""
    }
  }
}
