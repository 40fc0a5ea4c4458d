import DataForge
import OrderedJSON

/// Writes the tools file of an import and says what became of everything.
struct ImportReport {
  let display: DisplayOptions
  let output: String

  /// - Throws: `FileError`, or `StrictFailure` where something fell out that nobody chose to leave out.
  func finish(_ made: ToolImport) throws {
    try AtomicFile.write(Array(Self.text(made.file).utf8), to: output)
    if display.json {
      let summary: JSONValue = [
        "tools": .integer(made.count),
        "left_out": .object(JSONObject(made.leftOutByReason.map { ($0.reason, .integer($0.count)) })),
        "notes": .array(made.notes.map { .string($0) }), "variables": .array(made.variables.map { .string($0) }),
      ]
      output == "-" ? Console.error(summary.serialized()) : Console.out(summary)
    } else {
      say(made)
    }
    if display.strict, !made.failed.isEmpty { throw StrictFailure() }
  }

  /// One line for each tool, so that people and `diff` can read it.
  static func text(_ file: JSONValue) -> String {
    var parts: [String] = []
    for (key, value) in file.objectValue ?? [:] {
      let name = JSONValue.string(key).serialized()
      if key == "tools", let tools = value.arrayValue {
        parts.append("\(name): [\n  \(tools.map { $0.serialized(.spaced) }.joined(separator: ",\n  "))\n ]")
      } else {
        parts.append("\(name): \(value.serialized(.spaced))")
      }
    }
    return "{\(parts.joined(separator: ",\n "))}\n"
  }

  /// So many lines of one kind; the rest is counted.
  private static let most = 12

  private func say(_ made: ToolImport) {
    if !display.quiet {
      Console.error(
        "\(made.source): \(made.count) \(made.count == 1 ? "tool" : "tools")\(output == "-" ? "" : " → \(output)")")
      for (reason, count) in made.leftOutByReason.prefix(Self.most) {
        // What nobody chose to leave out has its name here.
        let names = made.failed.filter { $0.reason == reason }.prefix(3).map(\.what).joined(separator: ", ")
        Console.error("  left out \(count): \(reason)\(names.isEmpty ? "" : " [\(names)]")")
      }
      let others = made.leftOutByReason.dropFirst(Self.most).map(\.count).reduce(0, +)
      if others > 0 { Console.error("  left out \(others) for other reasons (--json lists them)") }
    }
    // Where calls go, and what was read differently than written, is more than progress.
    for note in made.notes.prefix(Self.most) { Console.error("  note: \(note)") }
    if made.notes.count > Self.most {
      Console.error("  and \(made.notes.count - Self.most) more notes (--json lists them)")
    }
    if !made.variables.isEmpty, !display.quiet {
      Console.error("  calls need secrets from the environment: \(made.variables.joined(separator: ", "))")
    }
  }
}
