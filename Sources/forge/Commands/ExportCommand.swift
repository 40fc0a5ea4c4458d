import ArgumentParser
import DataForge
import Foundation
import OrderedJSON

/// The last stage by itself: rows of one format as rows of another, as text or as tokens.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write samples as the rows that a trainer reads, in any format.",
    discussion: """
      Examples:
        forge export out -o all.jsonl.gz --no-reasoning
        forge export rows.jsonl --format text --template qwen3 -o text.jsonl
        forge export rows.jsonl --format tokens --template tokenizer_config.json \\
          --tokenizer tokenizer.json --max-length 4096 --pack -o packed.jsonl
        forge export sharegpt.jsonl --format openai --validation 0.1 -o dataset/

      The input is a workspace (the folder that “forge run -o” wrote to) or rows of any
      format; each row tells its own. Rendered rows are parsed back: one that lost a call,
      an argument, the system text, a result or reasoning is rejected with what was lost.
      """)

  @Argument(help: "A workspace folder, or rows as JSON Lines or one JSON array (also .gz); - is stdin.")
  var input: String

  @Option(name: .shortAndLong, help: "The rows as JSON Lines (.gz to compress), or a folder; - is stdout.")
  var output = "-"

  @Option(help: "The form of the rows: \(formatNames) (default: messages).")
  var format = "messages"

  @Option(help: "The form of the input, where its rows do not tell it.")
  var from: String?

  @Option(help: "The template that text and token rows of the input were rendered with.")
  var fromTemplate: String?

  @Flag(inversion: .prefixedNo, help: "Keep the rationale as reasoning_content.")
  var reasoning = true

  @Option(help: "Where rows that do not fit go, each with its reason, as JSON Lines.")
  var rejected: String?

  @OptionGroup(title: "Text and tokens") var rendering: RenderingOptions
  @OptionGroup(title: "Files") var splitting: SplitOptions
  @OptionGroup var display: DisplayOptions

  private static let formatNames = RowFormat.allCases.map(\.rawValue).joined(separator: ", ")

  func run() async throws {
    var options = RowExport.Options(from: try from.map(Self.format), to: try Self.format(format))
    options.reasoning = reasoning
    options.splitter = try splitting.splitter()
    options.sourceDialect = try fromTemplate.map(Self.dialect)
    try rendering.apply(to: &options)
    let target = try splitting.target(output)
    let renderer = try rendering.renderer()
    let export = RowExport(options, renderer: renderer, tokenizer: try rendering.loadedTokenizer())
    // The input is opened first, so that a mistyped name leaves nothing behind.
    let source = try await RowSource(input)
    if case .folder(let folder, _) = target {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    var run = ExportRun(
      export: export, files: try SplitFiles(target, shardRows: splitting.shardRows),
      rejected: try RejectedRows(path: rejected, stage: .export))
    let (tally, written) = try await run.run(over: source)
    if options.pack, options.packsMask, !display.quiet {
      Console.error(
        "packed rows: TRL keeps their samples apart by seq_lengths, transformers by position_ids and only where rows have "
          + "no attention_mask (--no-attention-mask leaves it out)")
    }
    if case .folder(let folder, _) = target {
      let card = ExportCard(
        format: options.to, template: renderer?.template, splits: written, columns: run.files.columns,
        rejected: tally.rejected)
      try AtomicFile.write(Array(card.text.utf8), to: "\(folder)/README.md")
    }
    try LinesSummary(tally, rejectedPath: rejected).report(display, dataOnStdout: output == "-")
  }

  private static func format(_ name: String) throws -> RowFormat {
    guard let format = RowFormat(rawValue: name) else {
      throw unknown("format", name, among: RowFormat.allCases.map(\.rawValue))
    }
    return format
  }

  private static func dialect(_ template: String) throws -> Dialect {
    guard let dialect = try ChatTemplate.named(template).dialect else {
      throw UsageError("\(template) writes turns in a way that forge cannot read back")
    }
    return dialect
  }
}
