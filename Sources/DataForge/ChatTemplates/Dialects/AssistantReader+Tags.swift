import OrderedJSON

/// Calls whose arguments stand in tags, as text without types.
extension AssistantReader {
  /// `<function=NAME><parameter=KEY>value</parameter></function>` and its relatives.
  mutating func readTagged(_ form: CallForm.TagForm, _ start: Int, _ at: Int, _ end: Int) -> Int {
    guard let nameEnd = text.find(form.nameEnd, at..<end) else {
      return broken("A call's tag is not closed", start, end)
    }
    var arguments = JSONObject()
    var raw = JSONObject()
    let name = text.trimmedString(at..<nameEnd)
    var at = nameEnd + form.nameEnd.count
    while true {
      at = text.skipSpace(at, end)
      if text.has(form.close, at, end) { break }
      if text.has("<arguments>", at, end), let stop = text.find("</arguments>", at..<end) {
        guard let value = try? text.json(text.trimmed(at + 11..<stop)) else {
          return broken("A call's arguments are no JSON", at, stop)
        }
        at = text.skipSpace(stop + 12, end)
        guard text.has(form.close, at, end) else { return broken("A call is not closed by \(form.close)", at, end) }
        calls.append(ParsedCall(name: name, arguments: value))
        return at + form.close.count
      }
      guard text.has(form.parameter, at, end) else {
        let stop = text.find(form.close, at..<end)
        return broken("A call holds something that is no argument", at, stop.map { $0 + form.close.count } ?? end)
      }
      let key = at + form.parameter.count
      guard let keyEnd = text.find(form.parameterNameEnd, key..<end) else {
        return broken("An argument's tag is not closed", at, end)
      }
      var value = keyEnd + form.parameterNameEnd.count
      if form.parameterNameEnd.bytes.last != UInt8(ascii: ">"), let close = text.find(">", value..<end) {
        value = close + 1
      }
      guard let (range, next) = taggedValue(form, value, end) else {
        return broken("An argument is not closed", at, end)
      }
      let leaf = text.string(range)
      let name = text.trimmedString(key..<keyEnd)
      raw[name] = .string(leaf)
      arguments[name] = UntypedValue.value(leaf)
      at = next
    }
    calls.append(ParsedCall(name: name, arguments: .object(arguments), untyped: .object(raw)))
    return at + form.close.count
  }

  private func taggedValue(_ form: CallForm.TagForm, _ at: Int, _ end: Int) -> (Range<Int>, Int)? {
    if form.hasCDATA, text.has("<![CDATA[", at, end), let close = text.find("]]>", at..<end) {
      let inner = at + 9..<close
      guard let tag = text.find(form.parameterClose, close..<end) else { return nil }
      return (inner, tag + form.parameterClose.count)
    }
    guard let close = text.find(form.parameterClose, at..<end) else { return nil }
    return (at..<close, close + form.parameterClose.count)
  }

  /// `NAME<arg_key>key</arg_key><arg_value>value</arg_value>`.
  mutating func readArgumentKeys(_ start: Int, _ at: Int, _ end: Int, _ close: Marker) -> Int {
    let marks = MarkerSet(["<arg_key>", close])
    guard let first = marks.first(in: text, at..<end) else { return broken("A call is not closed", start, end) }
    let name = text.trimmedString(at..<first.at)
    guard !name.isEmpty, name.utf8.first != UInt8(ascii: "{") else {
      return broken("A call does not begin with a name", at, text.find(close, at..<end).map { $0 + close.count } ?? end)
    }
    var arguments = JSONObject()
    var raw = JSONObject()
    var at = first.at
    while true {
      at = text.skipSpace(at, end)
      if text.has(close, at, end) { break }
      guard text.has("<arg_key>", at, end), let keyEnd = text.find("</arg_key>", at..<end) else {
        return broken(
          "A call holds something that is no argument", at, text.find(close, at..<end).map { $0 + close.count } ?? end)
      }
      let key = text.trimmedString(at + 9..<keyEnd)
      let value = text.skipSpace(keyEnd + 10, end)
      guard text.has("<arg_value>", value, end), let valueEnd = text.find("</arg_value>", value..<end) else {
        return broken("An argument has no value", at, end)
      }
      let leaf = text.string(value + 11..<valueEnd)
      raw[key] = .string(leaf)
      arguments[key] = UntypedValue.value(leaf)
      at = valueEnd + 12
    }
    calls.append(ParsedCall(name: name, arguments: .object(arguments), untyped: .object(raw)))
    return at + close.count
  }

  /// `MARK<invoke name="NAME">MARK<key>valueMARK</key>MARK</invoke>`, nested; `<item>` are the elements of a list.
  mutating func readNestedTags(_ mark: Marker, _ start: Int, _ at: Int, _ end: Int) -> Int {
    guard let nameEnd = text.find("\">", at..<end) else { return broken("A call's tag is not closed", start, end) }
    var reader = NestedTagReader(text: text, mark: mark, at: nameEnd + 2, end: end)
    guard let raw = reader.read(until: "invoke"), raw.objectValue != nil || raw.stringValue == "" else {
      return broken("A call's tags do not close", start, end)
    }
    let arguments = raw.objectValue == nil ? JSONValue.object(JSONObject()) : raw
    calls.append(
      ParsedCall(name: text.trimmedString(at..<nameEnd), arguments: UntypedValue.typed(arguments), untyped: arguments))
    return reader.at
  }
}

/// Reads nested tags, each behind a mark, to a value whose leaves are texts.
struct NestedTagReader {
  let text: TextBytes
  let mark: Marker
  var at: Int
  let end: Int
  private var depth = 0

  init(text: TextBytes, mark: Marker, at: Int, end: Int) {
    self.text = text
    self.mark = mark
    self.at = at
    self.end = end
  }

  /// The value up to the closing tag of `name`; `nil` where the tags do not match.
  mutating func read(until name: String) -> JSONValue? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { return nil }
    let close = Marker("\(mark)</\(name)>")
    let start = at
    var object = JSONObject()
    var items: [JSONValue] = []
    while let next = text.find(mark, at..<end) {
      if text.has(close, next, end) {
        at = next + close.count
        if !items.isEmpty { return .array(items) }
        return object.isEmpty ? .string(text.string(start..<next)) : .object(object)
      }
      let tag = next + mark.count
      guard tag < end, text[tag] == UInt8(ascii: "<"), let tagEnd = text.find(">", tag..<end) else { return nil }
      let key = text.string(tag + 1..<tagEnd)
      at = tagEnd + 1
      guard !key.hasPrefix("/"), let value = read(until: key) else { return nil }
      if key == "item" { items.append(value) } else { object[key] = value }
    }
    return nil
  }
}
