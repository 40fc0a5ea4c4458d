import ArgumentParser
import DataForge
import Foundation

/// How recorded results are compared with observed ones, and where rows are written.
struct RowOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How a row's recorded results are compared with the observed ones: exact, subset or none.",
      valueName: "mode"))
  var compare = ResultComparison.Mode.exact.rawValue

  @Option(
    help: ArgumentHelp(
      "How far numbers in results may be apart, as a share of the larger one (default: 1e-06, whole numbers not at all).",
      valueName: "share"))
  var tolerance: Double?

  @Option(
    help: ArgumentHelp(
      "What may differ in results, separated by commas: JSON Pointers (* is any step) or keys.", valueName: "paths"))
  var ignoreResult: String?

  @Option(
    help: ArgumentHelp(
      "Write the rows that passed, with the observed results of calls that had none.", valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp(
      "Repair what is safe, check the repaired rows, and write them, each with its \"fixes\".", valueName: "file"))
  var fix: String?

  func comparison() throws -> ResultComparison {
    guard let mode = ResultComparison.Mode(rawValue: compare) else {
      throw unknown("comparison", compare, among: ResultComparison.Mode.allCases.map(\.rawValue))
    }
    guard (tolerance ?? 0) >= 0, tolerance?.isFinite != false else {
      throw UsageError("--tolerance is a number from 0 on")
    }
    return ResultComparison(
      mode: mode, tolerance: tolerance,
      ignoring: (ignoreResult ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
  }

  func files(output: String) throws -> RowValidation.RowFiles {
    let paths = [output, record, fix].compactMap { $0 }
    guard Set(paths).count == paths.count else {
      throw UsageError("-o, --record and --fix are different files; only one of them may be -")
    }
    return RowValidation.RowFiles(recorded: record, fixed: fix)
  }
}

/// Who judges what rows mean.
struct JudgeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Who judges meaning: openai (any compatible server) or replay (recorded calls).", valueName: "backend"))
  var backend: String?

  @Option(help: "Where the judge's API begins, for example http://127.0.0.1:8080/v1.")
  var baseURL: String?

  @Option(help: "The judge's name at the server.")
  var model: String?

  @Option(help: "The environment variable that holds the server's key (default: OPENAI_API_KEY).")
  var apiKeyVariable: String?

  @Option(help: "How many rows the judge may be asked about at once (default: 16).")
  var concurrency: Int?

  @Option(help: "Seconds that one reply of the judge may take (default: 120).")
  var timeout: Double?

  @Option(help: "How often the judge is asked the same before that counts as failed (default: 6).")
  var maxAttempts: Int?

  @Option(help: "How JSON is asked for: json_schema, json_object or none (default: json_schema).")
  var responseFormat: String?

  @Option(help: "The recorded calls that the replay backend answers from.")
  var recording: String?

  @Option(help: "How often the judge is asked about a row at most; the majority decides.")
  var votes = 3

  @Option(help: "A folder that keeps every reply of the judge.")
  var calls: String?

  @Option(help: "The most tokens to spend on the judge, with --calls.")
  var budget: String?

  /// The judge; `nil` where none was named.
  func judge() throws -> (any Backend)? {
    guard backend != nil || baseURL != nil || recording != nil else {
      guard model == nil else { throw UsageError("--model was given, but no server that has it; add --base-url URL") }
      return nil
    }
    guard votes > 0 else { throw UsageError("--votes must be more than 0") }
    if budget != nil, calls == nil { throw UsageError("--budget counts what --calls DIR keeps; add it") }
    var choice = BackendChoice(name: recording == nil ? .openai : .replay)
    if let backend {
      let names: [BackendChoice.Name] = [.openai, .replay]
      guard let name = BackendChoice.Name(rawValue: backend), names.contains(name) else {
        throw unknown("judge", backend, among: names.map(\.rawValue))
      }
      choice.name = name
    }
    choice.baseURL = baseURL
    choice.model = model
    if let apiKeyVariable { choice.apiKeyVariable = apiKeyVariable }
    if let concurrency { choice.concurrency = try positive(concurrency, "--concurrency") }
    if let timeout { choice.timeout = try positive(timeout, "--timeout") }
    if let maxAttempts { choice.maxAttempts = try positive(maxAttempts, "--max-attempts") }
    if let responseFormat { choice.responseFormat = responseFormat }
    choice.recording = recording
    return try choice.makeBackend(environment: ProcessInfo.processInfo.environment)
  }

  func parsedBudget() throws -> Budget? { try budget.map { try BudgetText.parse($0, pricing: nil) } }
}
