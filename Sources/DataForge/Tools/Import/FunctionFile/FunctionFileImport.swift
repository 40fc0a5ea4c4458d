import OrderedJSON

/// Makes tools of a file of function definitions, in whichever of the usual forms, and brings them into OpenAI's.
///
/// Known: OpenAI's tools and bare functions, Anthropic's (`input_schema`), Gemini's (`function_declarations`), xLAM's
/// (`parameters` as `{name: {type, description, default}}` with Python's types), Cohere's (`parameter_definitions`),
/// Berkeley's (`function` as a list), our own tools file with all that is in it; as JSON, JSON Lines, YAML, or between
/// Hermes' `<tools>` and `</tools>`. A row of a dataset gives the tools under its `tools`.
public struct FunctionFileImport: Sendable {
  private var tools: [JSONValue] = []
  private var places: [String: JSONValue] = [:]
  private var sections = JSONObject()
  private var result: ToolImport
  private var noteCounts: [(note: String, count: Int)] = []

  /// Reads a file; `-` is stdin.
  /// - Throws: `ToolImportError` where it holds no definition that can be used.
  public static func run(_ path: String) throws(ToolImportError) -> ToolImport {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try WholeFile.bytes(path, limit: StructuredText.mostBytes)
    } catch {
      throw ToolImportError("\(error)")
    }
    return try run(bytes, name: path)
  }

  /// Reads a file's content.
  /// - Parameter name: what messages call it.
  /// - Throws: `ToolImportError`.
  static func run(_ bytes: [UInt8], name: String) throws(ToolImportError) -> ToolImport {
    var importing = FunctionFileImport(result: ToolImport(source: name, file: .null))
    let values = try FunctionText.values(of: bytes, name: name)
    for (index, value) in values.enumerated() {
      importing.add(value, at: values.count == 1 ? "" : "line \(index + 1)", depth: 0)
    }
    return try importing.finished(name)
  }

  private init(result: ToolImport) { self.result = result }

  private func finished(_ name: String) throws(ToolImportError) -> ToolImport {
    guard !tools.isEmpty else {
      let first = result.leftOut.first.map { ": \($0.what): \($0.reason)" } ?? ""
      throw ToolImportError("\(name): there is no function definition in it that can be used\(first)")
    }
    var file = sections
    file["tools"] = .array(tools)
    var result = result
    result.file = .object(file)
    result.notes = noteCounts.map { $0.count == 1 ? $0.note : "\($0.count) ×: \($0.note)" }
    let commands = tools.filter { $0["execute"] != nil }.count
    if commands > 0 {
      result.notes.append("\(commands) say themselves how they are executed; look at \"execute\" before you use them")
    }
    do throws(ToolFileError) {
      _ = try ToolRegistry(result.file)
    } catch {
      throw ToolImportError("\(name): \(error)")
    }
    return result
  }

  private mutating func note(_ text: String) {
    if let place = noteCounts.firstIndex(where: { $0.note == text }) {
      noteCounts[place].count += 1
    } else {
      noteCounts.append((text, 1))
    }
  }

  // MARK: Finding definitions

  private mutating func add(_ value: JSONValue, at place: String, depth: Int) {
    // Lists within lists within lists are no definitions any more.
    guard depth < 6 else { return }
    switch value {
    case .array(let list):
      for (index, inner) in list.enumerated() { add(inner, at: "\(place)/\(index)", depth: depth + 1) }
    case .string(let text):
      // Datasets write lists as JSON text within JSON.
      if let inner = try? JSONValue(parsing: text), inner.stringValue == nil { add(inner, at: place, depth: depth + 1) }
    case .object(let object):
      for key in ["function_declarations", "functionDeclarations", "functions"] {
        if let list = object[key] { return add(list, at: "\(place)/\(key)", depth: depth + 1) }
      }
      if let list = object["tools"] {
        for key in ["hosts", "servers", "setup", "reset"] where object[key] != nil { sections[key] = object[key] }
        return add(list, at: place + "/tools", depth: depth + 1)
      }
      if let list = object["function"]?.arrayValue {
        return add(.array(list), at: place + "/function", depth: depth + 1)
      }
      addTool(value, at: place)
    default: break
    }
  }

  private mutating func addTool(_ json: JSONValue, at place: String) {
    do throws(ToolImportError) {
      let (tool, notes) = try FunctionForm.tool(json)
      let name = tool["function"]?["name"]?.stringValue ?? ""
      if let known = places[name] {
        guard known != tool else { return }
        throw ToolImportError("there is another tool of the same name")
      }
      try prove(tool)
      places[name] = tool
      tools.append(tool)
      for text in notes { note(text) }
    } catch {
      let name = (json["function"]?["name"] ?? json["name"])?.stringValue
      result.leftOut.append(.init(what: name ?? place, reason: error.reason, isByChoice: false))
    }
  }

  private func prove(_ tool: JSONValue) throws(ToolImportError) {
    var alone = sections
    for key in ["setup", "reset"] { alone[key] = nil }
    alone["tools"] = .array([tool])
    do throws(ToolFileError) {
      _ = try ToolRegistry(.object(alone))
    } catch {
      throw ToolImportError("\(error)")
    }
  }
}
