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

  @OptionGroup var allowHost: AllowHostOption

  func run(output: String, rejected: String?, recipe: RecipeOptions, display: DisplayOptions) async throws {
    guard let tools else { throw UsageError("--task tool-use needs --tools TOOLS.json") }
    guard try recipe.resolved().backend.name == .extractive else {
      throw UsageError("--task tool-use words its conversations itself; leave out --backend and its options")
    }
    let options = try options()
    let registry = try ToolsFile.read(tools)
    // No cache: an answer that changes from call to call must not stand twice.
    let executors = try await ToolExecutors.ready(
      for: registry, toolsFolder: ToolsFile.folder(of: tools),
      network: NetworkRules(hosts: registry.hosts, named: try allowHost.checked()))
    let progress = display.progress()
    let interrupt = Interrupt()
    let signals = SignalHandling(interrupt) { progress.warned("stopping: what is under way is finished first") }
    defer { withExtendedLifetime(signals) {} }
    defer { progress.close() }
    let maker = ScriptedToolUse(registry, executors, options: options, toolsFile: tools)
    let tally: LinesTally
    do {
      tally = try await maker.run(
        to: output, rejected: rejected, concurrency: ProcessInfo.processInfo.activeProcessorCount * 2,
        listener: progress, interrupt: interrupt)
    } catch {
      await executors.close()
      throw error
    }
    await executors.close()
    progress.close()
    try LinesSummary(tally, rejectedPath: rejected).report(display, dataOnStdout: output == "-")
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
    options.seed = seed ?? 0
    options.allowsWrites = allowWrites
    return options
  }
}
