import OrderedJSON

/// Makes canonical rows of many shapes, the same for the same seed.
struct RandomRows {
  /// What the rows may have.
  struct Shape {
    var instructions = true
    var tools = true
    var calls = true
    var results = true
    var reasoning = true
    var weights = true
    var names = true
    var parts = true
    var turns = 3
    /// Whether `<think>` and the like stand in texts.
    var marks = true
    /// Tools whose schemas say no more than type, description and default.
    var plainTools = false
    /// Whether questions and answers take turns, so that most formats can hold the row.
    var isOrderly = false
    var needsIDs = false
  }

  var state: UInt64
  var shape = Shape()

  init(seed: UInt64, shape: Shape = Shape()) {
    state = seed
    self.shape = shape
  }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  private static let words = [
    "", "Oslo", "naïve", "e\u{301}te", "été", "日本語", "👩‍👩‍👧", "\r\n", "\n", "\u{301}", "\"quoted\"", "\\", "{\"a\": 1}",
    "[1]",
    "{\"a\":1}", "\u{2028}", "\t", "0", "null", "a/b~c", "\u{0}", " ", "predict: ", "explain: ", "İ",
  ]
  private static let marks = ["<think>", "</think>", "<think>\n", "\n</think>\n\n", "<tool_call>"]

  mutating func text() -> String {
    var text = ""
    for _ in 0..<below(5) { text += Self.words[below(Self.words.count)] }
    if shape.marks, chance(10) { text = Self.marks[below(Self.marks.count)] + text }
    if shape.marks, chance(5) { text += Self.marks[below(Self.marks.count)] }
    return text
  }

  mutating func value(depth: Int = 0) -> JSONValue {
    switch below(depth > 3 ? 8 : 10) {
    case 0: return .integer(below(1000) - 500)
    case 1: return .double(Double(below(100)) / 8)
    case 2: return .bigInteger("123456789012345678901234567890\(below(10) + 1)")
    case 3: return .bool(chance(50))
    case 4: return .null
    case 5: return .integer(Int.max)
    case 6: return .double(1)
    case 7: return .string(text())
    case 8: return .array((0..<below(4)).map { _ in value(depth: depth + 1) })
    default: return .object(object(depth: depth + 1))
    }
  }

  mutating func object(depth: Int = 0) -> JSONObject {
    var object = JSONObject()
    for _ in 0..<below(4) { object[text() + "k"] = value(depth: depth) }
    return object
  }

  mutating func row() -> JSONObject {
    var row = JSONObject()
    if shape.needsIDs || chance(80) { row["id"] = chance(80) ? .string("row-\(below(1 << 40))") : .integer(below(99)) }
    row["messages"] = .array(messages())
    if shape.tools, chance(60) { row["tools"] = .array((0...below(3)).map { _ in tool() }) }
    if chance(50) { row["source"] = .object(["document": .string(text()), "pages": [1, 2]]) }
    if chance(20) { row["split"] = .string(text()) }
    if chance(5) { row[["system", "prompt", "query", "answers", "input"][below(5)]] = .string(text()) }
    return row
  }

  private mutating func messages() -> [JSONValue] {
    var messages: [JSONValue] = []
    let hasIDs = chance(70)
    var ids = 0
    if shape.instructions, chance(40) { messages.append(message("system")) }
    if shape.instructions, chance(10) { messages.append(message("developer")) }
    for _ in 0...below(max(shape.turns, 1)) {
      if shape.isOrderly || chance(90) { messages.append(message("user")) }
      if shape.calls, chance(50) {
        let count = 1 + below(3)
        let first = ids
        ids += count
        messages.append(calling(hasIDs ? (first..<ids).map { "c\($0)" } : (0..<count).map { _ in nil }))
        guard shape.results, chance(80) else { continue }
        let answered = shape.isOrderly || chance(80) ? count : 1
        for index in 0..<answered { messages.append(result(hasIDs ? "c\(first + index)" : nil)) }
        if shape.isOrderly || chance(80) { messages.append(message("assistant")) }
      } else {
        messages.append(message("assistant"))
      }
    }
    if !messages.contains(where: { $0["role"] == "assistant" }) || shape.isOrderly && messages.last?["role"] == "tool" {
      messages.append(message("assistant"))
    }
    return messages
  }

  private mutating func message(_ role: String) -> JSONValue {
    var message: JSONObject = ["role": .string(role), "content": .string(text())]
    if shape.parts, chance(4) { message["content"] = [["type": "text", "text": .string(text())]] }
    decorate(&message, role)
    return .object(message)
  }

  private mutating func decorate(_ message: inout JSONObject, _ role: String) {
    if role == "assistant" {
      if shape.reasoning, chance(40) { message["reasoning_content"] = .string(text()) }
      if shape.weights, chance(20) { message["weight"] = .integer(below(2)) }
    }
    if shape.names, chance(8) { message["name"] = .string(text()) }
  }

  private mutating func calling(_ ids: [String?]) -> JSONValue {
    var calls: [JSONValue] = []
    for id in ids {
      var call = JSONObject()
      if let id { call["id"] = .string(id) }
      call["type"] = "function"
      var function: JSONObject = ["name": .string("tool_\(below(3))"), "arguments": .object(object())]
      if shape.names, chance(2) { function["strict"] = true }
      call["function"] = .object(function)
      calls.append(.object(call))
    }
    var message: JSONObject = ["role": "assistant", "tool_calls": .array(calls)]
    if shape.names, chance(10) { message["content"] = .string(text() + "x") }
    decorate(&message, "assistant")
    return .object(message)
  }

  private mutating func result(_ id: String?) -> JSONValue {
    var message: JSONObject = ["role": "tool", "content": .string(text())]
    if chance(30) { message["content"] = .string(JSONValue.object(object()).serialized()) }
    if shape.parts, chance(3) { message["content"] = .object(object()) }
    if let id { message["tool_call_id"] = .string(id) }
    decorate(&message, "tool")
    return .object(message)
  }

  private mutating func tool() -> JSONValue {
    var function: JSONObject = ["name": .string("tool_\(below(5))")]
    if chance(80) { function["description"] = .string(text()) }
    var properties = JSONObject()
    var required: [JSONValue] = []
    for index in 0..<below(4) {
      let name = "p\(index)" + (chance(10) ? "/~" : "")
      properties[name] = .object(property())
      if chance(50) { required.append(.string(name)) }
    }
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required) }
    if !shape.plainTools, chance(20) { schema["additionalProperties"] = false }
    function["parameters"] = .object(schema)
    if !shape.plainTools, chance(10) { function["strict"] = true }
    return ["type": "function", "function": .object(function)]
  }

  private mutating func property() -> JSONObject {
    let types = ["string", "integer", "number", "boolean", "array", "object"]
    var property: JSONObject = ["type": .string(types[below(types.count)])]
    if property["type"] == "array", chance(70) { property["items"] = ["type": .string(types[below(types.count)])] }
    if chance(70) { property["description"] = .string(text()) }
    if chance(30) { property["default"] = value(depth: 4) }
    if chance(20) { property["enum"] = ["a", "b"] }
    if !shape.plainTools, chance(10) { property["type"] = ["string", "null"] }
    if !shape.plainTools, chance(10) { property["type"] = nil }
    if property["default"]?.isNull == true { property["default"] = nil }
    return property
  }
}
