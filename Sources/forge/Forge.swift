import ArgumentParser
import DataForge
import Foundation

/// The command line: one subcommand a stage, and `run` for all of them.
@main
struct Forge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forge",
    abstract: "Turn a folder of documents into data that fine-tunes a language model.",
    discussion: """
      Start with:
        forge run FOLDER -o OUT       a dataset without model, key or network
        forge run FOLDER -o OUT --backend openai \\
          --base-url http://127.0.0.1:8080/v1 --model NAME
        forge status OUT              how far it is, and what was dropped
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, ExtractCommand.self, ChunkCommand.self, GenerateCommand.self, ValidateCommand.self,
      FilterCommand.self, ExportCommand.self, ToolsCommand.self, TemplatesCommand.self, StatusCommand.self,
      DoctorCommand.self, ReadWorkerCommand.self,
    ])

  static func main() async {
    // A reader that goes away must come out as an error of the write, not end the process.
    signal(SIGPIPE, SIG_IGN)
    await Exit.end { try await run(Array(CommandLine.arguments.dropFirst())) }
  }

  private static func run(_ arguments: [String]) async throws {
    if let mistyped = Mistyped.mistake(in: arguments[...], of: configuration.subcommands) { throw mistyped }
    var command = try parseAsRoot(arguments)
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      // On the main thread, and before there is any other: one who reads files gives up rights that others may need.
      try command.run()
    }
  }
}
