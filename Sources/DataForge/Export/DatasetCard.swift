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
    let files = splits.map { "  - split: \($0.rawValue)\n    path: \($0.rawValue).jsonl" }.joined(separator: "\n")
    return """
      ---
      # license: only you know what the rights of the sources allow; fill this in before you publish.
      configs:
      - config_name: default
        data_files:
      \(files)
      task_categories:
      - question-answering
      - text-generation
      tags:
      - sft
      - synthetic
      - dataforge
      size_categories:
      - \(Self.sizeCategory(rows.values.reduce(0, +)))
      ---

      """
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
    let list = splits.map { "| `\($0.rawValue).jsonl` | \(rows[$0, default: 0]) |" }.joined(separator: "\n")
    return """
      | File | Rows |
      |---|---|
      \(list)
      | `rejected.jsonl` | \(counts.rejectedTotal) |

      A row holds `messages` (user, assistant\(hasReasoning ? " with `reasoning_content`" : "")), as TRL's `SFTTrainer` reads it:

      ```python
      from datasets import load_dataset
      dataset = load_dataset("json", data_files={\(splits.map { "\"\($0.rawValue)\": \"\($0.rawValue).jsonl\"" }.joined(separator: ", "))})
      ```

      """
  }

  private var sourceTable: String {
    let list = sources.map { source in
      "| \(Self.cell(source.path)) | \(source.pages) | \(source.samples) | `\(source.sha256)` |"
    }
    return """
      ## Sources

      | Document | Pages | Samples | SHA-256 |
      |---|---|---|---|
      \(list.joined(separator: "\n"))

      """
  }

  private var droppedTable: String {
    guard !counts.rejected.isEmpty else { return "## Rejected\n\nNothing.\n" }
    let list = counts.rejected.map { "| \($0.stage.rawValue) | \($0.check) | \($0.count) |" }
    return """
      ## Rejected

      Each with its reason in `rejected.jsonl`.

      | Stage | Check | Count |
      |---|---|---|
      \(list.joined(separator: "\n"))

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

  /// The hub's own classes of size.
  static func sizeCategory(_ rows: Int) -> String {
    switch rows {
    case ..<1_000: "n<1K"
    case ..<10_000: "1K<n<10K"
    case ..<100_000: "10K<n<100K"
    case ..<1_000_000: "100K<n<1M"
    default: "1M<n<10M"
    }
  }

  /// A file's name may hold what would break the table or pose as markup.
  private static func cell(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "|", "\\", "`", "<", "[", "*", "_": result += "\\\(character)"
      case _ where character.isNewline: result += " "
      default: result.append(character)
      }
    }
    return result
  }
}

extension String {
  fileprivate var trimmingTrailingNewlines: String {
    var text = self[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
