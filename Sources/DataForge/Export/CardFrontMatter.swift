/// What the README of a folder of rows begins with, as the Hugging Face hub reads it.
struct CardFrontMatter {
  /// The files of each split.
  var files: [(split: Split, names: [String])]
  /// How many rows they have together.
  var rows: Int
  /// The hub's words for what the rows are for.
  var tasks: [String] = []
  var tags: [String]
  /// The columns' types as YAML, where the hub would guess them wrong.
  var features = ""

  var text: String {
    let data = files.map { entry in
      let names = entry.names.count == 1 ? " \(entry.names[0])" : entry.names.map { "\n    - \($0)" }.joined()
      return "  - split: \(entry.split.rawValue)\n    path:\(names)\n"
    }
    return """
      ---
      # license: only you know what the rights of the sources allow; fill this in before you publish.
      configs:
      - config_name: default
        data_files:
      \(data.joined())\(features)\(Self.list("task_categories", tasks))\(Self.list("tags", tags))size_categories:
      - \(sizeCategory)
      ---

      """
  }

  private static func list(_ key: String, _ values: [String]) -> String {
    values.isEmpty ? "" : "\(key):\n" + values.map { "- \($0)\n" }.joined()
  }

  /// The hub's own classes of size.
  private var sizeCategory: String {
    switch rows {
    case ..<1_000: "n<1K"
    case ..<10_000: "1K<n<10K"
    case ..<100_000: "10K<n<100K"
    case ..<1_000_000: "100K<n<1M"
    default: "1M<n<10M"
    }
  }
}
