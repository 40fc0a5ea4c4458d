import OrderedJSON

/// Reads a rendered text back and compares it with its row: what a chat template swallowed or bent is a loss.
///
/// Text that merely moves is none: a system text merged into a user's turn, a default system prompt, a block of tools,
/// ids that the dialect does not write, empty contents.
public struct ParseBack: Sendable {
  /// The dialect in which texts are read; `nil`: texts are searched, not read.
  public let dialect: Dialect?
  /// Whether the template writes tool definitions; `nil`: it does where a text holds one of them.
  public let takesTools: Bool?

  /// Takes a dialect, and whether the template writes tool definitions where that is known.
  public init(dialect: Dialect?, takesTools: Bool? = nil) {
    self.dialect = dialect
    self.takesTools = takesTools
  }

  /// Recognises the dialect of a Jinja chat template, and whether it writes tool definitions.
  public init(template source: String) {
    dialect = Dialect.recognise(template: source)
    takesTools = TrimmedText.holds(source, "tools")
  }

  /// What the text lost of its row, in the row's order of kinds; empty where nothing was lost.
  ///
  /// - Parameters:
  ///   - messages: The row's messages; arguments may be objects or JSON strings.
  ///   - tools: The row's tool definitions.
  ///   - text: What the template made of them.
  public func losses(messages: [JSONValue], tools: [JSONValue]?, text: String) -> [Loss] {
    guard let dialect else {
      return GeneralCheck(text: text).losses(messages: messages, tools: tools, takesTools: takesTools)
    }
    let row = RowItems(messages) { dialect.splitReasoning($0) }
    let reading = dialect.read(text)
    let names = (tools ?? []).compactMap { ($0["function"]?["name"] ?? $0["name"])?.stringValue }
    var comparison = Comparison(dialect: dialect, row: row, reading: reading, tools: names)
    comparison.compare()
    comparison.losses += Self.toolLosses(tools, takesTools) { name in
      TextBytes.lend(text) { bytes in
        reading.definitions.contains { TrimmedText.holds(bytes.string($0), name) }
      }
    }
    return comparison.losses
  }

  /// Tool definitions whose name stands nowhere.
  static func toolLosses(_ tools: [JSONValue]?, _ takesTools: Bool?, isThere: (String) -> Bool) -> [Loss] {
    let names = (tools ?? []).map { ($0["function"]?["name"] ?? $0["name"])?.stringValue }
    let missing = names.enumerated().filter { _, name in name.map { !isThere($0) } ?? false }
    if missing.isEmpty || takesTools == false || (takesTools == nil && missing.count == names.count) { return [] }
    return missing.map { index, name in
      Loss(
        path: "/tools/\(index)", kind: .tools,
        reason: "the text does not hold the definition of the tool \(Loss.excerpt(name ?? ""))")
    }
  }
}

extension Dialect {
  /// Takes reasoning in tags from the front of a content.
  func splitReasoning(_ content: String) -> (reasoning: String?, content: String) {
    TextBytes.lend(content) { text in
      var reader = AssistantReader(text: text, dialect: self)
      let rest = reader.readReasoning(text.all)
      guard rest > 0 else { return (nil, content) }
      return (reader.reasoning, text.trimmedString(rest..<text.count))
    }
  }
}
