import ArgumentParser
import DataForge
import Foundation
import OrderedJSON

/// The fourth stage by itself: tool calls that hold, proven by making them.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check rows with tool calls: their form, their arguments, and what happens when they are made.",
    discussion: """
      Examples:
        forge validate calls.jsonl --tools tools.json -o verdicts.jsonl
        forge validate calls.jsonl --checks format,schema --strict

      Each row gets one line with its verdict and, for a failure, the reason and the
      place. Commands of the tools file are executed in a sandbox without network; HTTP
      calls go only to the hosts that it lists or --allow-host names. A row's own tools
      are checked against, never executed.
      """)

  @Argument(help: "Rows as JSON Lines (also .gz); - is stdin.")
  var input: String

  @Option(help: "The tools file: function definitions, and how to execute them.")
  var tools: String?

  @Option(name: .shortAndLong, help: "The verdicts as JSON Lines; - is stdout.")
  var output = "-"

  @Option(
    help: "Only these checks, separated by commas: \(ToolCheckName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var checks: String?

  @OptionGroup var allowHost: AllowHostOption
  @OptionGroup var jobs: JobsOption
  @OptionGroup var display: DisplayOptions

  func run() async throws {
    let names = try chosenChecks()
    let registry = try tools.map { try ToolsFile.read($0) }
    let named = try allowHost.checked()
    let isExecuting = names?.contains(.execution) ?? true
    var executors: ToolExecutors?
    if isExecuting, let tools, let registry {
      let folder = URL(fileURLWithPath: tools).standardizedFileURL.deletingLastPathComponent().path
      executors = try await .ready(
        for: registry, toolsFolder: folder, network: NetworkRules(hosts: registry.hosts, named: named),
        cache: ObservationCache())
    }
    let progress = display.progress()
    let interrupt = Interrupt()
    let signals = SignalHandling(interrupt) { progress.warned("stopping: what is under way is finished first") }
    defer { withExtendedLifetime(signals) {} }
    defer { progress.close() }
    let validation = RowValidation(
      try ToolCallValidator(registry: registry, checks: names, executors: executors),
      concurrency: try jobs.resolved(), listener: progress, interrupt: interrupt)
    let tally = try await validation.run(from: input, to: output)
    await executors?.close()
    progress.close()
    report(tally)
    if display.strict, tally.failedTotal > 0 { throw StrictFailure() }
  }

  private func chosenChecks() throws -> [ToolCheckName]? {
    guard let checks else { return nil }
    return try ToolCheckName.named(checks.split(separator: ",").map { String($0.filter { $0 != " " }) })
  }

  private func report(_ tally: VerdictTally) {
    let failed = ToolCheckName.allCases.compactMap { name in tally.failed[name].map { (name.rawValue, $0) } }
    if display.json {
      let summary: JSONValue = [
        "passed": .integer(tally.passed), "failed": .object(JSONObject(failed.map { ($0, .integer($1)) })),
      ]
      output == "-" ? Console.error(summary.serialized()) : Console.out(summary)
    } else if !display.quiet {
      let list = failed.map { "\($0) \($1)" }.joined(separator: ", ")
      Console.error(
        "passed \(tally.passed), failed \(tally.failedTotal)\(list.isEmpty ? "" : " (by first check: \(list))")")
    }
  }
}
