import OrderedJSON

/// Repairs what is safe in a row, and says so in the row (`"fixes"`): arguments that are JSON text become an object,
/// calls in a text become `tool_calls`, and values take the types of the schema (`ArgumentRepair`).
struct RowRepair {
  /// The row, repaired.
  private(set) var row: JSONValue
  /// What was done, as it stands in the row and the verdict.
  private(set) var fixes: [JSONValue] = []

  init(_ row: ToolRow, tools: CompiledTools?) {
    self.row = row.json
    structure(row)
    // What stands in a text now stands in `tool_calls`.
    let read = fixes.isEmpty ? row : ToolRow(self.row)
    for call in read.calls { repair(call, of: read, tools) }
    guard !fixes.isEmpty, var object = self.row.objectValue else { return }
    object["fixes"] = .array((object["fixes"]?.arrayValue ?? []) + fixes)
    self.row = .object(object)
  }

  private mutating func note(_ path: String, _ reason: String, from: JSONValue? = nil, to: JSONValue? = nil) {
    var fix: JSONObject = ["path": .string(path), "reason": .string(reason)]
    if let from { fix["from"] = from }
    if let to { fix["to"] = to }
    fixes.append(.object(fix))
  }

  /// Moves calls from texts to `tool_calls`.
  private mutating func structure(_ row: ToolRow) {
    guard case .list("messages", "role", _) = row.conversation.form, row.json["messages"]?.arrayValue != nil,
      row.brokenTexts.isEmpty, let messages = row.messages
    else { return }
    let inText = Set(row.calls.filter(\.isInText).compactMap(\.message))
    for index in inText.sorted() {
      guard var message = messages[index].objectValue, let text = message["content"]?.stringValue,
        let found = CallsInText.find(in: text), found.problem == nil, !found.calls.isEmpty
      else { continue }
      message["content"] = .string(found.rest)
      if let reasoning = found.reasoning, message["reasoning_content"] == nil, !reasoning.isEmpty {
        message["reasoning_content"] = .string(reasoning)
      }
      let calls = row.calls.filter { $0.message == index }
      message["tool_calls"] = .array(calls.map(\.toolCall))
      self.row = self.row.replacing(at: ["messages", "\(index)"], with: .object(message))
      note("/messages/\(index)/tool_calls", "the calls were written in the text, \(found.form)")
    }
  }

  private mutating func repair(_ call: ToolRow.Call, of read: ToolRow, _ tools: CompiledTools?) {
    guard let arguments = call.arguments, let place = Self.place(of: call, in: read) else { return }
    let steps = JSONPointerToken.steps(place)
    // Looked up without opening JSON texts on the way: those of a flat list in a string keep their form.
    let isText = row.value(at: steps[...])?.stringValue != nil
    if isText, !call.writesText {
      row = row.replacing(at: steps[...], with: arguments)
      note(place, "the arguments were JSON in a string")
    }
    guard let tools, let name = call.name, let entry = try? tools.entry(for: name) else { return }
    let repair = ArgumentRepair(arguments, entry: entry)
    guard !repair.changes.isEmpty else { return }
    let repaired = repair.arguments
    row = row.replacing(
      at: steps[...], with: isText && call.writesText ? .string(repaired.serialized(.compact)) : repaired)
    for change in repair.changes {
      note(
        place + change.path, "\(change.from.typeName) written as \(change.to.typeName)", from: change.from,
        to: change.to)
    }
  }

  /// Where a call's arguments stand, as a JSON Pointer that may lead through JSON texts; `nil` where they stand among words.
  private static func place(of call: ToolRow.Call, in row: ToolRow) -> String? {
    guard call.isInText else { return "\(call.path)/\(call.argumentsKey)" }
    guard let message = call.message, row.conversation.callTurns.contains(message),
      let text = row.messages?[message]["content"]?.stringValue, let written = try? JSONValue(parsing: text)
    else { return nil }
    let calls = row.calls.filter { $0.message == message }
    let entries = written.arrayValue ?? [written]
    guard entries.count == calls.count, let first = calls.first else { return nil }
    let index = call.index - first.index
    let path = written.arrayValue == nil ? call.path : "\(call.path)/\(index)"
    let inner = ToolRow.call(entries[index], index: call.index, at: path)
    return inner.arguments == call.arguments ? "\(inner.path)/\(inner.argumentsKey)" : nil
  }
}
