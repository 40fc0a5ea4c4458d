import OrderedJSON

/// The dataset's README: front matter as the Hugging Face hub reads it, then what is in the files, where it comes from
/// and how it was made, for a person who was not there.
///
/// It holds no time and no machine's name, so that the same input gives the same card.
struct DatasetCard: Sendable {
  var counts: WorkspaceCounts
  var rows: [Split: Int]
  var sources: [SourceCount]
  var backend: String
  var model: String
  /// The recipe as YAML.
  var recipe: String
  var hasReasoning: Bool

  var text: String {
    [frontMatter, summary, files, sourceTable, droppedTable, recipeSection].joined(separator: "\n")
  }

  private var splits: [Split] { Split.allCases.filter { $0 == .train || rows[$0, default: 0] > 0 } }

  private var frontMatter: String {
    CardFrontMatter(
      files: splits.map { ($0, ["\($0.rawValue).jsonl"]) }, rows: rows.values.reduce(0, +),
      tasks: ["question-answering", "text-generation"], tags: ["sft", "synthetic", "dataforge"]
    ).text
  }

  private var summary: String {
    let writer = model == backend ? "the `\(backend)` backend" : "the `\(backend)` backend, model `\(model)`"
    return """
      # Question–answer pairs from \(counts.documents) document\(counts.documents == 1 ? "" : "s")

      Written by \(writer), from \(counts.pages) pages in \(counts.chunks) passages. The quote under each answer was
      found word for word on its page; `source` names the document, its hash, the pages, the quote and its boxes
      (PDF points from the page's top left corner).

      """
  }

  private var files: String {
    let list = splits.map { ["`\($0.rawValue).jsonl`", "\(rows[$0, default: 0])"] }
    let table = CardTable(header: ["File", "Rows"], rows: list + [["`rejected.jsonl`", "\(counts.rejectedTotal)"]])
    return """
      \(table.text)
      A row holds `messages` (user, assistant\(hasReasoning ? " with `reasoning_content`" : "")), as TRL's `SFTTrainer` reads it:

      ```python
      from datasets import load_dataset
      dataset = load_dataset("json", data_files={\(splits.map { "\"\($0.rawValue)\": \"\($0.rawValue).jsonl\"" }.joined(separator: ", "))})
      ```

      """
  }

  private var sourceTable: String {
    let rows = sources.map { source in
      [CardTable.cell(source.path), "\(source.pages)", "\(source.samples)", "`\(source.sha256)`"]
    }
    return "## Sources\n\n" + CardTable(header: ["Document", "Pages", "Samples", "SHA-256"], rows: rows).text
  }

  private var droppedTable: String {
    guard !counts.rejected.isEmpty else { return "## Rejected\n\nNothing.\n" }
    let rows = counts.rejected.map { [$0.stage.rawValue, $0.check, "\($0.count)"] }
    return """
      ## Rejected

      Each with its reason in `rejected.jsonl`.

      \(CardTable(header: ["Stage", "Check", "Count"], rows: rows).text)
      """
  }

  private var recipeSection: String {
    """
    ## Recipe

    ```yaml
    \(recipe.trimmingTrailingNewlines)
    ```

    """
  }
}

extension String {
  fileprivate var trimmingTrailingNewlines: String {
    var text = self[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
