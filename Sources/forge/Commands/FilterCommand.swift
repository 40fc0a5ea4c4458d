import ArgumentParser
import DataForge
import OrderedJSON

/// The fifth stage by itself: few, good and different rows.
struct FilterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Keep the rows that are good and different; drop the rest, each with its reason.",
    discussion: """
      Examples:
        forge filter samples.jsonl -o kept.jsonl --rejected rejected.jsonl
        forge filter samples.jsonl -o kept.jsonl --only near-duplicate,refusal

      Rules:
        \(RuleName.allCases.map(\.rawValue).joined(separator: "\n  "))
      """)

  @Argument(help: "Rows with messages, as JSON Lines or one JSON array (also .gz); - is stdin.")
  var input: String

  @Option(name: .shortAndLong, help: "The rows that are kept, unchanged; - is stdout.")
  var output = "-"

  @Option(help: "Where the dropped rows go, each with its reason, as JSON Lines.")
  var rejected: String?

  @Option(help: "Only these rules, separated by commas.")
  var only: String?

  @Option(help: "A YAML file with every setting.")
  var recipe: String?

  @OptionGroup var display: DisplayOptions

  func run() async throws {
    var options = try recipe.map { try RecipeFile.recipe(at: $0) }?.filter ?? FilterOptions()
    if let only { options.only = only.split(separator: ",").map { String($0.filter { $0 != " " }) } }
    var filter = try FilterRun(options: options)
    var rows = try RowsInOut(input: input, output: output, rejected: rejected, stage: .filter)
    let progress = display.progress()
    defer { progress.close() }
    while let row = try rows.next() {
      guard let subject = FilterSubject(row: row.value) else {
        try rows.reject(
          row, "wrong-shape", "\(row.place) has no “messages” list; the filter reads rows of that form")
        continue
      }
      if var rejection = try filter.judge(subject) {
        rejection.item = row.value
        try rows.reject(rejection)
      } else {
        try rows.keep(row.value)
      }
    }
    let tally = try rows.finish()
    try LinesSummary(tally, rejectedPath: rejected).report(display, dataOnStdout: output == "-")
  }
}
