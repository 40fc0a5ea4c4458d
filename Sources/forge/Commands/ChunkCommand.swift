import ArgumentParser
import DataForge

/// The second stage by itself: documents into passages.
struct ChunkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chunk", abstract: "Cut documents into passages along headings, paragraphs and sentences.",
    discussion: """
      Examples:
        forge extract papers/ --format json | forge chunk - -o chunks.jsonl
        forge chunk documents.jsonl -o chunks.jsonl --max-tokens 300 --overlap 40

      Tables of contents and lists of references become no chunks unless --include names them.
      """)

  @Argument(help: "Documents as JSON Lines, as “forge extract --format json” writes them; - is stdin.")
  var input: String

  @Option(name: .shortAndLong, help: "The chunks as JSON Lines; - is stdout.")
  var output = "-"

  @Option(help: "The most tokens that a chunk should have (default: 400).")
  var maxTokens: Int?

  @Option(help: "The most tokens of whole sentences that a chunk repeats of the one before (default: 0).")
  var overlap: Int?

  @Option(help: "Sections that are left out otherwise, with commas between: contents, references.")
  var include: String?

  @Option(help: "The model’s tokenizer.json, for exact counts (default: an estimate).")
  var tokenizer: String?

  @Option(help: "A YAML file with every setting.")
  var recipe: String?

  @Option(help: "Where rejections go, as JSON Lines.")
  var rejected: String?

  @OptionGroup var display: DisplayOptions

  func run() async throws {
    var recipe = try recipe.map { try RecipeFile.recipe(at: $0) } ?? Recipe()
    if let tokenizer { recipe.tokenizer = tokenizer }
    var options = recipe.chunk
    if let maxTokens {
      guard maxTokens >= 16 else { throw UsageError("--max-tokens must be at least 16") }
      options.maxTokens = maxTokens
    }
    if let overlap {
      guard (0..<options.maxTokens).contains(overlap) else {
        throw UsageError("--overlap must be less than the \(options.maxTokens) tokens of a chunk")
      }
      options.overlap = overlap
    }
    if let include {
      options.include = try include.split(separator: ",").map { name in
        let name = name.trimmingPrefix { $0 == " " }
        guard let section = ChunkOptions.Section(rawValue: String(name)) else {
          throw unknown("section", String(name), among: ChunkOptions.Section.allCases.map(\.rawValue))
        }
        return section
      }
    }
    let stage = try ChunkStage(options: options, counter: recipe.tokenCounter())
    try await LinesCommand(output: output, rejected: rejected, display: display, unit: "documents")
      .run { progress, interrupt in
        let lines = StageOverLines(stage, concurrency: 2, listener: progress, interrupt: interrupt)
        return (try await lines.run(from: input, to: output, rejected: rejected), nil)
      }
  }
}
