import ArgumentParser
import DataForge
import OrderedJSON
import Tokenizer

/// The chat templates that travel inside `forge`, and what a tokenizer needs for one.
struct TemplatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "List and show chat templates, and the special tokens that they need.",
    discussion: """
      Examples:
        forge templates list
        forge templates show qwen3
        forge templates special-tokens hermes --tokenizer tokenizer.json -o tokens/
      """,
    subcommands: [List.self, Show.self, SpecialTokensCommand.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the presets.", discussion: "Example:\n  forge templates list")

    @Flag(help: "One line of JSON for each.")
    var json = false

    func run() {
      let presets = ChatTemplatePreset.all
      let width = presets.map(\.name.count).max() ?? 0
      for preset in presets {
        if json {
          Console.out([
            "name": .string(preset.name), "description": .string(preset.description),
            "models": .array(preset.models.map { .string($0) }), "tools": .bool(preset.takesTools),
          ])
        } else {
          let name = preset.name.padding(to: width)
          Console.out("\(name)  \(preset.takesTools ? "tools" : "     ")  \(preset.description)")
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print a preset’s template.", discussion: "Example:\n  forge templates show qwen3")

    @Argument(help: "The preset’s name.")
    var name: String

    func run() throws {
      guard let preset = ChatTemplatePreset.named(name) else {
        throw unknown("preset", name, among: ChatTemplatePreset.all.map(\.name))
      }
      Console.out(preset.source.trimmingLastNewline)
    }
  }
}

extension String {
  fileprivate var trimmingLastNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
