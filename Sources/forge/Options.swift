import ArgumentParser
import DataForge
import Foundation

/// What every command that works for a while understands.
struct DisplayOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Show no progress; warnings and errors are still shown.")
  var quiet = false

  @Flag(help: "Print the summary as one line of JSON.")
  var json = false

  @Flag(help: "Exit with 1 where anything was rejected or left undone.")
  var strict = false

  /// - Parameter unit: what is worked on, where that is not what the stage takes in `forge run`.
  func progress(counting unit: String? = nil) -> ProgressDisplay {
    ProgressDisplay(style: .automatic(quiet: quiet), unit: unit)
  }
}

/// Where the recipe comes from, and what of the backend the command line decides over it.
struct RecipeOptions: ParsableArguments {
  @Option(help: "A YAML file with every setting; what is given on the command line goes over it.")
  var recipe: String?

  @Option(help: "Who writes: extractive (no model), openai (any compatible server) or replay (recorded calls).")
  var backend: String?

  @Option(help: "Where the server's API begins, for example http://127.0.0.1:8080/v1.")
  var baseURL: String?

  @Option(help: "The model's name at the server.")
  var model: String?

  @Option(help: "The environment variable that holds the server's key (default: OPENAI_API_KEY).")
  var apiKeyVariable: String?

  @Option(help: "How many requests may be under way at once (default: 16).")
  var concurrency: Int?

  @Option(help: "Seconds that one request may take (default: 120).")
  var timeout: Double?

  @Option(help: "How often a request is tried before it counts as failed (default: 6).")
  var maxAttempts: Int?

  @Option(help: "How JSON is asked for: json_schema, json_object or none (default: json_schema).")
  var responseFormat: String?

  @Option(help: "The recorded calls that the replay backend answers from.")
  var recording: String?

  @Option(help: "The model’s tokenizer.json, for exact counts of tokens in chunks and cost.")
  var tokenizer: String?

  @Option(help: "The most pairs to ask for about one passage (default: 3).")
  var pairs: Int?

  /// The recipe with the command line's settings over it.
  func resolved() throws -> Recipe {
    var result = try recipe.map { try RecipeFile.recipe(at: $0) } ?? Recipe()
    if let backend {
      guard let name = BackendChoice.Name(rawValue: backend) else {
        throw unknown("backend", backend, among: BackendChoice.Name.allCases.map(\.rawValue))
      }
      result.backend.name = name
    } else if baseURL != nil, result.backend.name == .extractive {
      throw UsageError("--base-url was given, but no backend that uses it; add --backend openai")
    }
    if let baseURL { result.backend.baseURL = baseURL }
    if let model { result.backend.model = model }
    if let apiKeyVariable { result.backend.apiKeyVariable = apiKeyVariable }
    if let concurrency { result.backend.concurrency = try positive(concurrency, "--concurrency") }
    if let timeout { result.backend.timeout = try positive(timeout, "--timeout") }
    if let maxAttempts { result.backend.maxAttempts = try positive(maxAttempts, "--max-attempts") }
    if let responseFormat { result.backend.responseFormat = responseFormat }
    if let tokenizer { result.tokenizer = tokenizer }
    if let recording { result.backend.recording = recording }
    if let pairs { result.generate.pairsPerChunk = try positive(pairs, "--pairs") }
    return result
  }
}

/// The number, where it is one that makes sense.
func positive<Number: Comparable & Numeric>(_ number: Number, _ name: String) throws -> Number {
  guard number > 0 else { throw UsageError("\(name) must be more than 0") }
  return number
}

/// A value that is none of those that there are, with the nearest that is.
func unknown(_ what: String, _ given: String, among known: [String]) -> UsageError {
  let nearest = Suggestion.nearest(to: given, among: known).map { "; did you mean “\($0)”?" } ?? ""
  return UsageError("there is no \(what) “\(given)”\(nearest) (there are: \(known.joined(separator: ", ")))")
}

/// How many documents are read at once.
struct JobsOption: ParsableArguments {
  @Option(name: .shortAndLong, help: "How many files to read at once (default: one for each core).")
  var jobs: Int?

  func resolved() throws -> Int { try Self.resolved(jobs) }

  /// How much is done at once: what the user says, or else one for each core.
  static func resolved(_ jobs: Int?) throws -> Int {
    guard let jobs else { return ProcessInfo.processInfo.activeProcessorCount }
    guard jobs > 0 else { throw UsageError("--jobs must be more than 0") }
    return jobs
  }
}
