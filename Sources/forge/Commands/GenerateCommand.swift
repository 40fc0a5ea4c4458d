import ArgumentParser
import DataForge
import Foundation

/// The third stage by itself: passages into question–answer pairs, or tools into conversations that call them.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Write question–answer pairs about passages, or conversations that call tools.",
    discussion: """
      Examples:
        forge generate chunks.jsonl -o candidates.jsonl
        forge generate chunks.jsonl -o candidates.jsonl --backend openai \\
          --base-url http://127.0.0.1:8080/v1 --model NAME --calls paid
        forge generate --task tool-use --tools probed.json -o samples.jsonl

      With --calls DIR every reply of a server is kept there, so that the same
      command after a kill asks for none of them again. (“forge run” does so anyway.)

      With --task tool-use there are no passages. Without a model, requests are worded
      from the tools’ descriptions, arguments taken from examples and schemas; a model
      (--backend openai) writes requests, decides and answers. Every call is made, and a
      row is written only where all its calls got an answer.
      """)

  @Argument(help: "Chunks as JSON Lines, as “forge chunk” writes them; - is stdin.")
  var input: String?

  @Option(help: "What to write: \(Task.allCases.map(\.rawValue).joined(separator: ", ")).")
  var task = Task.questionAnswer

  @Option(name: .shortAndLong, help: "The candidates as JSON Lines; - is stdout.")
  var output = "-"

  @Option(help: "Where rejections go, as JSON Lines.")
  var rejected: String?

  @Option(help: "A folder that keeps every reply.")
  var calls: String?

  @OptionGroup(title: "With --task tool-use") var toolUse: ToolUseOptionGroup
  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var display: DisplayOptions

  /// What is written.
  enum Task: String, ExpressibleByArgument, CaseIterable {
    case questionAnswer = "question-answer"
    case toolUse = "tool-use"
  }

  func run() async throws {
    guard task == .questionAnswer else {
      guard input == nil else { throw UsageError("--task tool-use reads no chunks; leave out \(input ?? "")") }
      return try await toolUse.run(
        output: output, rejected: rejected, calls: calls, recipe: recipe, display: display)
    }
    guard let input else { throw UsageError("the file of chunks is missing; - is stdin") }
    guard toolUse.tools == nil else { throw UsageError("--tools goes with --task tool-use; add it") }
    let recipe = try self.recipe.resolved()
    let backend = try recipe.backend.makeBackend(environment: ProcessInfo.processInfo.environment)
    let concurrency = backend.isFree ? ProcessInfo.processInfo.activeProcessorCount : backend.concurrency
    let counter = try recipe.tokenCounter()
    try await LinesCommand(output: output, rejected: rejected, display: display, calls: calls, unit: "passages")
      .run { progress, interrupt in
        try await KeptReplies.lending(backend, keptIn: calls, listener: progress, counter: counter) { backend in
          let stage = GenerateStage(task: QuestionAnswerTask(), backend: backend, options: recipe.generate)
          let lines = StageOverLines(stage, concurrency: concurrency, listener: progress, interrupt: interrupt)
          return try await lines.run(from: input, to: output, rejected: rejected)
        }
      }
  }
}
