import OrderedJSON

/// A row with tool calls, read as far as it can be.
///
/// The calls stand in turns (`tool_calls` of the assistant's, OpenAI's older `function_call`, parts as `CallPart` reads
/// them, or text in some model's dialect) or, in the leaderboards' flat form, in `calls` or `answers` as `[{"name", "arguments"}]`.
struct ToolRow: Sendable {
  /// A call with the place where it stands.
  struct Call: Sendable {
    /// Its place among the row's calls, from 0.
    var index: Int
    /// A JSON Pointer into the row.
    var path: String
    /// What the call calls its arguments.
    var argumentsKey = "arguments"
    var id: String?
    /// `nil` where the name is missing or no string.
    var name: String?
    /// `nil` where the arguments are no JSON object.
    var arguments: JSONValue?
    /// What is wrong with the arguments' form.
    var argumentsProblem: String?
    /// The message that makes the call; `nil` in a flat list.
    var message: Int?
    /// Whether its form has the arguments as JSON text.
    var writesText = false
    /// Whether it stands in a text.
    var isInText = false
    /// The same arguments with each leaf as the text that stands there, where a dialect writes no types.
    var untyped: JSONValue?

    /// The call as it stands in `tool_calls`.
    var toolCall: JSONValue {
      var entry = JSONObject()
      if let id { entry["id"] = .string(id) }
      entry["type"] = "function"
      entry["function"] = ["name": .string(name ?? ""), "arguments": arguments ?? [:]]
      return .object(entry)
    }
  }

  /// A call in a text that cannot be read.
  struct BrokenText: Sendable {
    var path: String
    var problem: String
  }

  let json: JSONValue
  let conversation: RowConversation
  private(set) var calls: [Call] = []
  /// Where the calls of each turn begin.
  private var starts: [Int] = []
  /// A place for calls that is no array, as a JSON Pointer.
  private(set) var malformedPath: String?
  private(set) var brokenTexts: [BrokenText] = []
  /// What was read differently than it was written.
  private(set) var notes: [String] = []

  var messages: [JSONValue]? { conversation.messages }

  /// The calls by turns: those of one turn do not wait for each other's results.
  var turns: [ArraySlice<Call>] { zip(starts, starts.dropFirst() + [calls.count]).map { calls[$0..<$1] } }

  init(_ row: JSONValue) {
    json = row
    let conversation = RowConversation(row)
    self.conversation = conversation
    let messages = conversation.messages ?? []
    let flat = Self.flatKeys.filter { row[$0] != nil }
    // Where calls are structured, an answer may hold JSON that looks like one.
    let hasStructure = !flat.isEmpty || messages.contains(where: Self.hasCalls)
    for (index, message) in messages.enumerated() {
      if let list = message["tool_calls"], !list.isNull {
        read(list, at: conversation.turn(index) + "/tool_calls", message: index)
        if list.arrayValue?.isEmpty == false { continue }
      }
      guard case .string("assistant")? = message["role"] else { continue }
      if let call = message["function_call"], call.objectValue != nil {
        starts.append(calls.count)
        add(Self.call(call, index: calls.count, at: conversation.turn(index) + "/function_call"), message: index)
        note("\"function_call\" is read as one call")
        continue
      }
      switch message["content"] {
      case .string(let text)?:
        let isCall = conversation.callTurns.contains(index)
        readText(
          text, at: conversation.content(index), message: index, findsBare: isCall || !hasStructure, isCall: isCall)
      case .array(let parts)?: readParts(parts, message: index)
      default: break
      }
    }
    for key in flat { readFlat(row[key] ?? .null, at: "/" + key) }
  }

  /// Where the leaderboards list calls.
  private static let flatKeys = ["calls", "answers"]

  /// Where the row lists calls outside of turns, as a JSON Pointer.
  var flatPlace: String? { Self.flatKeys.first { json[$0].map { !$0.isNull } == true }.map { "/" + $0 } }

  private static func hasCalls(_ message: JSONValue) -> Bool {
    message["tool_calls"]?.arrayValue?.isEmpty == false || message["function_call"]?.objectValue != nil
      || message["content"]?.arrayValue?.contains(where: { CallPart($0) != nil }) == true
  }

  private mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  private mutating func add(_ call: Call, message: Int?) {
    var call = call
    call.message = message
    calls.append(call)
  }

  private mutating func read(_ list: JSONValue, at path: String, message: Int?) {
    guard let entries = list.arrayValue else {
      if !list.isNull { malformedPath = malformedPath ?? path }
      return
    }
    starts.append(calls.count)
    for (place, entry) in entries.enumerated() {
      add(Self.call(entry, index: calls.count, at: "\(path)/\(place)"), message: message)
    }
  }

  /// A list that may be JSON in a string, or calls as Python writes them.
  private mutating func readFlat(_ written: JSONValue, at path: String) {
    let list = Self.unwrapped(written)
    guard case .string(let text) = list else { return read(list, at: path, message: nil) }
    readText(text, at: path, message: nil, findsBare: true, isCall: true)
  }

  /// The parts of a message that are calls.
  private mutating func readParts(_ parts: [JSONValue], message: Int) {
    let found = parts.enumerated().compactMap { place, part in CallPart(part).map { (place, $0) } }
    guard !found.isEmpty else { return }
    starts.append(calls.count)
    for (place, part) in found {
      var call = Call(
        index: calls.count, path: conversation.part(message, place) + part.place, argumentsKey: part.argumentsKey,
        id: part.id, name: part.name, writesText: part.writesText)
      Self.setArguments(part.arguments, of: &call)
      add(call, message: message)
    }
  }

  /// - Parameter isCall: whether the text can be nothing but calls.
  private mutating func readText(
    _ text: String, at place: @autoclosure () -> String, message: Int?, findsBare: Bool, isCall: Bool
  ) {
    let found = text.isEmpty ? nil : CallsInText.find(in: text, findsBare: findsBare)
    // Most texts hold no calls.
    guard found != nil || isCall else { return }
    let path = place()
    if let problem = found?.problem {
      brokenTexts.append(BrokenText(path: path, problem: problem))
    } else if isCall, found?.calls.isEmpty ?? true {
      brokenTexts.append(BrokenText(path: path, problem: Self.noCalls(text)))
    }
    guard let found, !found.calls.isEmpty else { return }
    note("calls are read from the assistant's text, \(found.form)")
    starts.append(calls.count)
    for parsed in found.calls {
      var call = Call(index: calls.count, path: path, id: parsed.id, name: parsed.name)
      Self.setArguments(parsed.arguments, of: &call)
      call.isInText = true
      call.untyped = parsed.untyped
      add(call, message: message)
    }
  }

  /// Why a text that should be calls is none.
  private static func noCalls(_ text: String) -> String {
    do {
      _ = try JSONValue(parsing: text)
      return "calls are objects with \"name\" and \"arguments\""
    } catch {
      return "the calls are no JSON: \(error)"
    }
  }

  /// A call as an entry of a list has it.
  static func call(_ entry: JSONValue, index: Int, at path: String) -> Call {
    let function = entry["function"]
    let owner = function ?? entry
    var call = Call(
      index: index, path: function == nil ? path : path + "/function", id: entry["id"]?.stringValue,
      name: owner["name"]?.stringValue)
    if owner["arguments"] == nil, let key = ["parameters", "args"].first(where: { owner[$0] != nil }) {
      call.argumentsKey = key
    }
    setArguments(owner[call.argumentsKey], of: &call)
    return call
  }

  private static func setArguments(_ written: JSONValue?, of call: inout Call) {
    switch written {
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
  }

  private static func isNoObject(_ value: JSONValue) -> String {
    "the arguments are an object of values by name, not \(value.typeName)"
  }

  /// Reads the values of dialects that write no types as the tools' schemas want them.
  mutating func giveTypes(_ tools: CompiledTools) {
    for index in calls.indices {
      guard let untyped = calls[index].untyped, let arguments = calls[index].arguments, let name = calls[index].name,
        let entry = try? tools.entry(for: name)
      else { continue }
      calls[index].arguments = ArgumentRepair.typed(arguments, untyped, entry: entry)
    }
  }
}

extension ToolRow {
  /// Some datasets write lists as JSON text within JSON.
  static func unwrapped(_ value: JSONValue) -> JSONValue {
    guard case .string(let text) = value, let inner = try? JSONValue(parsing: text) else { return value }
    return inner
  }

  /// Whether the row says that no call is right: `"irrelevance": true` and its like, or a label that speaks of
  /// irrelevance, such as the leaderboards' `"category": "live_irrelevance"`.
  var isIrrelevance: Bool {
    guard let row = json.objectValue else { return false }
    return Self.flags.contains { row[$0] == true }
      || Self.labels.contains { key in
        guard case .string(let label)? = row[key] else { return false }
        let folded = label.lowercased()
        return folded.contains("irrelevan") || folded == "no_call" || folded == "no-call"
      }
  }

  /// Whether the row says that calls fail on its way and the conversation goes on from there: `"recovery": true`.
  var isRecovery: Bool { json["recovery"] == true }

  private static let flags = ["irrelevance", "is_irrelevance", "irrelevant", "is_irrelevant", "no_call"]
  private static let labels = ["category", "label", "type", "subset", "task"]
}
