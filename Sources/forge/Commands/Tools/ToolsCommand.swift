import ArgumentParser
import DataForge

/// Tools files: made of other descriptions, and looked at.
struct ToolsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tools", abstract: "Make tools files of APIs and function definitions, try them, and look at them.",
    discussion: """
      Examples:
        forge tools import openapi petstore.yaml -o tools.json
        forge tools import functions functions.jsonl -o tools.json
        forge tools probe tools.json -o probed.json
        forge tools list tools.json
      """,
    subcommands: [Import.self, ToolsProbeCommand.self, ToolsListCommand.self])

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Make a tools file of something else.",
      discussion: """
        Examples:
          forge tools import openapi https://petstore.example/openapi.json -o tools.json
          forge tools import functions functions.jsonl -o tools.json
        """,
      subcommands: [
        ToolsImportOpenAPICommand.self, ToolsImportMCPCommand.self, ToolsImportFunctionsCommand.self,
      ])
  }
}
