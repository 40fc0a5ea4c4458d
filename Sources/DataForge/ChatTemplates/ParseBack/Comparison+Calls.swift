import OrderedJSON

/// Calls and their arguments.
extension Comparison {
  mutating func compareCalls() {
    let wanted = row.calls
    var taken = [Bool](repeating: false, count: calls.count)
    var pairs: [Int?]
    if wanted.count == calls.count, zip(wanted, calls).allSatisfy({ $0.name == $1.name }) {
      pairs = Array(wanted.indices)
    } else {
      pairs = Alignment.pairs(wanted, calls) { $0.name == $1.name && Self.differences($0, $1).isEmpty }
    }
    for case let other? in pairs { taken[other] = true }
    for (index, call) in wanted.enumerated() where pairs[index] == nil {
      pairs[index] = calls.indices.first { !taken[$0] && calls[$0].name == call.name }
      if let other = pairs[index] { taken[other] = true }
    }
    var broken = reading.brokenCalls[...]
    for (index, call) in wanted.enumerated() {
      if let other = pairs[index] {
        losses += Self.differences(call, calls[other])
      } else if !isWrittenOtherwise(call) {
        losses.append(Loss(path: call.path, kind: .call, reason: reason(call, broken.popFirst())))
      }
    }
    for (index, call) in calls.enumerated() where !taken[index] {
      losses.append(
        Loss(
          path: "/messages", kind: .call,
          reason: "the text holds a call of \(Loss.excerpt(call.name)) that the row does not have"))
    }
  }

  private func reason(_ call: RowItems.Call, _ broken: DialectError?) -> String {
    let what = "the call of \(Loss.excerpt(call.name))"
    if let problem = broken { return "\(what) cannot be read back: \(problem)" }
    if (users + results).contains(where: { GeneralCheck(text: $0.text).holds(call: call) }) {
      return "\(what) stands in the text outside the assistant's turns"
    }
    if dialect.calls.isEmpty, !dialect.turns.hasCalls {
      return "\(what) is not in the text: \(dialect.name) has no calls"
    }
    return "\(what) is not in the text"
  }

  /// Whether the text says a call in a form of its own, beside the assistant's text.
  private func isWrittenOtherwise(_ call: RowItems.Call) -> Bool {
    leftovers.contains { text in
      GeneralCheck(text: text).holds(call: call)
    }
  }

  /// What differs between a row's call and the text's.
  static func differences(_ row: RowItems.Call, _ said: ParsedCall) -> [Loss] {
    var losses: [Loss] = []
    if let untyped = said.untyped {
      compare(row.arguments, untyped, row.argumentsPath, isTyped: false, &losses)
    } else {
      compare(row.arguments, said.arguments, row.argumentsPath, isTyped: true, &losses)
    }
    return losses
  }

  private static func compare(
    _ row: JSONValue, _ said: JSONValue, _ path: String, isTyped: Bool, _ losses: inout [Loss]
  ) {
    switch (row, said) {
    case (.object(let row), .object(let said)):
      for (key, value) in row {
        guard let other = said[key] else {
          losses.append(Loss(path: path + Loss.step(key), kind: .argument, reason: "the argument is not in the text"))
          continue
        }
        compare(value, other, path + Loss.step(key), isTyped: isTyped, &losses)
      }
      for key in said.keys where row[key] == nil {
        losses.append(
          Loss(
            path: path + Loss.step(key), kind: .argument,
            reason: "the text holds an argument that the row does not have"))
      }
    case (.array(let row), .array(let said)) where row.count == said.count:
      for (index, pair) in zip(row, said).enumerated() {
        compare(pair.0, pair.1, "\(path)/\(index)", isTyped: isTyped, &losses)
      }
    case (_, .string(let text)) where !isTyped:
      if UntypedValue.writes(text, for: row) || isEmptyContainer(row, text) { return }
      losses.append(Loss(path: path, kind: .argument, reason: "the text has \(Loss.excerpt(text)) for \(word(row))"))
    default:
      if ValueEquality.areEqual(row, said) { return }
      losses.append(Loss(path: path, kind: .argument, reason: bent(row, said)))
    }
  }

  /// Nested tags write an empty list or object as nothing.
  private static func isEmptyContainer(_ row: JSONValue, _ text: String) -> Bool {
    text.isEmpty && (row.arrayValue?.isEmpty ?? row.objectValue?.isEmpty ?? false)
  }

  private static func bent(_ row: JSONValue, _ said: JSONValue) -> String {
    if case .string(let text) = said, row.stringValue == nil, let inner = try? JSONValue(parsing: text),
      ValueEquality.areEqual(row, inner)
    {
      return "the text has \(word(row)) encoded twice: as a JSON string instead of \(article(row))"
    }
    return "the text has \(word(said)) for \(word(row))"
  }

  private static func article(_ value: JSONValue) -> String {
    let name = value.typeName
    return name.utf8.first.map { "aeio".utf8.contains($0) } ?? false ? "an \(name)" : "a \(name)"
  }

  private static func word(_ value: JSONValue) -> String {
    Loss.excerpt(value.stringValue ?? value.serialized(.spaced))
  }
}

extension TurnForm {
  /// Whether turns by themselves can be calls.
  var hasCalls: Bool { openings.contains { $0.kind == .calls || $0.kind == .recipient } }
}

extension ResultForm {
  /// What ends a result; `nil` where the turn does.
  var closing: Marker? {
    switch self {
    case .text(_, let close), .withIDAndName(_, _, _, let close), .withName(_, _, let close), .json(_, let close),
      .braces(_, let close, _):
      close
    case .turn, .mistral, .kimi: nil
    }
  }
}
