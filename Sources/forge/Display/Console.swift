import Glibc
import OrderedJSON

/// Where data and messages go: data to stdout, messages to stderr.
enum Console {
  /// A line of a message.
  static func error(_ message: String) { put(message + "\n", to: STDERR_FILENO) }

  /// A line of data or of a command's answer.
  static func out(_ text: String) { put(text + "\n", to: STDOUT_FILENO) }

  /// A machine-readable answer, on one line.
  static func out(_ value: JSONValue) { out(value.serialized()) }

  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The terminal's width in columns, 80 where it does not say.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func put(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        guard errno == EINTR || errno == EAGAIN else { return }
        continue
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
