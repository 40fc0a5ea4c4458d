import OrderedJSON

/// The calls that a request was written for: once they were made, the results suffice.
struct WantedCalls: Sendable {
  let calls: [ToolUsePlan.Call]
  let tools: [String: Tool]

  /// Whether nothing certain is wanted, so that the model alone knows when the results suffice.
  var isOpen: Bool { calls.isEmpty }

  /// Those that were not made yet.
  func missing(after made: [ToolCall]) -> [ToolUsePlan.Call] {
    var rest = made
    return calls.filter { wanted in
      guard let place = rest.firstIndex(where: { fits($0, wanted) }) else { return true }
      rest.remove(at: place)
      return false
    }
  }

  /// Whether a call is a wanted one: each value is the same, or what counts without it. A value that an earlier
  /// result gives can be any.
  private func fits(_ made: ToolCall, _ wanted: ToolUsePlan.Call) -> Bool {
    guard made.name == wanted.tool else { return false }
    let properties = tools[made.name].map { ParameterSchema.plain($0.parameters).schema["properties"] } ?? nil
    return (wanted.arguments.objectValue ?? [:]).allSatisfy { name, value in
      name == wanted.link?.argument
        || (made.arguments[name] ?? properties?[name]?["default"]).map { Self.same($0, value) } ?? false
    }
  }

  private static func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): return WordsOfName.words(left) == WordsOfName.words(right)
    case (.array(let left), .array(let right)): return left.count == right.count && zip(left, right).allSatisfy(same)
    case (.object(let left), .object(let right)):
      return left.count == right.count && left.allSatisfy { key, value in right[key].map { same(value, $0) } ?? false }
    default: return left == right || left.doubleValue.map { $0 == right.doubleValue } ?? false
    }
  }
}
