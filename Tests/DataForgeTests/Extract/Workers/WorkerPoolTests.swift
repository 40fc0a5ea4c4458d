import Testing

@testable import DataForge

/// The pool with programs that are no workers; `Tests/ForgeTests/WorkerTests.swift` drives the real one.
@Suite struct WorkerPoolTests {
  private static let request = ReadRequest(file: SourceFile(path: "a.pdf", absolutePath: "/a.pdf", sha256: "0"))

  @Test(arguments: ["/bin/false", "/bin/true", "/nonexistent/worker"])
  func aProgramThatDoesNotServeStopsTheRun(program: String) async {
    let pool = WorkerPool(size: 1, command: WorkerCommand(program: program, arguments: []))
    await #expect(throws: WorkerError.self) { try await pool.read(Self.request) }
  }

  @Test func afterAnInterruptNothingIsStarted() async {
    let interrupt = Interrupt()
    interrupt.request()
    let pool = WorkerPool(
      size: 1, command: WorkerCommand(program: "/nonexistent/worker", arguments: []), interrupt: interrupt)
    await #expect(throws: Interrupted.self) { try await pool.read(Self.request) }
  }

  @Test func aProgramThatHangsIsStoppedByAnInterrupt() async throws {
    let interrupt = Interrupt()
    let pool = WorkerPool(
      size: 1, command: WorkerCommand(program: "/bin/sleep", arguments: ["1000"]), interrupt: interrupt)
    let reading = Task { try await pool.read(Self.request) }
    try await Task.sleep(for: .milliseconds(100))
    interrupt.request()
    await #expect(throws: Interrupted.self) { try await reading.value }
  }
}
