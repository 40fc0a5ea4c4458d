import OrderedJSON

/// A row with tool calls, read as far as it can be.
///
/// The calls stand in `messages` (`tool_calls` of assistant turns) or, in the leaderboards' flat form, in `calls` or
/// `answers` as `[{"name", "arguments"}]`.
struct ToolRow: Sendable {
  /// A call with the place where it stands.
  struct Call: Sendable {
    /// Its place among the row's calls, from 0.
    var index: Int
    /// A JSON Pointer into the row.
    var path: String
    var id: String?
    /// `nil` where the name is missing or no string.
    var name: String?
    /// `nil` where the arguments are no JSON object.
    var arguments: JSONValue?
    /// What is wrong with the arguments' form.
    var argumentsProblem: String?
  }

  let json: JSONValue
  let messages: [JSONValue]?
  let calls: [Call]
  /// The calls by turns: those of one turn do not wait for each other's results.
  let turns: [ArraySlice<Call>]
  /// A place for calls that is no array, as a JSON Pointer.
  let malformedPath: String?

  /// Whether the row says that no call is right.
  var isIrrelevance: Bool { json["irrelevance"] == true }

  init(_ row: JSONValue) {
    json = row
    messages = row["messages"]?.arrayValue
    var calls: [Call] = []
    var starts: [Int] = []
    var malformedPath: String?
    func read(_ list: JSONValue, at path: String) {
      guard let entries = list.arrayValue else {
        if !list.isNull { malformedPath = malformedPath ?? path }
        return
      }
      starts.append(calls.count)
      for (place, entry) in entries.enumerated() {
        calls.append(Self.call(entry, index: calls.count, at: "\(path)/\(place)"))
      }
    }
    for (index, message) in (messages ?? []).enumerated() {
      if let list = message["tool_calls"] { read(list, at: "/messages/\(index)/tool_calls") }
    }
    for key in ["calls", "answers"] {
      if let list = row[key] { read(Self.unwrapped(list), at: "/" + key) }
    }
    self.calls = calls
    turns = zip(starts, starts.dropFirst() + [calls.count]).map { calls[$0..<$1] }
    self.malformedPath = malformedPath
  }

  /// The row's own tools; `nil` where it brings none.
  func tools() throws(ToolFileError) -> ToolRegistry? {
    guard let tools = json["tools"], !tools.isNull else { return nil }
    return try ToolRegistry(ofRow: Self.unwrapped(tools), at: "/tools")
  }

  /// Some datasets write lists as JSON text within JSON.
  private static func unwrapped(_ value: JSONValue) -> JSONValue {
    guard let text = value.stringValue, let inner = try? JSONValue(parsing: text) else { return value }
    return inner
  }

  private static func call(_ entry: JSONValue, index: Int, at path: String) -> Call {
    let function = entry["function"]
    let owner = function ?? entry
    var call = Call(
      index: index, path: function == nil ? path : path + "/function", id: entry["id"]?.stringValue,
      name: owner["name"]?.stringValue)
    switch owner["arguments"] {
    case .object(let object)?:
      call.arguments = .object(object)
    case .string(let text)?:
      do {
        let value = try JSONValue(parsing: text)
        if value.objectValue != nil { call.arguments = value } else { call.argumentsProblem = isNoObject(value) }
      } catch {
        call.argumentsProblem = "the arguments are no JSON: \(error)"
      }
    case nil: call.argumentsProblem = "the arguments are missing; a call without any has {}"
    case let value?: call.argumentsProblem = isNoObject(value)
    }
    return call
  }

  private static func isNoObject(_ value: JSONValue) -> String {
    "the arguments are an object of values by name, not \(value.typeName)"
  }
}
