import Glibc

/// How a worker ended before it had answered.
struct WorkerEnd: Hashable, Sendable {
  enum Cause: Hashable, Sendable {
    case memory
    case processorTime
    case clock
    case fileClock
    case output
    case signal(Int32)
    case exit(Int32)
    case nonsense

    /// The check's name in rejections.
    var check: String {
      switch self {
      case .memory: "worker-memory"
      case .processorTime, .clock, .fileClock: "worker-time"
      case .output: "worker-output"
      case .signal, .exit, .nonsense: "worker-crashed"
      }
    }
  }

  var cause: Cause
  var step: ReadStep

  /// Whether somebody else ended it (the kernel when the machine runs short of memory, a person): the same page may
  /// well go through a second time. So may a file that it had not begun.
  var cameFromOutside: Bool {
    step == .idle || [.signal(SIGKILL), .signal(SIGTERM), .signal(SIGHUP), .signal(SIGINT)].contains(cause)
  }

  /// Reads the cause from what the kernel and the process's last words tell.
  static func cause(status: Int32, words: String) -> Cause {
    let signal = status & 0x7F
    if signal == SIGXCPU { return .processorTime }
    if isAboutMemory(words) { return .memory }
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }

  /// Whether poppler, C++, glib or Swift said that they got no memory.
  static func isAboutMemory(_ words: String) -> Bool {
    [
      "Out of memory", "out of memory", "bad_alloc", "failed to allocate", "Could not allocate memory",
      "annot allocate memory",
    ].contains { words.contains($0) }
  }
}
