/// What a worker process may use up on one file before it is ended.
struct WorkerLimits: Hashable, Sendable {
  /// MiB of address space.
  var memory: Int
  /// Seconds of processor time for one step.
  var cpuSeconds: Int
  /// Seconds on the clock for one step: ten times as many, at least a minute: the machine may have other things to do.
  var seconds: Double
  /// Seconds on the clock for a file.
  var fileSeconds: Double
  /// MiB that a file's text and boxes may have.
  var reply: Int
  /// How many workers one file may end; the pages after the last end are not tried.
  var attempts: Int

  init(_ options: ExtractOptions) {
    memory = options.memory
    cpuSeconds = options.pageSeconds
    seconds = max(60, Double(options.pageSeconds) * 10)
    // An hour by default.
    fileSeconds = max(600, Double(options.pageSeconds) * 120)
    reply = 512
    attempts = 5
  }

  /// A worker that holds more than this many MiB after a file is replaced, so that memory is given back.
  static let restingMemory = 80
  /// A worker is replaced after this many files: what a damaged file did to it must not go on for ever.
  static let files = 1000
}
