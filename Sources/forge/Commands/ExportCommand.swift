import ArgumentParser
import DataForge
import OrderedJSON

/// The last stage by itself: finished samples as the rows that a trainer reads.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write finished samples as the rows that a trainer reads.",
    discussion: """
      Examples:
        forge export out -o all.jsonl.gz --no-reasoning
        forge export rows.jsonl -o clean.jsonl --rejected rejected.jsonl

      The input is a workspace (the folder that “forge run -o” wrote to) or rows with
      messages. Rows are written as TRL reads them: call arguments as objects, no key
      with null. A row that does not fit is rejected with its field.
      """)

  @Argument(help: "A workspace folder, or rows with messages as JSON Lines (also .gz); - is stdin.")
  var input: String

  @Option(name: .shortAndLong, help: "The rows as JSON Lines (.gz to compress); - is stdout.")
  var output = "-"

  @Option(help: "The form of the rows: messages.")
  var format = "messages"

  @Flag(inversion: .prefixedNo, help: "Keep the rationale as reasoning_content.")
  var reasoning = true

  @Option(help: "Where rows that do not fit go, each with its reason, as JSON Lines.")
  var rejected: String?

  @OptionGroup var display: DisplayOptions

  func run() async throws {
    guard format == "messages" else { throw unknown("format", format, among: ["messages"]) }
    let tally: LinesTally
    if Workspace.exists(input) {
      let workspace = try Workspace(input, access: .look)
      tally = LinesTally(kept: try await workspace.exportRows(to: output, reasoning: reasoning))
    } else {
      tally = try exportRows()
    }
    try LinesSummary(tally, rejectedPath: rejected).report(display, dataOnStdout: output == "-")
  }

  private func exportRows() throws -> LinesTally {
    var rows = try RowsInOut(input: input, output: output, rejected: rejected, stage: .export)
    while let row = try rows.next() {
      switch MessagesRow.normalised(row.value, reasoning: reasoning) {
      case .success(let value): try rows.keep(value)
      case .failure(let misfit):
        try rows.reject(row, "wrong-shape", "line \(row.number), \(misfit.path): \(misfit.reason)")
      }
    }
    return try rows.finish()
  }
}
