/// A prompt with `{{name}}` for what changes, in parts that lines `[[system]]` and `[[user]]` begin.
///
/// Values are put in as they are, in one pass over the template: braces in a value are never read as a placeholder. Text
/// before the first marker, or a template without markers, belongs to the user's message. A name that has no value stays
/// as it is written; `mistakes` finds it.
public struct PromptTemplate: Hashable, Sendable {
  /// What is wrong with a template.
  public enum Mistake: Error, Hashable, CustomStringConvertible {
    /// A placeholder that has no value. The line counts from 1.
    case unknownPlaceholder(String, line: Int, known: [String])
    /// A placeholder that the task cannot do without.
    case missingPlaceholder(String)

    public var description: String {
      switch self {
      case .unknownPlaceholder(let name, let line, let known):
        "line \(line) of the prompt names {{\(name)}}, which has no value here; the names are "
          + known.map { "{{\($0)}}" }.joined(separator: ", ")
      case .missingPlaceholder(let name):
        "the prompt does not contain {{\(name)}}, so the model would never see it; put it where it belongs"
      }
    }
  }

  private enum Part: Hashable, Sendable {
    case text(String)
    case placeholder(String, line: Int)
  }

  private struct Section: Hashable, Sendable {
    var role: MessageRole
    var parts: [Part]
  }

  /// The template as it was written.
  public let source: String
  private let known: [String]
  private let sections: [Section]

  /// Reads a template in which the `known` names have values.
  public init(_ source: String, known: [String]) {
    self.source = source
    self.known = known
    var raw: [(role: MessageRole, first: Int, lines: [Substring])] = [(.user, 1, [])]
    for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      switch line {
      case "[[system]]": raw.append((.system, index + 2, []))
      case "[[user]]": raw.append((.user, index + 2, []))
      default: raw[raw.count - 1].lines.append(line)
      }
    }
    sections = raw.compactMap { section in
      let parts = Self.parts(of: section.lines, first: section.first)
      return parts.isEmpty ? nil : Section(role: section.role, parts: parts)
    }
  }

  /// What is wrong with the template, in the order of its lines.
  /// - Parameter required: the names that must occur.
  public func mistakes(required: [String]) -> [Mistake] {
    var used: Set<String> = []
    var mistakes: [Mistake] = []
    for case .placeholder(let name, let line) in sections.flatMap(\.parts) {
      used.insert(name)
      if !known.contains(name) { mistakes.append(.unknownPlaceholder(name, line: line, known: known)) }
    }
    return mistakes + required.filter { !used.contains($0) }.map { .missingPlaceholder($0) }
  }

  /// The messages with the values put in.
  public func messages(_ values: [String: String]) -> [Message] {
    sections.map { section in
      let content = section.parts.reduce(into: "") { text, part in
        switch part {
        case .text(let words): text += words
        case .placeholder(let name, _): text += values[name] ?? "{{\(name)}}"
        }
      }
      return Message(role: section.role, content: content)
    }
  }

  /// The text and placeholders of some lines, without the blank lines around them.
  private static func parts(of lines: [Substring], first: Int) -> [Part] {
    let isBlank: (Substring) -> Bool = { $0.allSatisfy(\.isWhitespace) }
    guard let start = lines.firstIndex(where: { !isBlank($0) }), let end = lines.lastIndex(where: { !isBlank($0) })
    else { return [] }
    var parts: [Part] = []
    var text = ""
    for index in start...end {
      if index > start { text += "\n" }
      var rest = lines[index]
      while let open = place(of: "{", in: rest), let close = place(of: "}", in: rest[open...]) {
        let name = rest[rest.index(open, offsetBy: 2)..<close]
        guard name.allSatisfy({ $0.isLetter || $0 == "_" }), !name.isEmpty else {
          let next = rest.index(after: open)
          text += rest[..<next]
          rest = rest[next...]
          continue
        }
        text += rest[..<open]
        parts += [.text(text), .placeholder(String(name), line: first + index)]
        text = ""
        rest = rest[rest.index(close, offsetBy: 2)...]
      }
      text += rest
    }
    return text.isEmpty ? parts : parts + [.text(text)]
  }

  /// Where the character first stands twice in a row.
  private static func place(of brace: Character, in text: Substring) -> Substring.Index? {
    zip(text.indices, text.indices.dropFirst()).first { text[$0] == brace && text[$1] == brace }?.0
  }
}
