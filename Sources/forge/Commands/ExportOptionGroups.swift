import ArgumentParser
import DataForge
import JinjaTemplate
import Tokenizer

/// How rows become text and tokens.
struct RenderingOptions: ParsableArguments {
  @Option(help: "For text and tokens: a preset (“forge templates list”), FILE.jinja or a tokenizer_config.json.")
  var template: String?

  @Option(help: "For tokens: the model’s tokenizer.json.")
  var tokenizer: String?

  @Option(help: "The token before a text, for templates that do not bring theirs.")
  var bosToken: String?

  @Option(help: "The token that ends a text, for templates that do not bring theirs.")
  var eosToken: String?

  @Flag(help: "End each text with the beginning of an assistant’s turn.")
  var addGenerationPrompt = false

  @Flag(help: "Keep rows that lose something on the way; they are rendered as they stand.")
  var allowLossy = false

  @Option(
    help:
      "What the loss sees: roles separated by commas, last or all (default: what the template marks, else assistant).")
  var trainOn: String?

  @Option(help: "The most tokens of a row.")
  var maxLength: Int?

  @Option(help: "What becomes of longer rows: reject, truncate or split (at turns).")
  var overlong: String = "reject"

  @Flag(help: "Pack rows into rows of exactly --max-length tokens.")
  var pack = false

  @Flag(
    inversion: .prefixedNo,
    help: "Write attention_mask into packed rows; transformers keeps their samples apart only without it.")
  var attentionMask = true

  func renderer() throws -> ChatRenderer? {
    guard let template else { return nil }
    let chat = try ChatTemplate.named(template, tokens: SpecialTokens(bos: bosToken, eos: eosToken))
    return ChatRenderer(chat, addGenerationPrompt: addGenerationPrompt, clock: try Clock.templates())
  }

  func loadedTokenizer() throws -> Tokenizer? { try tokenizer.map { try Tokenizer(contentsOf: $0) } }

  /// Puts what was asked for into the export's options.
  func apply(to options: inout RowExport.Options) throws {
    options.allowLossy = allowLossy
    options.turns = try trainOn.map { try TrainedTurns(parsing: $0) }
    guard let policy = Overlong(rawValue: overlong) else {
      throw unknown("way with long rows", overlong, among: Overlong.allCases.map(\.rawValue))
    }
    options.overlong = policy
    options.pack = pack
    options.packsMask = attentionMask
    if let maxLength {
      guard maxLength > 0 else { throw UsageError("--max-length must be more than 0") }
      options.maxLength = maxLength
    }
    try check(options)
  }

  private func check(_ options: RowExport.Options) throws {
    switch options.to {
    case .text where template == nil:
      throw UsageError("--format text needs a --template; “forge templates list” shows presets")
    case .tokens where template == nil || tokenizer == nil:
      throw UsageError("--format tokens needs a --template and a --tokenizer (the model’s tokenizer.json)")
    case .tokens: break
    default:
      if maxLength != nil || pack { throw UsageError("--max-length and --pack are for --format tokens") }
      if options.to != .text, template != nil {
        throw UsageError("--template is for --format text and tokens; \(options.to.rawValue) rows are not rendered")
      }
    }
    if pack, maxLength == nil { throw UsageError("--pack needs the --max-length of a row") }
  }
}

/// Which file a row goes to.
struct SplitOptions: ParsableArguments {
  @Option(help: "The share of validation.jsonl; with it -o names a folder.")
  var validation: Double?

  @Option(help: "The share of test.jsonl; with it -o names a folder.")
  var test: Double?

  @Option(
    help: "The field whose equal values stay in one part: a key or a JSON Pointer (default: the source document).")
  var splitBy: String?

  @Option(help: "The field whose every value gets the same shares.")
  var stratify: String?

  @Option(help: "Another number deals the groups anew (default: 0).")
  var seed: Int?

  @Option(help: "Cut each file in pieces of so many rows: train-00000-of-00003.jsonl.")
  var shardRows: Int?

  @Flag(help: "Compress the files of a folder: train.jsonl.gz.")
  var gzip = false

  var isSplitting: Bool { validation != nil || test != nil }

  func splitter() throws -> RowSplitter? {
    guard isSplitting else {
      if splitBy != nil || stratify != nil || seed != nil {
        throw UsageError("--split-by, --stratify and --seed say how to split; add --validation or --test with a share")
      }
      return nil
    }
    let rule = SplitRule(validation: validation ?? 0, test: test ?? 0, seed: seed ?? 0)
    if let fault = rule.fault { throw UsageError(fault) }
    return RowSplitter(rule: rule, group: splitBy.map { RowField($0) }, stratum: stratify.map { RowField($0) })
  }

  func target(_ output: String) throws -> SplitFiles.Target {
    if let shardRows, shardRows < 1 { throw UsageError("--shard-rows must be more than 0") }
    guard isSplitting else {
      if gzip { throw UsageError("--gzip is for the files of a folder; let a single file’s name end in .gz") }
      return .file(output)
    }
    guard output != "-" else { throw UsageError("split rows go to several files; name a folder with -o") }
    return .folder(output, isGzip: gzip)
  }
}
