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
        forge validate calls.jsonl --tools tools.json --record rows.jsonl
        forge validate calls.jsonl --fix fixed.jsonl

      Each row gets one line with its verdict and, for a failure, the reason and the
      place; "row" is its line or, in a file that is one array, its element, from 1.
      Rows may be messages of OpenAI, Anthropic or TRL, items of OpenAI's Responses,
      Gemini's contents, ShareGPT's conversations, or lists of calls as xLAM has them.
      Commands of the tools file are executed in a sandbox without network; HTTP
      calls go only to the hosts that it lists or --allow-host names. A row's own tools
      are checked against, never executed. Meaning is judged by a model, where one is
      named (--base-url, --model).
      """)

  @Argument(help: "Rows as JSON Lines or one JSON array (also .gz); - is stdin.")
  var input: String

  @Option(help: "The tools file: function definitions, and how to execute them.")
  var tools: String?

  @Option(name: .shortAndLong, help: "The verdicts as JSON Lines; - is stdout.")
  var output = "-"

  @Option(
    help: "Only these checks, separated by commas: \(ToolCheckName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var checks: String?

  @OptionGroup var allowHost: AllowHostOption
  @OptionGroup(title: "Rows and results") var rows: RowOptions
  @OptionGroup(title: "The judge") var judge: JudgeOptions
  @Option(
    name: .shortAndLong,
    help: "How many rows to check at once (default: 32 where calls go over HTTP, else one for each core).")
  var jobs: Int?

  @OptionGroup var display: DisplayOptions

  func run() async throws {
    let names = try chosenChecks()
    let comparison = try rows.comparison()
    let files = try rows.files(output: output)
    let backend = try judge.judge()
    if names?.contains(.meaning) == true, backend == nil {
      throw UsageError("the check \"meaning\" needs a judge: add --base-url http://127.0.0.1:8080/v1 --model NAME")
    }
    let registry = try tools.map { try ToolsFile.read($0) }
    let named = try allowHost.checked()
    let isExecuting = names?.contains(.execution) ?? true
    var executors: ToolExecutors?
    if isExecuting, let tools, let registry {
      executors = try await .ready(
        for: registry, toolsFolder: ToolsFile.folder(of: tools),
        network: NetworkRules(hosts: registry.hosts, named: named),
        cache: ObservationCache())
    }
    let progress = display.progress()
    let interrupt = Interrupt()
    let signals = SignalHandling(interrupt) { progress.warned("stopping: what is under way is finished first") }
    defer { withExtendedLifetime(signals) {} }
    defer { progress.close() }
    let (tally, outage) = try await judging(backend, progress) { meaning in
      var validator = try ToolCallValidator(
        registry: registry, checks: names, executors: executors, comparison: comparison, meaning: meaning)
      validator.repairs = rows.fix != nil
      let validation = RowValidation(
        validator, concurrency: try concurrency(executors == nil ? nil : registry, backend), listener: progress,
        interrupt: interrupt)
      return try await validation.run(from: input, to: output, rows: files)
    }
    await executors?.close()
    progress.close()
    report(VerdictSummary(tally: tally))
    if let outage {
      throw Unfinished(
        outage: outage, left: "\(tally.unasked) rows were left unjudged (\"unasked\")", isKept: judge.calls != nil)
    }
    if display.strict, tally.failedTotal > 0 { throw StrictFailure() }
  }

  /// Rows that wait for a server's answers cost no core meanwhile.
  private func concurrency(_ executed: ToolRegistry?, _ backend: (any Backend)?) throws -> Int {
    guard jobs == nil else { return try JobsOption.resolved(jobs) }
    if let backend { return backend.concurrency }
    let kinds = Set(executed?.tools.compactMap { $0.execution?.kind } ?? [])
    return kinds == [.http] ? 32 : try JobsOption.resolved(nil)
  }

  private func chosenChecks() throws -> [ToolCheckName]? {
    guard let checks else { return nil }
    return try ToolCheckName.named(checks.split(separator: ",").map { String($0.filter { $0 != " " }) })
  }

  /// Runs with the judge, whose every reply is kept where the user wants that.
  private func judging(
    _ backend: (any Backend)?, _ progress: ProgressDisplay, _ run: (MeaningCheck?) async throws -> VerdictTally
  ) async throws -> (VerdictTally, BackendOutage?) {
    guard let backend else { return (try await run(nil), nil) }
    let budget = try judge.parsedBudget()
    return try await KeptReplies.lending(
      backend, keptIn: judge.calls, budget: budget, listener: progress, counter: TokenEstimator()
    ) { try await run(MeaningCheck(backend: $0, votes: judge.votes)) }
  }

  private func report(_ summary: VerdictSummary) {
    if display.json {
      let isTaken = output == "-" || rows.record == "-" || rows.fix == "-"
      isTaken ? Console.error(summary.json.serialized()) : Console.out(summary.json)
    } else if !display.quiet {
      Console.error(summary.text)
    }
  }
}
