import OrderedJSON

/// Reads a conversation in one text, as Glaive's dataset writes it: `USER: …`, `ASSISTANT: …` and `FUNCTION RESPONSE: …`,
/// each at the beginning of a line.
enum GlaiveChat {
  private static let speakers = [
    ("SYSTEM:", "system"), ("USER:", "user"), ("ASSISTANT:", "assistant"), ("FUNCTION RESPONSE:", "tool"),
  ]

  static func messages(_ text: String) -> [JSONValue] {
    var turns: [(role: String, lines: [Substring])] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let (name, role) = speakers.first(where: { line.hasPrefix($0.0) }) {
        turns.append((role, [line.dropFirst(name.count)]))
      } else if let last = turns.indices.last {
        turns[last].lines.append(line)
      } else if !line.allSatisfy(\.isWhitespace) {
        turns.append(("user", [line]))
      }
    }
    return turns.map { turn in
      var content = turn.lines.joined(separator: "\n").trimmed
      if content.hasSuffix(end) { content = content.dropLast(end.count).trimmed }
      return ["role": .string(turn.role), "content": .string(content)]
    }
  }

  private static let end = "<|endoftext|>"
}
