import OrderedJSON

/// Compares a row with what was read of its text.
struct Comparison {
  let dialect: Dialect
  let row: RowItems
  let reading: DialectReading
  /// The names of the row's tools.
  let tools: [String]
  var losses: [Loss] = []

  /// A text of the rendering.
  struct Said {
    let turn: Int
    let text: String
    var isExplained = false
  }

  var systems: [Said] = []
  var users: [Said] = []
  var assistants: [Said] = []
  var results: [Said] = []
  var reasonings: [Said] = []
  var calls: [ParsedCall] = []
  /// What an assistant's turns say beyond the row's content.
  var leftovers: [String] = []
  /// Messages without content for which the template wrote a word.
  private var fillers: Set<Int> = []

  init(dialect: Dialect, row: RowItems, reading: DialectReading, tools: [String]) {
    self.tools = tools
    self.dialect = dialect
    self.row = row
    self.reading = reading
    for (index, turn) in reading.chat.turns.enumerated() {
      if let reasoning = turn.reasoning, !reasoning.isEmpty {
        reasonings.append(Said(turn: index, text: reasoning))
      }
      calls += turn.calls
      guard !turn.content.isEmpty else { continue }
      let said = Said(turn: index, text: turn.content)
      switch turn.role {
      case "user": users.append(said)
      case "assistant": assistants.append(said)
      case "tool": results.append(said)
      default: systems.append(said)
      }
    }
  }

  mutating func compare() {
    compareSystems()
    compareUsers()
    compareAssistants()
    compareReasonings()
    compareCalls()
    compareResults()
    reportExtraTurns()
  }

  // MARK: - Texts

  private mutating func compareSystems() {
    for other in row.others where !other.text.isEmpty {
      if let index = systems.firstIndex(where: { Self.isText(other, $0.text) }) {
        systems[index].isExplained = true
      } else {
        lose(.content, other.path, "the text \(Loss.excerpt(other.text))", other.text, turnTokens)
      }
    }
    for system in row.systems where !system.text.isEmpty {
      if let index = systems.firstIndex(where: { Self.isText(system, $0.text) })
        ?? systems.firstIndex(where: { Self.isPassage(system, $0.text) })
      {
        systems[index].isExplained = true
      } else if let index = users.firstIndex(where: { Self.isText(system, $0.text) })
        ?? users.firstIndex(where: { Self.isAround(system, $0.text) })
      {
        users[index].isExplained = true
      } else {
        let place = systems.indices.first { Self.isTyped(systems[$0].text) }
        lose(
          .system, system.path, "the system text \(Loss.excerpt(system.text))", system.text, turnTokens,
          instead: place.map { systems[$0].text })
      }
    }
  }

  private mutating func compareUsers() {
    let wanted = row.users.filter { !$0.text.isEmpty }
    for (user, instead) in Self.match(wanted, &users) {
      lose(
        .content, user.path, "the user's text \(Loss.excerpt(user.text))", user.text, turnTokens, instead: instead)
    }
  }

  private mutating func compareAssistants() {
    let wanted = row.assistants.filter { !$0.text.isEmpty }
    let before = assistants
    let missing = Self.match(wanted, &assistants)
    let whole = Set(wanted.map(\.text))
    let typed = wanted.filter { !$0.parts.isEmpty }
    for said in before where !whole.contains(said.text) && !typed.contains(where: { Self.isText($0, said.text) }) {
      leftovers.append(said.text)
    }
    for (assistant, instead) in missing {
      lose(
        .content, assistant.path, "the assistant's text \(Loss.excerpt(assistant.text))", assistant.text,
        dialect.controlTokens, instead: instead)
    }
  }

  private mutating func compareReasonings() {
    for (reasoning, instead) in Self.match(row.reasonings, &reasonings) {
      if let index = assistants.firstIndex(where: { TrimmedText.bounds($0.text, reasoning.text) }) {
        assistants[index].isExplained = true
        continue
      }
      lose(
        .reasoning, reasoning.path, "the reasoning \(Loss.excerpt(reasoning.text))", reasoning.text, reasoningTokens,
        instead: instead)
    }
  }

  private mutating func compareResults() {
    let wanted = row.results.filter { !$0.text.isEmpty }
    let pairs = Alignment.pairs(wanted, results) { Self.isResult($0, $1.text) }
    for (index, result) in wanted.enumerated() {
      if let other = pairs[index] {
        results[other].isExplained = true
      } else if let other = results.firstIndex(where: { !$0.isExplained && TrimmedText.bounds($0.text, result.text) })
        ?? results.firstIndex(where: { Self.list($0.text, holds: result) })
      {
        results[other].isExplained = true
      } else if let other = users.firstIndex(where: { !$0.isExplained && TrimmedText.bounds($0.text, result.text) }) {
        users[other].isExplained = true
      } else {
        let place = wanted.count == results.count && !results[index].isExplained ? index : nil
        if let place { results[place].isExplained = true }
        lose(
          .result, result.path, "the tool's result \(Loss.excerpt(result.text))", result.text, resultTokens,
          instead: place.map { results[$0].text })
      }
    }
  }

  /// Pairs texts; returns those of the row that the rendering does not hold, and what stands in their place.
  private static func match(
    _ wanted: [RowItems.Text], _ said: inout [Said]
  ) -> [(text: RowItems.Text, instead: String?)] {
    var pairs = Alignment.pairs(wanted, said) { isText($0, $1.text) }
    if pairs.contains(nil) {
      // Where the same words come twice and the first has a system text around it, the second is not to be taken for it.
      let loose = Alignment.pairs(wanted, said) { isText($0, $1.text) || isAround($0, $1.text) }
      if !loose.contains(nil) { pairs = loose }
    }
    for case let other? in pairs { said[other].isExplained = true }
    var missing: [(text: RowItems.Text, instead: String?)] = []
    for (index, text) in wanted.enumerated() where pairs[index] == nil {
      // Templates put a system text, tools or a neighbour's text around it; never over a text that is another's.
      let low = pairs[..<index].reversed().compactMap(\.self).first.map { $0 + 1 } ?? 0
      let high = pairs[index...].compactMap(\.self).first ?? said.count
      let between = low..<max(low, high)
      if let around = between.first(where: { isAround(text, said[$0].text) }) {
        said[around].isExplained = true
        continue
      }
      let place = between.first { !said[$0].isExplained }
      if let place { said[place].isExplained = true }
      missing.append((text, place.map { said[$0].text }))
    }
    return missing
  }

  // MARK: - Equality

  static func isText(_ row: RowItems.Text, _ said: String) -> Bool {
    if TrimmedText.areEqual(row.text, said) { return true }
    return !row.parts.isEmpty && TrimmedText.areEqualWithoutSpace(row.text, said)
  }

  /// Whether a text holds the row's at its beginning, its end, or in lines of its own.
  private static func isAround(_ row: RowItems.Text, _ said: String) -> Bool {
    if TrimmedText.bounds(said, row.text) { return true }
    if row.parts.isEmpty { return false }
    let (whole, part) = (TrimmedText.withoutSpace(said), TrimmedText.withoutSpace(row.text))
    return whole.hasPrefix(part) || whole.hasSuffix(part)
  }

  /// Whether a text holds the row's somewhere.
  private static func isPassage(_ row: RowItems.Text, _ said: String) -> Bool {
    if TrimmedText.holds(said, row.text) { return isTyped(row.text) || !isTyped(said) }
    return !row.parts.isEmpty && TrimmedText.withoutSpace(said).contains(TrimmedText.withoutSpace(row.text))
  }

  private static let typedMarks: [Marker] = ["[{'type': ", "[{\"type\": \"text\""]

  /// Whether a text shows a typed content as code: the template took the list for a text.
  private static func isTyped(_ text: String) -> Bool {
    typedMarks.contains { mark in TextBytes.lend(text) { $0.find(mark, $0.all) != nil } }
  }

  /// Whether a text is a block of tool definitions.
  private func isTools(_ text: String) -> Bool { tools.contains { TrimmedText.holds(text, $0) } }

  /// Whether a text is the row's result, perhaps written as JSON once more.
  static func isResult(_ row: RowItems.Text, _ said: String) -> Bool {
    if isText(row, said) { return true }
    guard let value = (try? JSONValue(parsing: said)) ?? UntypedValue.structured(said) else { return false }
    if let text = value.stringValue { return TrimmedText.areEqual(TrimmedText.trimmed(text), row.text) }
    guard let expected = try? JSONValue(parsing: row.text) else { return false }
    return ValueEquality.areEqual(expected, value)
      || (expected.objectValue?.count == 1 && expected["value"].map { ValueEquality.areEqual($0, value) } ?? false)
  }

  /// Whether a list of results that is no JSON holds one as an element.
  private static func list(_ said: String, holds row: RowItems.Text) -> Bool {
    said.utf8.first == UInt8(ascii: "[") && TrimmedText.holds(said, row.text)
  }

  // MARK: - Reasons

  private var turnTokens: [Marker] { dialect.turnMarks.tokens + dialect.resultMarks.tokens }
  private var resultTokens: [Marker] { turnTokens + dialect.results.compactMap(\.closing) }
  private var reasoningTokens: [Marker] {
    dialect.turnMarks.tokens + dialect.reasoning.flatMap { [$0.open, $0.close] }
  }

  /// Reports a text that is lost or read differently.
  private mutating func lose(
    _ kind: Loss.Kind, _ path: String, _ what: String, _ text: String, _ tokens: [Marker], instead: String? = nil
  ) {
    let token = TextBytes.lend(text) { bytes in
      tokens.filter { bytes.find($0, bytes.all) != nil }.max { $0.count < $1.count }
    }
    if let token {
      losses.append(
        Loss(
          path: path, kind: kind,
          reason: "\(what) holds \(token.description.debugDescription), which \(dialect.name) reads as a control token")
      )
    } else if let instead {
      losses.append(
        Loss(path: path, kind: kind, reason: "\(what) stands in the text as \(Loss.excerpt(instead))"))
    } else {
      losses.append(Loss(path: path, kind: kind, reason: "\(what) is not in the text"))
    }
  }

  /// Turns that stand in the text and not in the row.
  private mutating func reportExtraTurns() {
    for (role, said) in [("user", users), ("assistant", assistants), ("tool", results)] {
      for extra in said where !extra.isExplained && !(role == "user" && isTools(extra.text)) {
        if role == "assistant", ["None", "null", "undefined"].contains(extra.text),
          let empty = row.assistants.first(where: { $0.text.isEmpty && !fillers.contains($0.message) })
        {
          fillers.insert(empty.message)
          let reason = "the template wrote \(Loss.excerpt(extra.text)) for an empty content"
          losses.append(Loss(path: empty.path, kind: .content, reason: reason))
          continue
        }
        losses.append(
          Loss(
            path: "/messages", kind: .turn,
            reason: "the text holds a turn of the role \(role) that the row does not have: \(Loss.excerpt(extra.text))")
        )
      }
    }
  }
}
