/// How a sandboxed process ended, and what it wrote.
struct ProcessEnd: Sendable {
  enum Exit: Hashable, Sendable {
    case exited(Int)
    case timedOut
    case outputLimit
    case notStarted
  }

  var exit: Exit
  var output: [UInt8] = []
  /// Standard error, at most its first 4,096 bytes.
  var message = ""
}
