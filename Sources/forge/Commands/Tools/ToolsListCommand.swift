import ArgumentParser
import DataForge
import OrderedJSON

/// Shows what a tools file holds.
struct ToolsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List a tools file’s tools: what they take, and how they are executed.",
    discussion: "Example:\n  forge tools list tools.json")

  @Argument(help: "The tools file; - is stdin.")
  var file: String

  @Flag(help: "One line of JSON for each.")
  var json = false

  func run() throws {
    let registry = try ToolsFile.read(file)
    let width = min(registry.tools.map(\.name.count).max() ?? 0, 40)
    for tool in registry.tools {
      let required = Set((tool.parameters["required"]?.arrayValue ?? []).compactMap(\.stringValue))
      if json {
        Console.out([
          "name": .string(tool.name), "arguments": .array(tool.argumentNames.map { .string($0) }),
          "required": .array(tool.argumentNames.filter { required.contains($0) }.map { .string($0) }),
          "execution": tool.execution.map { .string($0.kind.rawValue) } ?? .null, "read_only": .bool(tool.isReadOnly),
          "examples": .integer(tool.examples.count),
        ])
      } else {
        let arguments = tool.argumentNames.map { required.contains($0) ? $0 : "[\($0)]" }.joined(separator: ", ")
        let kind = (tool.execution?.kind.rawValue ?? "-").padding(to: 7)
        Console.out(
          "\(tool.name.padding(to: width))  \(kind)  \(tool.isReadOnly ? "reads" : "     ")  (\(arguments))")
      }
    }
  }
}
