import DataForge

/// What a workspace holds, as a small table.
enum CountsText {
  static func text(_ counts: WorkspaceCounts) -> String {
    var lines = ["Kept"]
    lines.append(row("documents", counts.documents, "of \(counts.files) files, \(counts.pages) pages"))
    lines.append(
      row("passages", counts.chunks, counts.chunksFinished < counts.chunks ? "\(counts.chunksFinished) done" : ""))
    lines.append(row("candidates", counts.candidates))
    lines.append(row("samples", counts.samples))
    if counts.calls > 0 {
      lines.append(
        row("calls", counts.calls, "\(counts.tokens.prompt) prompt and \(counts.tokens.completion) reply tokens"))
    }
    lines.append("Rejected")
    if counts.rejected.isEmpty { lines.append("  nothing") }
    for dropped in counts.rejected {
      lines.append(row("\(dropped.stage.rawValue): \(dropped.check)", dropped.count, note(on: dropped.check)))
    }
    return lines.joined(separator: "\n")
  }

  /// What was counted, where it is no sample that was dropped.
  private static func note(on check: String) -> String {
    switch check {
    case "nothing-to-ask": "passages without anything worth a question"
    case "backend-failed": "passages that were left undone"
    case "unreadable-page": "pages"
    default: ""
    }
  }

  private static func row(_ label: String, _ count: Int, _ note: String = "") -> String {
    let number = String(count)
    let gap = String(repeating: " ", count: max(1, 8 - number.count))
    return "  " + label.padding(to: 32) + gap + number + (note.isEmpty ? "" : "   \(note)")
  }
}
