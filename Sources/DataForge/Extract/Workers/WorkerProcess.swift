import CConfinement
import Glibc

/// A worker as its parent sees it. Belongs to the thread that started it: the kernel ends the worker with that thread.
struct WorkerProcess {
  /// What came of a request.
  enum Answer {
    case reply([UInt8])
    case ended(WorkerEnd)
    case stopped
  }

  private let identifier: pid_t
  private let socket: Int32
  private let cell: WorkerCell
  private let cellFile: Int32
  private let messages: WorkerMessages

  /// How often the clock and the wish to stop are looked at, in milliseconds.
  private static let tick: Int32 = 50
  /// How long a worker that hung up may take to die.
  private static let dyingTicks = 40

  /// - Throws: `WorkerError` where the system gives no process, or the program is none that serves.
  init(_ command: WorkerCommand) throws(WorkerError) {
    var open: [Int32] = []
    func failed(_ call: String) -> WorkerError {
      let reason = String(cString: strerror(errno))
      for descriptor in open { close(descriptor) }
      return WorkerError(reason: "\(call): \(reason)")
    }
    var pair: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
      throw failed("socketpair")
    }
    open = pair
    for name in ["forge-messages", "forge-cell"] {
      let descriptor = confinement_memory_file(name)
      guard descriptor >= 0 else { throw failed("memfd_create") }
      open.append(descriptor)
    }
    // Where standard input or output are closed, these have the numbers that the worker's descriptors get.
    for place in open.indices {
      let descriptor = fcntl(open[place], F_DUPFD_CLOEXEC, 10)
      guard descriptor >= 0 else { throw failed("fcntl") }
      close(open[place])
      open[place] = descriptor
    }
    guard let cell = WorkerCell(descriptor: open[3]) else { throw failed("mmap") }
    do {
      identifier = try command.spawn(socket: open[1], messages: open[2], cell: open[3])
    } catch {
      cell.unmap()
      for descriptor in open { close(descriptor) }
      throw error
    }
    close(open[1])
    socket = open[0]
    messages = WorkerMessages(descriptor: open[2])
    cellFile = open[3]
    self.cell = cell
  }

  /// Sends a request and waits for the reply, or for the end of the worker within `limits`.
  /// - Throws: `WorkerError` where the worker never began.
  func answer(to request: [UInt8], limits: WorkerLimits, isStopped: () -> Bool) throws(WorkerError) -> Answer {
    guard WorkerSocket.send(request, to: socket) else { return try end() }
    var intake = WorkerIntake(limit: limits.reply << 20)
    var step = cell.step
    let began = ContinuousClock.now
    var stepBegan = began
    while true {
      var state = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      let count = poll(&state, 1, Self.tick)
      if count > 0 {
        switch intake.take(from: socket) {
        case .more: break
        case .whole(let bytes): return .reply(bytes)
        case .tooLong: return kill(.output)
        case .hungUp: return try end()
        }
      }
      if isStopped() {
        _ = kill(.nonsense)
        return .stopped
      }
      let now = ContinuousClock.now
      if cell.step != step {
        step = cell.step
        stepBegan = now
      }
      if now - stepBegan > .seconds(limits.seconds) { return kill(.clock) }
      if now - began > .seconds(limits.fileSeconds) { return kill(.fileClock) }
    }
  }

  /// Ends the worker, which is asked for nothing.
  func retire() {
    // It ends by itself when the socket does; nobody waits for its good manners.
    Glibc.kill(identifier, SIGKILL)
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    close(socket)
    close(messages.descriptor)
    close(cellFile)
    cell.unmap()
  }

  private func kill(_ cause: WorkerEnd.Cause) -> Answer {
    let step = cell.step
    retire()
    return .ended(WorkerEnd(cause: cause, step: step))
  }

  /// Looks what the worker died of.
  private func end() throws(WorkerError) -> Answer {
    var status: Int32 = 0
    for _ in 0..<Self.dyingTicks {
      // Not reaped yet, so that nobody else gets its number.
      var information = siginfo_t()
      let options = WEXITED | WNOHANG | WNOWAIT
      if waitid(P_PID, id_t(identifier), &information, options) == 0, information.si_signo == SIGCHLD {
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let words = messages.words
        let step = cell.step
        close(socket)
        close(messages.descriptor)
        close(cellFile)
        cell.unmap()
        let cause = WorkerEnd.cause(status: status, words: words)
        if step == .starting {
          throw WorkerError(reason: "it ended before it began (\(cause))\(words.isEmpty ? "" : ": \(words)")")
        }
        return .ended(WorkerEnd(cause: cause, step: step))
      }
      usleep(UInt32(Self.tick) * 1000)
    }
    return kill(.nonsense)
  }
}

/// Takes a message in pieces.
struct WorkerIntake {
  enum Progress {
    case more
    case whole([UInt8])
    case tooLong
    case hungUp
  }

  private let limit: Int
  private var header: [UInt8] = []
  private var body: [UInt8] = []
  private var filled = 0

  init(limit: Int) { self.limit = limit }

  /// Takes what there is, without waiting.
  mutating func take(from socket: Int32) -> Progress {
    if header.count < WorkerSocket.headerSize {
      var bytes = [UInt8](repeating: 0, count: WorkerSocket.headerSize - header.count)
      let count = recv(socket, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      if let stop = Self.stop(count) { return stop }
      header += bytes.prefix(count)
      guard header.count == WorkerSocket.headerSize else { return .more }
      let length = WorkerSocket.length(header)
      guard length <= limit else { return .tooLong }
      guard length > 0 else { return .whole([]) }
      body = [UInt8](repeating: 0, count: length)
      return .more
    }
    let place = filled
    let count = body.withUnsafeMutableBytes {
      recv(socket, $0.baseAddress?.advanced(by: place), $0.count - place, Int32(MSG_DONTWAIT))
    }
    if let stop = Self.stop(count) { return stop }
    filled += count
    return filled == body.count ? .whole(body) : .more
  }

  private static func stop(_ count: Int) -> Progress? {
    if count > 0 { return nil }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? .more : .hungUp
  }
}
