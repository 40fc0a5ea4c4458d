import Foundation
import OrderedJSON

/// Reads files in processes of their own, within limits: what a file does to its reader ends there.
///
/// A file that goes over a limit, or that crashes its reader, ends the worker and gets a rejection that names the page
/// and the limit; another worker reads the other pages, and the run goes on. `docs/security.md` says what this covers.
public final class WorkerPool: DocumentReader {
  private let queue: WorkerQueue

  /// Starts nothing yet: workers are started when there is work.
  /// - Parameters:
  ///   - size: how many files are read at once.
  ///   - interrupt: where it is requested, workers are ended at once, and `read` throws `Interrupted`.
  public init(size: Int, command: WorkerCommand, interrupt: Interrupt = Interrupt()) {
    queue = WorkerQueue(size: max(1, size), command: command, interrupt: interrupt)
  }

  deinit { queue.close() }

  /// - Throws: `WorkerError`, `Interrupted`.
  public func read(_ request: ReadRequest) async throws -> [Outcome<Document>] {
    try await withCheckedThrowingContinuation { continuation in
      queue.add(WorkerQueue.Job(request: request, continuation: continuation))
    }
  }
}

/// The files that wait to be read, and the threads that each drive one worker.
private final class WorkerQueue: @unchecked Sendable {
  struct Job {
    let request: ReadRequest
    let continuation: CheckedContinuation<[Outcome<Document>], any Error>
  }

  // Guards what is below it. Threads wait on it for work, which a lock alone cannot do.
  private let condition = NSCondition()
  private var jobs: [Job] = []
  private var threads = 0
  private var idle = 0
  private var isClosed = false

  private let size: Int
  private let command: WorkerCommand
  private let interrupt: Interrupt

  init(size: Int, command: WorkerCommand, interrupt: Interrupt) {
    self.size = size
    self.command = command
    self.interrupt = interrupt
  }

  func add(_ job: Job) {
    condition.withLock {
      jobs.append(job)
      if idle < jobs.count, threads < size {
        threads += 1
        // Threads of their own, which live as long as their workers: see `WorkerProcess`.
        Thread { [self] in serve() }.start()
      }
      condition.signal()
    }
  }

  func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  private func next() -> Job? {
    condition.withLock {
      idle += 1
      while jobs.isEmpty, !isClosed { condition.wait() }
      idle -= 1
      return jobs.isEmpty ? nil : jobs.removeFirst()
    }
  }

  private func serve() {
    var driver = WorkerDriver(command: command, interrupt: interrupt)
    while let job = next() { job.continuation.resume(with: Result { try driver.read(job.request) }) }
    driver.close()
  }
}

/// Drives one worker after the other: a new one wherever the last one has died.
private struct WorkerDriver {
  let command: WorkerCommand
  let interrupt: Interrupt
  private var worker: WorkerProcess?

  init(command: WorkerCommand, interrupt: Interrupt) {
    self.command = command
    self.interrupt = interrupt
  }

  mutating func read(_ request: ReadRequest) throws -> [Outcome<Document>] {
    let limits = WorkerLimits(request.options)
    var plan = ReadPlan(request, limits: limits)
    var request = request
    while !plan.isOver {
      if interrupt.isRequested { throw Interrupted() }
      request.scope = plan.scope
      let current = try worker ?? WorkerProcess(command)
      worker = current
      let bytes = try JSONValueEncoder().encode(request).serialized()
      let interrupt = interrupt
      worker = nil
      switch try current.answer(to: Array(bytes.utf8), limits: limits, isStopped: { interrupt.isRequested }) {
      case .stopped: throw Interrupted()
      case .ended(let end): plan.note(end)
      case .reply(let bytes):
        guard let reply = try? WorkerReply(bytes, about: request.file) else {
          current.retire()
          plan.note(WorkerEnd(cause: .nonsense, step: .idle))
          continue
        }
        if reply.isWorn { current.retire() } else { worker = current }
        return Self.inOrder(reply.outcomes, plan.rejections)
      }
    }
    return plan.rejections.map { .rejected($0) }
  }

  func close() { worker?.retire() }

  /// What was kept first, then what was dropped, by its page.
  private static func inOrder(_ outcomes: [Outcome<Document>], _ rejections: [Rejection]) -> [Outcome<Document>] {
    guard !rejections.isEmpty else { return outcomes }
    var kept: [Outcome<Document>] = []
    var dropped = rejections
    for outcome in outcomes {
      if case .rejected(let rejection) = outcome { dropped.append(rejection) } else { kept.append(outcome) }
    }
    let sorted = dropped.enumerated().sorted { ($0.element.page ?? 0, $0.offset) < ($1.element.page ?? 0, $1.offset) }
    return kept + sorted.map { .rejected($0.element) }
  }
}
