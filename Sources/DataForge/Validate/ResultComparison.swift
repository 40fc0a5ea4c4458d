import OrderedJSON

/// Compares the result that a row records for a call with the one that was observed.
///
/// Both are read as JSON where they are JSON, or as Python writes it; the order of keys and the form of numbers don't
/// count. A recorded result may stand in an envelope: `{"name": …, "content": RESULT}` as Hermes writes it,
/// `[{"name": …, "results": RESULT}]` as ToolACE does, `{"error": "", "response": RESULT}` of ToolBench, or
/// `{"result": RESULT}`.
public struct ResultComparison: Hashable, Sendable {
  /// What counts as the same.
  public enum Mode: String, Codable, Hashable, Sendable, CaseIterable {
    /// Both have the same members and elements.
    case exact
    /// What is recorded is observed, too; there may be more: other members, elements between those of a list, text
    /// around a text.
    case subset
    /// Nothing is compared.
    case none
  }

  /// What counts as the same.
  public var mode: Mode
  /// How far numbers may be apart, as a share of the larger one; with `nil` a millionth, and whole numbers not at all:
  /// those count, or name something.
  public var tolerance: Double?
  /// What may differ.
  private var ignored: [[String]] = []
  private var ignoredKeys: Set<String> = []

  /// - Parameter ignoring: what may differ: JSON Pointers (`/data/0/time`; `*` stands for any one step), or keys by
  ///   their bare name, wherever they stand.
  public init(mode: Mode = .exact, tolerance: Double? = nil, ignoring: [String] = []) {
    self.mode = mode
    self.tolerance = tolerance
    for path in ignoring {
      if path.hasPrefix("/") {
        ignored.append(JSONPointerToken.steps(path))
      } else if !path.isEmpty {
        ignoredKeys.insert(path)
      }
    }
  }

  /// Where and how they differ.
  struct Difference: Hashable {
    /// A JSON Pointer into the result.
    var path: String
    var reason: String
  }

  /// The first difference; `nil` where they are the same.
  func difference(recorded content: JSONValue, observed: JSONValue) -> Difference? {
    guard mode != .none else { return nil }
    let written = Self.text(content)
    if case .string(let left) = written, case .string(let right) = observed, agree(left, right) { return nil }
    let recorded = Self.read(written)
    let observed = Self.read(observed)
    guard let difference = compare(recorded, observed, []) else { return nil }
    if let inner = Self.envelope(recorded), compare(inner, observed, []) == nil { return nil }
    return difference
  }

  /// A content in parts, as one text.
  private static func text(_ content: JSONValue) -> JSONValue {
    guard let parts = content.arrayValue, !parts.isEmpty else { return content }
    let texts = parts.map { part in
      part["type"]?.stringValue.map(textTypes.contains) == true ? part["text"]?.stringValue : nil
    }
    return texts.contains(nil) ? content : .string(texts.compactMap { $0 }.joined(separator: "\n"))
  }

  private static let textTypes: Set<String> = ["text", "input_text", "output_text"]

  /// The JSON in a text, also where it is within a JSON string, or what Python wrote for it; any other text without the
  /// white space at its ends.
  private static func read(_ value: JSONValue) -> JSONValue {
    guard case .string(let text) = value else { return value }
    if let json = try? JSONValue(parsing: text) {
      guard case .string(let inner) = json, let inside = try? JSONValue(parsing: inner) else { return json }
      return inside
    }
    return UntypedValue.structured(text) ?? .string(trimmed(text))
  }

  private static func envelope(_ value: JSONValue) -> JSONValue? {
    if let list = value.arrayValue {
      return list.count == 1 && list[0]["name"]?.stringValue != nil ? envelope(list[0]) : nil
    }
    guard let object = value.objectValue else { return nil }
    let names: Set = ["name", "tool_name", "id", "tool_call_id", "call_id"]
    let rest = object.filter { !names.contains($0.key) && !($0.key == "error" && ($0.value.isNull || $0.value == "")) }
    guard rest.count == 1, let inner = rest.first,
      ["content", "result", "results", "output", "response"].contains(inner.key)
    else { return nil }
    return read(inner.value)
  }

  private static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard let start = bytes.firstIndex(where: { $0 > 0x20 }), let end = bytes.lastIndex(where: { $0 > 0x20 }) else {
      return ""
    }
    return String(text[start...end])
  }

  private func agree(_ recorded: String, _ observed: String) -> Bool {
    let (left, right) = (Self.trimmed(recorded), Self.trimmed(observed))
    return left.utf8.elementsEqual(right.utf8) || (mode == .subset && !left.isEmpty && right.contains(left))
  }

  private func compare(_ recorded: JSONValue, _ observed: JSONValue, _ path: [String]) -> Difference? {
    if ignored.contains(where: { Self.matches($0, path) }) { return nil }
    switch (recorded, observed) {
    case (.object(let left), .object(let right)): return compare(left, right, path)
    case (.array(let left), .array(let right)): return compare(left, right, path)
    case (.string(let left), .string(let right)):
      return agree(left, right) ? nil : differ(path, recorded, observed)
    default:
      return recorded == observed || areClose(recorded, observed) ? nil : differ(path, recorded, observed)
    }
  }

  private func areClose(_ recorded: JSONValue, _ observed: JSONValue) -> Bool {
    guard let left = recorded.doubleValue, let right = observed.doubleValue else { return false }
    if tolerance == nil, Self.isWhole(recorded), Self.isWhole(observed) { return false }
    // What remains of a sum that should be 0 has no share that could be told.
    return abs(left - right) <= max((tolerance ?? 1e-6) * max(abs(left), abs(right)), 1e-12)
  }

  private static func isWhole(_ value: JSONValue) -> Bool {
    switch value {
    case .integer, .bigInteger: true
    default: false
    }
  }

  private func compare(_ left: JSONObject, _ right: JSONObject, _ path: [String]) -> Difference? {
    for (key, value) in left where !ignoredKeys.contains(key) {
      guard let other = right[key] else {
        if ignored.contains(where: { Self.matches($0, path + [key]) }) { continue }
        return Difference(path: Self.pointer(path + [key]), reason: "it is recorded, and not observed")
      }
      if let difference = compare(value, other, path + [key]) { return difference }
    }
    guard mode == .exact else { return nil }
    for key in right.keys where left[key] == nil && !ignoredKeys.contains(key) {
      if ignored.contains(where: { Self.matches($0, path + [key]) }) { continue }
      return Difference(path: Self.pointer(path + [key]), reason: "it is observed, and not recorded")
    }
    return nil
  }

  private func compare(_ left: [JSONValue], _ right: [JSONValue], _ path: [String]) -> Difference? {
    if mode == .subset {
      var next = 0
      for (index, value) in left.enumerated() {
        guard let found = right[next...].firstIndex(where: { compare(value, $0, path + ["\(index)"]) == nil }) else {
          return Difference(
            path: Self.pointer(path + ["\(index)"]), reason: "the list does not hold the recorded element")
        }
        next = found + 1
      }
      return nil
    }
    for (index, pair) in zip(left, right).enumerated() {
      if let difference = compare(pair.0, pair.1, path + ["\(index)"]) { return difference }
    }
    guard left.count != right.count else { return nil }
    return Difference(path: Self.pointer(path), reason: "recorded \(left.count) elements, observed \(right.count)")
  }

  private func differ(_ path: [String], _ recorded: JSONValue, _ observed: JSONValue) -> Difference {
    Difference(path: Self.pointer(path), reason: "recorded \(Self.shown(recorded)), observed \(Self.shown(observed))")
  }

  private static func shown(_ value: JSONValue) -> String {
    switch value {
    case .object: return "an object"
    case .array: return "a list"
    default:
      let text = value.serialized(.compact)
      return text.count > 60 ? "\(text.prefix(60))…" : text
    }
  }

  private static func pointer(_ path: [String]) -> String { path.map(JSONPointerToken.escaped).joined() }

  private static func matches(_ pattern: [String], _ path: [String]) -> Bool {
    pattern.count == path.count && zip(pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
