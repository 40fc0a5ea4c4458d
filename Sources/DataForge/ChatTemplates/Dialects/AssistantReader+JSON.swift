import OrderedJSON

/// Calls whose arguments are JSON.
extension AssistantReader {
  /// JSON objects, or lists of them, up to a token; without the token, one value.
  mutating func readJSON(_ at: Int, _ end: Int, close: Marker?, _ start: Int) -> Int {
    var at = at
    var found = 0
    while true {
      at = text.skipSpace(at, end)
      if let close, text.has(close, at, end) {
        if found == 0 { fail("A call holds no JSON", start) }
        return at + close.count
      }
      guard at < end else {
        if close != nil {
          fail("A call is not closed", start)
        } else if found == 0 {
          fail("A call holds no JSON", start)
        }
        return end
      }
      if close == nil, found > 0 {
        guard text[at] == UInt8(ascii: ";") || text[at] == UInt8(ascii: "{") else { return at }
      }
      if found > 0, text[at] == UInt8(ascii: ",") || text[at] == UInt8(ascii: ";") {
        at += 1
        continue
      }
      guard text[at] == UInt8(ascii: "{") || text[at] == UInt8(ascii: "["), let stop = text.endOfJSON(at, end) else {
        let stop = close.flatMap { text.find($0, at..<end) } ?? end
        fail(complaint(at..<stop), at)
        return min(stop + (stop < end ? close?.count ?? 0 : 0), end)
      }
      takeJSON(at..<stop)
      found += 1
      at = stop
    }
  }

  private mutating func takeJSON(_ range: Range<Int>) {
    guard let value = try? text.json(range) else { return fail(complaint(range), range.lowerBound) }
    for element in value.arrayValue ?? [value] {
      guard let call = JSONCall.call(element) else {
        fail("A call has no name or no arguments", range.lowerBound)
        continue
      }
      calls.append(call)
    }
  }

  /// What is wrong with the JSON of a call.
  private func complaint(_ range: Range<Int>) -> String {
    do {
      _ = try text.json(range)
      return "A call is no JSON object"
    } catch {
      return "A call's JSON is broken: \(error)"
    }
  }

  /// A name between tokens, then JSON.
  mutating func readNamed(_ form: CallForm.NamedForm, _ start: Int, _ at: Int, _ end: Int) -> Int {
    var at = at
    var id: String?
    if let idEnd = form.idEnd {
      guard let found = text.find(idEnd, at..<end) else { return broken("A call has no \(idEnd)", start, end) }
      id = text.trimmedString(at..<found)
      at = found + idEnd.count
    }
    guard let nameEnd = text.find(form.nameEnd, at..<end) else {
      return broken("A call has no \(form.nameEnd.description.debugDescription) behind its name", start, end)
    }
    var name = text.trimmedString(at..<nameEnd)
    if let mark = form.idMark, let found = text.find(mark, at..<nameEnd) {
      name = text.trimmedString(at..<found)
      id = text.trimmedString(found + mark.count..<nameEnd)
    }
    if form.isNumbered {
      id = name
      if name.hasPrefix("functions.") { name.removeFirst("functions.".count) }
      if let colon = name.lastIndex(of: ":") { name = String(name[..<colon]) }
    }
    at = text.skipSpace(nameEnd + form.nameEnd.count, end)
    guard at < end, let stop = text.endOfJSON(at, end) else {
      let stop = form.closes.first.flatMap { text.find($0, at..<end) } ?? end
      return broken(complaint(at..<stop), at, stop)
    }
    do {
      calls.append(ParsedCall(name: name, arguments: try text.json(at..<stop), id: id))
    } catch {
      fail("A call's JSON is broken: \(error)", at)
    }
    at = stop
    for close in form.closes {
      let next = text.skipSpace(at, end)
      if text.has(close, next, end) { at = next + close.count }
    }
    return at
  }

  mutating func broken(_ message: String, _ at: Int, _ resume: Int) -> Int {
    fail(message, at)
    return resume
  }
}

/// The names that JSON calls use for their parts.
enum JSONCall {
  /// Reads `{"name", "arguments"}` in any of its spellings; `nil` where a part is missing.
  static func call(_ value: JSONValue) -> ParsedCall? {
    guard let object = value.objectValue else { return nil }
    if let function = object["function"], function.objectValue != nil {
      guard var call = call(function) else { return nil }
      call.id = call.id ?? object["id"]?.stringValue
      return call
    }
    guard let name = (object["name"] ?? object["tool_name"] ?? object["function"])?.stringValue,
      let arguments = object["arguments"] ?? object["parameters"]
    else { return nil }
    return ParsedCall(name: name, arguments: arguments, id: (object["id"] ?? object["tool_call_id"])?.stringValue)
  }
}
