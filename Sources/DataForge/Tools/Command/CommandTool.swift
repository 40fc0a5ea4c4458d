import OrderedJSON

/// A tool that is a program: how its command line is made from a call's arguments.
///
/// ```json
/// {"kind": "command", "argv": ["python3", "/tool/weather.py", ["--units", "{units}"], "--", "{city}"],
///  "directory": "weather", "stdin": "none", "output": "json", "network": false, "limits": {"seconds": 5}}
/// ```
/// - `argv`: the program and its arguments. `{name}` stands for the value of an argument of the call; whatever the value
///   holds, it stays within its one word, and no shell ever reads it. A list of words is left out as a whole where an
///   argument in it is missing. `{{` and `}}` are braces. A value that begins with `-` can look like an option: put
///   `"--"` before it where the program knows that.
/// - `stdin`: `json` gives the program the arguments as one JSON object, `none` (the default) gives it nothing.
/// - `output`: `json` demands that standard output is one JSON value, `text` (the default) takes it as it is.
/// - `directory`: a folder that the program may read, as `/tool`; relative to the tools file.
/// - `network`: whether it may use the network; `false` by default.
/// - `limits`: `SandboxLimits`.
public struct CommandTool: Hashable, Sendable {
  /// What the program reads.
  public enum StandardInput: String, Codable, Hashable, Sendable, CaseIterable { case none, json }
  /// How its output is understood.
  public enum Output: String, Codable, Hashable, Sendable, CaseIterable { case text, json }

  /// The words of the command line; a group of several is left out where one of its arguments is missing.
  let words: [[ArgumentTemplate]]
  /// See the type's description.
  public let standardInput: StandardInput
  /// See the type's description.
  public let output: Output
  /// As written in the file.
  public let directory: String?
  /// See the type's description.
  public let network: Bool
  /// See the type's description.
  public let limits: SandboxLimits
  /// Values of arguments that a call leaves out, from the schema.
  let defaults: [String: JSONValue]

  /// Reads `execute` and compares the names in it with the tool's schema.
  /// - Throws: `ToolFileError`.
  init(_ json: JSONValue, of tool: Tool, at path: String) throws(ToolFileError) {
    let known = ["kind", "argv", "stdin", "output", "directory", "network", "limits"]
    for key in json.objectValue?.keys ?? [] where !known.contains(key) {
      throw ToolFileError(
        path: path + JSONPointerToken.escaped(key),
        reason: "a command has no such key\(Suggestion.hint(for: key, among: known))"
      )
    }
    let properties = tool.parameters["properties"]?.objectValue ?? [:]
    defaults = Dictionary(
      properties.compactMap { key, schema in schema["default"].map { (key, $0) } },
      uniquingKeysWith: { _, last in last })
    words = try Self.words(json["argv"], of: tool, defaults: defaults, at: path + "/argv")
    standardInput = try Self.choice(json["stdin"], .none, at: path + "/stdin")
    output = try Self.choice(json["output"], .text, at: path + "/output")
    network = try Self.flag(json["network"], at: path + "/network")
    limits =
      try json["limits"].map { json throws(ToolFileError) in try SandboxLimits(json, at: path + "/limits") }
      ?? SandboxLimits()
    switch json["directory"] {
    case nil: directory = nil
    case .string(let text)? where !text.isEmpty: directory = text
    default: throw ToolFileError(path: path + "/directory", reason: "a directory is a path, as a string")
    }
  }

  /// The command line of a call.
  /// - Throws: `UnusableArgument` for a value that no command line can hold.
  func commandLine(for arguments: JSONObject) throws(UnusableArgument) -> [String] {
    var line: [String] = []
    for group in words {
      let names = group.flatMap(\.names)
      guard names.allSatisfy({ value(of: $0, in: arguments) != nil }) else { continue }
      for word in group {
        line.append(try word.filled { name throws(UnusableArgument) in try text(of: name, in: arguments) })
      }
    }
    return line
  }

  private func value(of name: String, in arguments: JSONObject) -> JSONValue? {
    guard let value = arguments[name] ?? defaults[name], !value.isNull else { return nil }
    return value
  }

  private func text(of name: String, in arguments: JSONObject) throws(UnusableArgument) -> String {
    let value = value(of: name, in: arguments) ?? .null
    let text = value.stringValue ?? value.serialized(.compact)
    guard !text.utf8.contains(0) else {
      throw UnusableArgument(name: name, reason: "holds a NUL, which no command line can")
    }
    // The kernel refuses longer ones (MAX_ARG_STRLEN).
    guard text.utf8.count < 100_000 else {
      throw UnusableArgument(name: name, reason: "is longer than 100,000 bytes; let the tool read stdin as json")
    }
    return text
  }
}

/// A value that cannot stand on a command line.
struct UnusableArgument: Error {
  var name: String
  var reason: String
}

extension CommandTool {
  private static func words(
    _ json: JSONValue?, of tool: Tool, defaults: [String: JSONValue], at path: String
  ) throws(ToolFileError) -> [[ArgumentTemplate]] {
    guard let list = json?.arrayValue, let program = list.first?.stringValue, !program.isEmpty else {
      throw ToolFileError(path: path, reason: "argv is an array whose first element is the program's name")
    }
    var groups: [[ArgumentTemplate]] = []
    for (index, element) in list.enumerated() {
      let place = "\(path)/\(index)"
      let isGroup = element.arrayValue != nil
      var group: [ArgumentTemplate] = []
      for (inner, word) in (element.arrayValue ?? [element]).enumerated() {
        let wordPlace = isGroup ? "\(place)/\(inner)" : place
        guard let text = word.stringValue else {
          throw ToolFileError(path: wordPlace, reason: "a word of argv is a string, not \(word.typeName)")
        }
        let template = try ArgumentTemplate(text, at: wordPlace)
        try check(template, of: tool, defaults: defaults, isOptional: isGroup, at: wordPlace)
        group.append(template)
      }
      groups.append(group)
    }
    guard groups[0].allSatisfy(\.names.isEmpty) else {
      throw ToolFileError(path: path + "/0", reason: "a call must not choose the program; write its name")
    }
    return groups
  }

  private static func check(
    _ template: ArgumentTemplate, of tool: Tool, defaults: [String: JSONValue], isOptional: Bool, at path: String
  ) throws(ToolFileError) {
    let required = tool.parameters["required"]?.arrayValue ?? []
    for name in template.names {
      guard tool.argumentNames.contains(name) else {
        throw ToolFileError(
          path: path,
          reason: "the tool has no argument \"\(name)\"\(Suggestion.hint(for: name, among: tool.argumentNames))")
      }
      guard isOptional || defaults[name] != nil || required.contains(.string(name)) else {
        throw ToolFileError(
          path: path,
          reason: "the argument \"\(name)\" may be missing; put the word, with its option, into a list of its own, "
            + "for example [\"--\(name)\", \"{\(name)}\"]")
      }
    }
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ json: JSONValue?, _ usual: Choice, at path: String
  ) throws(ToolFileError) -> Choice where Choice.RawValue == String {
    guard let json else { return usual }
    guard let choice = json.stringValue.flatMap(Choice.init(rawValue:)) else {
      let names = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
      throw ToolFileError(path: path, reason: "it is \(names)")
    }
    return choice
  }

  private static func flag(_ json: JSONValue?, at path: String) throws(ToolFileError) -> Bool {
    guard let json else { return false }
    guard let flag = json.boolValue else { throw ToolFileError(path: path, reason: "it is true or false") }
    return flag
  }
}
