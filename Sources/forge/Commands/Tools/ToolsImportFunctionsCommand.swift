import ArgumentParser
import DataForge

/// Makes tools of function definitions.
struct ToolsImportFunctionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "functions",
    abstract: "Make tools of function definitions: OpenAI, Anthropic, Gemini, Hermes, xLAM and others.",
    discussion: """
      Examples:
        forge tools import functions functions.json -o tools.json
        forge tools import functions rows.jsonl.gz -o tools.json

      The definitions come as JSON, JSON Lines, YAML, or as the tools of a dataset’s
      rows. What they say under "execute" is kept.
      """)

  @Argument(help: "The definitions (also .gz); - is stdin.")
  var file: String

  @Option(name: .shortAndLong, help: "The tools file; - is stdout.")
  var output = "-"

  @OptionGroup var display: DisplayOptions

  func run() async throws {
    try ImportReport(display: display, output: output).finish(try FunctionFileImport.run(file))
  }
}
