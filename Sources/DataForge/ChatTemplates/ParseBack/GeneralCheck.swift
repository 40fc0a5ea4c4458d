import OrderedJSON

/// Checks a text whose dialect is not known: what the row says must stand in it, as it is or escaped as in JSON, in
/// the row's order.
struct GeneralCheck {
  let text: String

  func losses(messages: [JSONValue], tools: [JSONValue]?, takesTools: Bool?) -> [Loss] {
    let row = RowItems(messages) { (nil, $0) }
    var losses: [Loss] = []
    TextBytes.lend(text) { bytes in
      var cursors: [Loss.Kind: Int] = [:]
      func look(_ kind: Loss.Kind, _ texts: [RowItems.Text], _ what: String) {
        for item in texts where !item.text.isEmpty {
          let start = kind == .system ? 0 : cursors[kind] ?? 0
          let pieces = item.parts.isEmpty ? [item.text] : item.parts.map(TrimmedText.trimmed)
          let end = pieces.reduce(Int?.some(start)) { at, piece in at.flatMap { Self.find(piece, bytes, $0) } }
          if let end { cursors[kind] = end } else { losses.append(Self.lost(kind, item.path, what)) }
        }
      }
      look(.system, row.systems + row.others, "the system text")
      look(.content, row.users, "the user's text")
      cursors[.content] = 0
      look(.content, row.assistants, "the assistant's text")
      look(.reasoning, row.reasonings, "the reasoning")
      look(.result, row.results, "the tool's result")
      var at = 0
      for call in row.calls {
        guard let name = Self.find(call.name, bytes, at) else {
          losses.append(Self.lost(.call, call.path, "the call of \(Loss.excerpt(call.name))"))
          continue
        }
        at = name
        let missing = Self.missing(call.arguments, call.argumentsPath, bytes, name)
        losses += missing.map { Self.lost(.argument, $0, "the argument") }
      }
    }
    losses += ParseBack.toolLosses(tools, takesTools) { TrimmedText.holds(text, $0) }
    return losses
  }

  /// Whether a text holds a call's name and, behind it, every argument.
  func holds(call: RowItems.Call) -> Bool {
    TextBytes.lend(text) { bytes in
      guard let name = Self.find(call.name, bytes, 0) else { return false }
      return Self.missing(call.arguments, "", bytes, name).isEmpty
    }
  }

  private static func lost(_ kind: Loss.Kind, _ path: String, _ what: String) -> Loss {
    Loss(
      path: path, kind: kind,
      reason: "\(what) is not in the text (the template's dialect is not known: the text was searched, not read)")
  }

  /// The paths of the leaves that do not stand behind a place.
  private static func missing(_ value: JSONValue, _ path: String, _ text: TextBytes, _ at: Int) -> [String] {
    switch value {
    case .object(let object):
      object.flatMap { member in
        find(member.key, text, at) == nil
          ? [path + Loss.step(member.key)] : missing(member.value, path + Loss.step(member.key), text, at)
      }
    case .array(let values):
      values.enumerated().flatMap { missing($0.element, "\(path)/\($0.offset)", text, at) }
    case .string(let leaf): find(leaf, text, at) == nil ? [path] : []
    case .null, .bool: []
    default: find(value.serialized(), text, at) == nil ? [path] : []
    }
  }

  /// The place behind a text, as it is or as JSON writes it.
  private static func find(_ needle: String, _ text: TextBytes, _ at: Int) -> Int? {
    if needle.isEmpty { return at }
    let token = Marker(needle)
    if let found = text.find(token, at..<text.count) { return found + token.count }
    for style in [JSONStyle.compact, JSONStyle(.compact, ensureASCII: true)] {
      let escaped = Marker(String(JSONValue.string(needle).serialized(style).dropFirst().dropLast()))
      if escaped != token, let found = text.find(escaped, at..<text.count) { return found + escaped.count }
    }
    return nil
  }
}
