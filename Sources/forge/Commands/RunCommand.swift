import ArgumentParser
import DataForge
import Foundation
import OrderedJSON

/// All six stages: a folder of documents becomes a dataset.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Make a dataset of documents: extract, chunk, generate, validate, filter, export.",
    discussion: """
      Examples:
        forge run samples/pdfs -o out
        forge run papers/ book.pdf -o out --recipe qa.yaml
        forge run papers/ -o out --dry-run --backend openai \\
          --base-url http://127.0.0.1:8080/v1 --model NAME

      A run that was stopped or killed goes on where it was when the same command
      is typed again. Only one run works in an output folder at a time. The key for
      a server is read from OPENAI_API_KEY.
      """)

  @Argument(help: "Documents (PDF, Markdown, HTML, text, DOCX, EPUB, scans), or folders that hold them.")
  var inputs: [String]

  @Option(name: .shortAndLong, help: "The folder that the dataset and all finished work go to.")
  var output: String

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup var jobs: JobsOption
  @OptionGroup var display: DisplayOptions

  @Flag(help: "Only read and cut the documents, and say what the calls would take.")
  var dryRun = false

  @Option(help: "The most that all calls may take: tokens (200000) or US dollars ($1.50, with prices).")
  var budget: String?

  @Option(help: "US dollars per million prompt tokens.")
  var inputPrice: Double?

  @Option(help: "US dollars per million reply tokens.")
  var outputPrice: Double?

  func run() async throws {
    var recipe = try self.recipe.resolved()
    if let inputPrice { recipe.backend.inputPrice = inputPrice }
    if let outputPrice { recipe.backend.outputPrice = outputPrice }
    try reading.apply(to: &recipe.extract)
    let passwords = try reading.passwords()
    let backend = try recipe.backend.makeBackend(environment: ProcessInfo.processInfo.environment)
    let budget = try self.budget.map { try BudgetText.parse($0, pricing: recipe.backend.pricing) }
    let sources = try SourceDiscovery.discover(inputs)
    let workspace = try Workspace(output, access: .work)
    let progress = display.progress()
    let interrupt = Interrupt()
    let signals = SignalHandling(interrupt) {
      progress.warned("stopping: calls that are under way are finished first; press Ctrl-C again to stop at once")
    }
    defer { withExtendedLifetime(signals) {} }
    let jobs = try jobs.resolved()
    var settings = Pipeline.Settings(
      jobs: jobs, budget: budget, dryRun: dryRun, command: CommandLine.arguments.joined(separator: " "))
    settings.passwords = passwords
    let pipeline = Pipeline(
      recipe: recipe, backend: backend, counter: try recipe.tokenCounter(), workspace: workspace,
      reader: ReadingOptions.reader(jobs: jobs, interrupt: interrupt), settings: settings, listener: progress,
      interrupt: interrupt)
    let summary: RunSummary
    do {
      summary = try await pipeline.run(sources.files, rejected: sources.rejected)
    } catch {
      progress.close()
      try? await backend.shutdown()
      try? await workspace.close()
      Console.error(RunReport.goOn(after: error, output: output))
      throw error
    }
    progress.close()
    try? await backend.shutdown()
    try await workspace.close()
    try report(summary, pricing: recipe.backend.pricing)
  }

  private func report(_ summary: RunSummary, pricing: Pricing?) throws {
    let report = RunReport(summary: summary, output: output, pricing: pricing)
    if display.json {
      Console.out(try report.json())
    } else if !display.quiet {
      Console.out(report.text())
    }
    if display.strict, report.hasFailures { throw StrictFailure() }
  }
}

/// A budget as people type it.
enum BudgetText {
  static func parse(_ text: String, pricing: Pricing?) throws -> Budget {
    let bare = text.replacing("_", with: "").trimmingCharacters(in: .whitespaces)
    let isDollars = bare.hasPrefix("$") || bare.lowercased().hasSuffix("usd")
    if isDollars {
      let number = bare.replacing("$", with: "").lowercased().replacing("usd", with: "")
        .trimmingCharacters(in: .whitespaces)
      guard let dollars = Double(number), dollars >= 0, dollars.isFinite else {
        throw UsageError("--budget “\(text)” is no amount; type it like $1.50 or 1.50USD")
      }
      guard let pricing else {
        throw UsageError(
          "a budget in dollars needs prices: add --input-price and --output-price (USD per million tokens)")
      }
      return .dollars(dollars, pricing)
    }
    guard let tokens = Int(bare), tokens >= 0 else {
      throw UsageError("--budget “\(text)” is no number of tokens; type it like 200000, or $1.50 for dollars")
    }
    return .tokens(tokens)
  }
}
