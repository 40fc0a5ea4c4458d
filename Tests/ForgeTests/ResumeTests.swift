import Foundation
import LoopbackServer
import OrderedJSON
import Testing

/// Killed and stopped runs go on where they were and end with the same bytes.
@Suite("resume")
struct ResumeTests {
  private let folder: TemporaryFolder
  private static let files = ["train.jsonl", "validation.jsonl", "rejected.jsonl", "README.md"]

  init() throws { folder = try TemporaryFolder() }

  private func expectSameFiles(_ left: String, _ right: String) {
    for file in Self.files {
      #expect(folder.bytes("\(left)/\(file)") == folder.bytes("\(right)/\(file)"), "\(file) differs")
    }
  }

  /// A server that is slow enough to be killed in the middle of.
  private static let slow: LoopbackServer.Script = { .delay(.milliseconds(40), then: MockModel.answer($0)) }

  @Test(arguments: [3, 7, 12])
  func `a run that is killed goes on and ends with the same bytes`(afterCalls: Int) async throws {
    let pdfs = try folder.samples(["tide-gauge-handbook.pdf", "rain-gauge-leaflet.pdf"])
    try await LoopbackServer.with(Self.slow) { server in
      let common = ["--concurrency", "2", "-q"] + MockModel.arguments(server)
      #expect(try ForgeBinary.run(["run", pdfs, "-o", "whole"] + common, in: folder.path).status == 0)
      let once = server.requests.count
      let child = try ForgeBinary.start(["run", pdfs, "-o", "killed"] + common, in: folder.path)
      while server.requests.count < once + afterCalls, child.isRunning { usleep(2_000) }
      child.send(SIGKILL)
      #expect(try child.wait().wasKilled)
      #expect(try ForgeBinary.run(["run", pdfs, "-o", "killed"] + common, in: folder.path).status == 0)
      expectSameFiles("whole", "killed")
      // Only what was under way at the kill, and so was never answered, may be asked again.
      #expect(server.requests.count <= 2 * once + 2)
    }
  }

  @Test func `a run killed again and again without a model ends with the same bytes`() throws {
    let arguments = ["run", ForgeBinary.samples, "-q"]
    #expect(try ForgeBinary.run(arguments + ["-o", "whole"], in: folder.path).status == 0)
    for delay in [20_000, 60_000, 120_000, 250_000] as [UInt32] {
      let child = try ForgeBinary.start(arguments + ["-o", "killed"], in: folder.path)
      usleep(delay)
      child.send(SIGKILL)
      _ = try child.wait()
    }
    #expect(try ForgeBinary.run(arguments + ["-o", "killed"], in: folder.path).status == 0)
    expectSameFiles("whole", "killed")
  }

  @Test func `ctrl-c finishes what is under way, says how to go on and exits with 130`() async throws {
    let pdfs = try folder.samples(["tide-gauge-handbook.pdf"])
    try await LoopbackServer.with(Self.slow) { server in
      let common = ["--concurrency", "2"] + MockModel.arguments(server)
      let child = try ForgeBinary.start(["run", pdfs, "-o", "out"] + common, in: folder.path)
      while server.requests.count < 3, child.isRunning { usleep(2_000) }
      child.send(SIGINT)
      let stopped = try child.wait()
      #expect(stopped.status == 130)
      #expect(stopped.err.contains("same command goes on"))
      let status = try ForgeBinary.run(["status", "out"], in: folder.path)
      #expect(status.out.contains("stopped"))
      let asked = server.requests.count
      #expect(try ForgeBinary.run(["run", pdfs, "-o", "out"] + common, in: folder.path).status == 0)
      #expect(try ForgeBinary.run(["run", pdfs, "-o", "whole"] + common, in: folder.path).status == 0)
      expectSameFiles("whole", "out")
      // The whole run asked as often as the stopped one and its sequel together: nothing was lost or bought twice.
      let whole = (server.requests.count) - asked
      #expect(server.requests.count == asked + whole)
      #expect(Set(server.requests.map(\.body)).count * 2 == server.requests.count)
    }
  }

  @Test func `a second ctrl-c stops at once`() async throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf"])
    try await LoopbackServer.with({ _ in .never }) { server in
      let child = try ForgeBinary.start(["run", pdfs, "-o", "out"] + MockModel.arguments(server), in: folder.path)
      while server.requests.isEmpty, child.isRunning { usleep(2_000) }
      child.send(SIGINT)
      while !child.err.contains("again to stop"), child.isRunning { usleep(2_000) }
      child.send(SIGINT)
      #expect(try child.wait(limit: 20).status == 130)
    }
  }
}
