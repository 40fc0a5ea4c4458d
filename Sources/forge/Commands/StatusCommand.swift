import ArgumentParser
import DataForge
import OrderedJSON

/// What a workspace holds, also while a run works in it.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how far a run is, and what was dropped for which reason.",
    discussion: """
      Example:
        forge status out
      """)

  @Argument(help: "The folder that “forge run -o” wrote to.")
  var folder: String

  @Flag(help: "Print it as one line of JSON.")
  var json = false

  func run() async throws {
    let workspace = try Workspace(folder, access: .look)
    guard let status = try await workspace.status() else {
      throw UsageError("no run was started in \(folder) yet. Start one with: forge run FOLDER -o \(folder)")
    }
    if json {
      Console.out(try JSONValueEncoder().encode(status))
      return
    }
    Console.out(
      """
      \(folder): \(Self.words(status.run))
        started \(status.run.started)\(status.run.ended.map { ", ended \($0)" } ?? "")
        command \(status.run.command)

      \(CountsText.text(status.counts))
      """)
  }

  private static func words(_ run: RunRecord) -> String {
    switch run.outcome {
    case .done: "done"
    case .interrupted: "stopped; the same command goes on"
    case .failed: "ended with an error; the same command goes on"
    case .budgetReached: "the budget was reached; the same command with a larger one goes on"
    case nil: "working, or killed (then the same command goes on)"
    }
  }
}
