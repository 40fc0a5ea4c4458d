/// What is tried next after a file ended its worker: the same again without what ended it.
struct ReadPlan {
  private(set) var scope: ReadScope
  /// What was left out, and why.
  private(set) var rejections: [Rejection] = []
  /// Whether nothing of the file can be had.
  private(set) var isOver = false

  private let file: SourceFile
  private let limits: WorkerLimits
  private var ends = 0
  private var endedFromOutside: Set<ReadStep> = []

  init(_ request: ReadRequest, limits: WorkerLimits) {
    scope = request.scope
    file = request.file
    self.limits = limits
  }

  mutating func note(_ end: WorkerEnd) {
    if end.cameFromOutside, endedFromOutside.insert(end.step).inserted, endedFromOutside.count <= limits.attempts {
      return
    }
    ends += 1
    rejections.append(WorkerRejection.end(end, of: file, limits: limits))
    // The last worker reads only what is known to be good; what ends that one too ends the file.
    guard ends <= limits.attempts else { return isOver = true }
    switch end.step {
    case .starting, .idle, .opening, .assembly: isOver = true
    case .information: scope.withoutInformation = true
    case .page(let page):
      guard ends == limits.attempts || end.cause == .fileClock else { return scope.without.append(page) }
      scope.last = page - 1
      rejections.append(WorkerRejection.untried(from: page + 1, of: file, attempts: ends))
      if page == 1 { isOver = true }
    }
  }
}
