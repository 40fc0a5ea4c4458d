import ArgumentParser
import DataForge
import Foundation

/// How conversations with tools are made: what `forge generate --task tool-use` understands.
struct ToolUseOptionGroup: ParsableArguments {
  @Option(help: "The tools file, best as “forge tools probe” leaves it.")
  var tools: String?

  @Option(help: "How many conversations with one call to make for each tool (default: 3).")
  var perTool: Int?

  @Option(
    help: """
      Only these kinds, separated by commas: \
      \(ToolUseSample.Kind.allCases.map(\.rawValue).joined(separator: ", ")).
      """)
  var kinds: String?

  @Option(help: "The most tools to show beside those that are called (default: 4).")
  var distractors: Int?

  @Option(help: "What decides arguments, wordings and choices.")
  var seed: Int?

  @Flag(help: "Call also tools that may change something.")
  var allowWrites = false

  @Option(help: "With a model: the most calls to make for one conversation (default: 12).")
  var callBudget: Int?

  @Option(help: "With a model: how many requests a user makes in one conversation (default: 1).")
  var turns: Int?

  @Flag(help: "With a model: keep also conversations in which a call failed before one worked.")
  var keepRecovery = false

  @OptionGroup var allowHost: AllowHostOption

  func run(
    output: String, rejected: String?, calls: String?, recipe: RecipeOptions, display: DisplayOptions
  ) async throws {
    guard let tools else { throw UsageError("--task tool-use needs --tools TOOLS.json") }
    let recipe = try recipe.resolved()
    let options = try options()
    let registry = try ToolsFile.read(tools)
    // No cache: an answer that changes from call to call must not stand twice.
    let executors = try await ToolExecutors.ready(
      for: registry, toolsFolder: ToolsFile.folder(of: tools),
      network: NetworkRules(hosts: registry.hosts, named: try allowHost.checked()), onlyReads: !options.allowsWrites)
    let command = LinesCommand(output: output, rejected: rejected, display: display, calls: calls, unit: "samples")
    do {
      try await command.run { progress, interrupt in
        guard recipe.backend.name != .extractive else {
          let maker = ScriptedToolUse(registry, executors, options: options, toolsFile: tools)
          let tally = try await maker.run(
            to: output, rejected: rejected, concurrency: ProcessInfo.processInfo.activeProcessorCount * 2,
            listener: progress, interrupt: interrupt)
          return (tally, nil)
        }
        return try await KeptReplies.lending(
          try recipe.backend.makeBackend(environment: ProcessInfo.processInfo.environment), keptIn: calls,
          listener: progress, counter: try recipe.tokenCounter()
        ) { backend in
          let maker = ModelToolUse(
            registry, executors, backend: backend, options: options, sampling: recipe.generate.sampling,
            toolsFile: tools)
          return try await maker.run(
            to: output, rejected: rejected, concurrency: backend.concurrency, listener: progress, interrupt: interrupt)
        }
      }
    } catch {
      await executors.close()
      throw error
    }
    await executors.close()
  }

  private func options() throws -> ToolUseOptions {
    var options = ToolUseOptions()
    if let perTool {
      guard perTool > 0 else { throw UsageError("--per-tool must be more than 0") }
      options.perTool = perTool
    }
    if let distractors {
      guard distractors >= 0 else { throw UsageError("--distractors must not be negative") }
      options.distractors = distractors
    }
    if let kinds {
      options.kinds = Set(
        try kinds.split(separator: ",").map { name in
          let known = ToolUseSample.Kind.allCases.map(\.rawValue)
          guard let kind = ToolUseSample.Kind(rawValue: String(name)) else {
            throw unknown("kind", String(name), among: known)
          }
          return kind
        })
    }
    if let callBudget {
      guard callBudget > 0 else { throw UsageError("--call-budget must be more than 0") }
      options.callBudget = callBudget
    }
    if let turns {
      guard turns > 0 else { throw UsageError("--turns must be more than 0") }
      options.turns = turns
    }
    options.keepsRecovery = keepRecovery
    options.seed = seed ?? 0
    options.allowsWrites = allowWrites
    return options
  }
}
