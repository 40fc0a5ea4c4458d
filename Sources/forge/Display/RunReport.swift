import DataForge
import Foundation
import OrderedJSON

/// What a run shows at its end: one finished sample with its page and quote, what was kept and rejected and why, and
/// where the files are.
struct RunReport {
  let summary: RunSummary
  let output: String
  let pricing: Pricing?

  /// Whether `--strict` should fail: anything rejected or left undone.
  var hasFailures: Bool {
    (summary.counts?.rejectedTotal ?? 0) > 0 || summary.chunksLeft > 0 && summary.estimate == nil
  }

  // MARK: For a person

  func text() -> String {
    if let estimate = summary.estimate { return Self.text(estimate, pricing) }
    var parts: [String] = []
    if let sample = summary.written?.first { parts.append(SampleText.text(sample)) }
    if let counts = summary.counts { parts.append(CountsText.text(counts)) }
    parts.append(files)
    if let advice = splitAdvice { parts.append(advice) }
    if summary.end == .budgetReached {
      parts.append(
        "The budget is reached: \(summary.chunksLeft) passages were left undone. The same command with a larger --budget goes on."
      )
    } else if summary.chunksLeft > 0 {
      parts.append(
        "\(summary.chunksLeft) passages were left undone because the server failed. The same command tries them again.")
    }
    return parts.joined(separator: "\n\n")
  }

  /// Whole documents go to one side, so a few large ones can turn the shares over.
  private var splitAdvice: String? {
    guard let rows = summary.written?.rows, let validation = rows[.validation], let train = rows[.train],
      validation * 3 > train
    else { return nil }
    let share = validation * 100 / (validation + train)
    return """
      Validation has \(share) % of the rows, because whole documents go to one side. Another \
      “export: {split: {seed: N}}” in a recipe deals them anew.
      """
  }

  private var files: String {
    guard let written = summary.written else { return "" }
    var lines: [String] = []
    for split in Split.allCases {
      guard let rows = written.rows[split] ?? (split == .train ? 0 : nil) else { continue }
      lines.append(Self.file("\(output)/\(split.rawValue).jsonl", "\(rows) rows"))
    }
    lines.append(Self.file("\(output)/rejected.jsonl", "\(written.rejected) rows, each with its reason"))
    lines.append(Self.file("\(output)/README.md", "the dataset card"))
    if written.rows[.train, default: 0] > 0, written.rows[.validation] == nil {
      lines.append("  (no validation.jsonl: by their hashes all documents went to train)")
    }
    return "Files\n" + lines.joined(separator: "\n")
  }

  private static func file(_ path: String, _ what: String) -> String { "  " + path.padding(to: 38) + "  " + what }

  static func text(_ estimate: CostEstimate, _ pricing: Pricing?) -> String {
    var lines = ["Nothing was asked yet. What is left to do:"]
    lines.append("  passages          \(estimate.chunks)")
    lines.append("  calls             \(estimate.calls)")
    lines.append("  prompt tokens     about \(estimate.promptTokens)")
    lines.append("  reply tokens      at most \(estimate.completionTokensAtMost)")
    if let pricing {
      lines.append(String(format: "  cost              at most $%.4f", pricing.cost(of: estimate.usage)))
    } else if estimate.calls > 0 {
      lines.append("  cost              add --input-price and --output-price (USD per million tokens) to see it")
    }
    if estimate.calls == 0, estimate.chunks > 0 { lines.append("This backend costs nothing.") }
    return lines.joined(separator: "\n")
  }

  // MARK: For a machine

  func json() throws -> JSONValue {
    var object: JSONObject = ["output": .string(output), "end": .string(summary.end.rawValue)]
    if let counts = summary.counts { object["counts"] = try JSONValueEncoder().encode(counts) }
    if let written = summary.written {
      object["rows"] = .object(JSONObject(Split.allCases.map { ($0.rawValue, .integer(written.rows[$0] ?? 0)) }))
      object["rejected"] = .integer(written.rejected)
    }
    object["chunks_left"] = .integer(summary.chunksLeft)
    if let estimate = summary.estimate {
      object["estimate"] = try JSONValueEncoder().encode(estimate)
      if let pricing { object["cost_at_most_usd"] = .double(pricing.cost(of: estimate.usage)) }
    }
    return .object(object)
  }

  /// What to do after a run that ended early.
  static func goOn(after error: any Error, output: String) -> String {
    error is Interrupted
      ? "Stopped. Everything finished is kept in \(output); the same command goes on from there."
      : "The run could not go on. Everything finished is kept in \(output); the same command goes on from there."
  }
}
