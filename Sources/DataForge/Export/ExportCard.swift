import OrderedJSON

/// The README of a folder of exported rows: front matter as the Hugging Face hub reads it, the files, and what a tokenizer
/// must know for them.
public struct ExportCard: Sendable {
  private let format: RowFormat
  private let template: ChatTemplate?
  private let splits: [WrittenSplit]
  private let columns: RowColumns
  private let rejected: [String: Int]

  public init(
    format: RowFormat, template: ChatTemplate?, splits: [WrittenSplit], columns: RowColumns, rejected: [String: Int]
  ) {
    self.columns = columns
    self.format = format
    self.template = template
    self.splits = splits
    self.rejected = rejected
  }

  /// The card as Markdown. It holds no time and no path of this machine.
  public var text: String { [frontMatter, summary, tokens, dropped].filter { !$0.isEmpty }.joined(separator: "\n") }

  private var frontMatter: String {
    CardFrontMatter(
      files: splits.map { ($0.split, $0.files.map(Self.name)) }, rows: splits.reduce(0) { $0 + $1.rows },
      tags: ["sft", "dataforge"], features: features
    ).text
  }

  /// Named only where they must be: older versions of `datasets` do not know the type `json`.
  private var features: String {
    columns.areInAllRows ? "" : "dataset_info:\n  features:\n\(columns.features)\n"
  }

  private var summary: String {
    let rows = splits.map { split in
      ["`\(split.split.rawValue)`", "\(split.rows)", split.files.map { "`\(Self.name($0))`" }.joined(separator: ", ")]
    }
    let made = template.map { ", rendered with the chat template `\(Self.name($0.name))`" } ?? ""
    let table = CardTable(header: ["Split", "Rows", "Files"], rows: rows)
    return "# Rows of the `\(format.rawValue)` format\(made)\n\n\(table.text)"
  }

  private var tokens: String {
    guard let all = template?.tokens.all, !all.isEmpty else { return "" }
    return """
      ## Special tokens

      The rows hold these; the tokenizer must have each as one piece (`tokenizer.add_special_tokens`):
      \(all.map { "`\($0)`" }.joined(separator: " "))

      """
  }

  private var dropped: String {
    guard !rejected.isEmpty else { return "" }
    let rows = rejected.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { [$0.key, "\($0.value)"] }
    return "## Rejected\n\n" + CardTable(header: ["Check", "Rows"], rows: rows).text
  }

  private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
