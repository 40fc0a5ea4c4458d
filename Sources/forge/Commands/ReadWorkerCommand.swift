import ArgumentParser
import DataForge
import Foundation

/// The process in which `forge` reads a stranger's file; not for people.
struct ReadWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read-worker", abstract: "Read files for another forge, which starts this itself.",
    shouldDisplay: false)

  func run() throws {
    let code = ReadWorker.run()
    if code == 2 { throw UsageError("read-worker is started by forge itself; use “forge extract”") }
    throw ExitCode(code)
  }
}
