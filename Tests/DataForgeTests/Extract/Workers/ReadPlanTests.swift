import Glibc
import Testing

@testable import DataForge

@Suite struct ReadPlanTests {
  private static let file = SourceFile(path: "a.pdf", absolutePath: "/a.pdf", sha256: "0")
  private var plan = ReadPlan(ReadRequest(file: file), limits: WorkerLimits(ExtractOptions()))

  @Test mutating func aPageThatEndsAWorkerIsLeftOut() {
    plan.note(WorkerEnd(cause: .processorTime, step: .page(7)))
    #expect(!plan.isOver)
    #expect(plan.scope.holds(6) && !plan.scope.holds(7) && plan.scope.holds(8))
    #expect(plan.rejections.map(\.check) == ["worker-time"])
    #expect(plan.rejections.first?.page == 7)
    #expect(plan.rejections.first?.reason.contains("30 s") == true)
  }

  @Test mutating func aPageIsTriedAgainWhereSomebodyElseEndedTheWorker() {
    plan.note(WorkerEnd(cause: .signal(SIGKILL), step: .page(2)))
    #expect(plan.rejections.isEmpty && plan.scope.holds(2))
    plan.note(WorkerEnd(cause: .signal(SIGKILL), step: .page(2)))
    #expect(plan.rejections.map(\.check) == ["worker-crashed"] && !plan.scope.holds(2))
  }

  @Test mutating func killsFromOutsideDoNotGoOnForEver() {
    for page in 1...100 where !plan.isOver { plan.note(WorkerEnd(cause: .signal(SIGKILL), step: .page(page))) }
    #expect(plan.isOver)
  }

  @Test mutating func afterTooManyEndsOnlyThePagesBeforeTheLastAreRead() {
    for page in [3, 4, 5, 6, 9] { plan.note(WorkerEnd(cause: .memory, step: .page(page))) }
    #expect(!plan.isOver)
    #expect(plan.scope.holds(8) && !plan.scope.holds(9) && !plan.scope.holds(10))
    #expect(plan.rejections.map(\.check) == Array(repeating: "worker-memory", count: 5) + ["worker-gave-up"])
    plan.note(WorkerEnd(cause: .memory, step: .page(1)))
    #expect(plan.isOver)
  }

  @Test(arguments: [ReadStep.opening, .assembly])
  mutating func whatIsNoPageEndsTheFile(step: ReadStep) {
    plan.note(WorkerEnd(cause: .memory, step: step))
    #expect(plan.isOver && plan.rejections.count == 1)
  }

  @Test mutating func withoutItsOutlineAFileIsReadAgain() {
    plan.note(WorkerEnd(cause: .signal(SIGSEGV), step: .information))
    #expect(!plan.isOver && plan.scope.withoutInformation)
  }

  @Test func lastWordsTellOfMemory() {
    #expect(WorkerEnd.cause(status: SIGABRT, words: "terminate called after throwing … std::bad_alloc") == .memory)
    #expect(WorkerEnd.cause(status: SIGABRT, words: "Out of memory\n") == .memory)
    #expect(WorkerEnd.cause(status: SIGABRT, words: "") == .signal(SIGABRT))
    #expect(WorkerEnd.cause(status: SIGXCPU, words: "") == .processorTime)
    #expect(WorkerEnd.cause(status: 3 << 8, words: "") == .exit(3))
  }
}
