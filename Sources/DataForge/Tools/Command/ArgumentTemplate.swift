/// One word of a command line with places for arguments: `--city={city}`.
struct ArgumentTemplate: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case text(String)
    case argument(String)
  }

  private var parts: [Part] = []

  /// The arguments that the word needs.
  var names: [String] {
    parts.compactMap { part in
      if case .argument(let name) = part { name } else { nil }
    }
  }

  /// - Throws: `ToolFileError` for braces that do not pair.
  init(_ word: String, at path: String) throws(ToolFileError) {
    var text = ""
    var rest = word[...]
    while let character = rest.popFirst() {
      switch character {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        text.append(character)
        rest.removeFirst()
      case "{":
        guard let end = rest.firstIndex(of: "}"), end > rest.startIndex else {
          throw ToolFileError(path: path, reason: "\"{\" opens no argument; write {name}, or {{ for a brace")
        }
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
        parts.append(.argument(String(rest[..<end])))
        rest = rest[rest.index(after: end)...]
      case "}":
        throw ToolFileError(path: path, reason: "\"}\" closes no argument; write }} for a brace")
      default: text.append(character)
      }
    }
    if !text.isEmpty || parts.isEmpty { parts.append(.text(text)) }
  }

  /// The word with the arguments' values in their places.
  func filled<Failure: Error>(_ value: (String) throws(Failure) -> String) throws(Failure) -> String {
    var word = ""
    for part in parts {
      switch part {
      case .text(let text): word += text
      case .argument(let name): word += try value(name)
      }
    }
    return word
  }
}
