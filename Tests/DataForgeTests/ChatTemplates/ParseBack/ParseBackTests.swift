import OrderedJSON
import Testing

@testable import DataForge

@Suite struct ParseBackTests {
  static let tools: [JSONValue] = [["type": "function", "function": ["name": "get_weather", "parameters": [:]]]]

  static func losses(_ dialect: String?, _ messages: [JSONValue], _ text: String, tools: [JSONValue]? = nil) -> [Loss] {
    ParseBack(dialect: dialect.flatMap(Dialect.named), takesTools: tools != nil ? true : nil)
      .losses(messages: messages, tools: tools, text: text)
  }

  static func call(_ arguments: JSONValue, content: JSONValue = "") -> JSONValue {
    [
      "role": "assistant", "content": content,
      "tool_calls": [
        ["id": "abcdef123", "type": "function", "function": ["name": "get_weather", "arguments": arguments]]
      ],
    ]
  }

  static func chatML(_ turns: (String, String)...) -> String {
    turns.map { "<|im_start|>\($0)\n\($1)<|im_end|>\n" }.joined()
  }

  static let user: JSONValue = ["role": "user", "content": "Weather?"]

  @Test(arguments: DialectFixtures.tools + DialectFixtures.plain)
  func aTextThatSaysEverythingHasNoLoss(_ fixture: DialectFixture) throws {
    let dialect = try #require(Dialect.named(fixture.dialect))
    let messages = try dialect.parse(fixture.text).messages
    #expect(ParseBack(dialect: dialect).losses(messages: messages, tools: nil, text: fixture.text) == [])
  }

  @Test(arguments: DialectFixtures.tools)
  func whatIsTakenOutOfATextIsALoss(_ fixture: DialectFixture) throws {
    let dialect = try #require(Dialect.named(fixture.dialect))
    let messages = try dialect.parse(fixture.text).messages
    let back = ParseBack(dialect: dialect)
    func kinds(_ old: String, _ new: String) -> Set<Loss.Kind> {
      var parts = fixture.text.components(old)
      if parts.count > 1 { parts = [parts[0], parts.dropFirst().joined(separator: old)] }
      return Set(back.losses(messages: messages, tools: nil, text: parts.joined(separator: new)).map(\.kind))
    }
    #expect(kinds("Oslo", "Rome") == [.argument])
    #expect(kinds("drizzle", "").contains(.result))
    #expect(kinds("Rain.", "").contains(.content))
    if fixture.turns.contains("system:Be brief.") { #expect(kinds("Be brief.", "") == [.system]) }
    if fixture.turns.contains(where: { $0.contains("(Look.)") }) { #expect(kinds("Look.", "") == [.reasoning]) }
  }

  @Test func aLostCallIsNamedWithItsPlace() {
    let text = Self.chatML(("user", "Weather?"), ("assistant", ""))
    let losses = Self.losses("qwen3", [Self.user, Self.call(["city": "Oslo"])], text)
    #expect(losses.map(\.kind) == [.call])
    #expect(losses.first?.path == "/messages/1/tool_calls/0")
    #expect(losses.first?.reason.contains("get_weather") == true)
  }

  @Test func aBrokenCallSaysWhatIsBroken() {
    let text = Self.chatML(
      ("user", "Weather?"), ("assistant", "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {]\n</tool_call>"))
    let losses = Self.losses("qwen3", [Self.user, Self.call(["city": "Oslo"])], text)
    #expect(losses.map(\.kind) == [.call])
    #expect(losses.first?.reason.contains("broken") == true)
  }

  @Test func argumentsThatAreEncodedTwiceAreALoss() {
    let text = """
      <|start_header_id|>user<|end_header_id|>

      Weather?<|eot_id|><|start_header_id|>assistant<|end_header_id|>

      {"name": "get_weather", "parameters": "{\\"city\\": \\"Oslo\\"}"}<|eot_id|>
      """
    let losses = Self.losses("llama3.1", [Self.user, Self.call("{\"city\": \"Oslo\"}")], text)
    #expect(losses.map(\.path) == ["/messages/1/tool_calls/0/function/arguments"])
    #expect(losses.first?.kind == .argument)
    #expect(losses.first?.reason.contains("encoded twice") == true)
  }

  @Test func eachArgumentHasItsOwnPath() {
    let text = Self.chatML(
      ("user", "Weather?"),
      (
        "assistant",
        "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"a/b\": {\"x\": [1, 3]}, \"new\": 1}}\n</tool_call>"
      ))
    let row = Self.call(["a/b": ["x": [1, 2]], "gone": true])
    let base = "/messages/1/tool_calls/0/function/arguments"
    let losses = Self.losses("qwen3", [Self.user, row], text)
    #expect(losses.map(\.path) == ["\(base)/a~1b/x/1", "\(base)/gone", "\(base)/new"])
    #expect(Set(losses.map(\.kind)) == [.argument])
  }

  @Test func numbersAndKeyOrderAreComparedAsJSONHasThem() {
    let text = Self.chatML(
      ("user", "Weather?"),
      ("assistant", "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"b\": 1.0, \"a\": \"x\"}}\n</tool_call>")
    )
    #expect(Self.losses("qwen3", [Self.user, Self.call(["a": "x", "b": 1])], text) == [])
    #expect(Self.losses("qwen3", [Self.user, Self.call("{\"a\": \"x\", \"b\": 1}")], text) == [])
    #expect(Self.losses("qwen3", [Self.user, Self.call(["a": "x", "b": "1"])], text).map(\.kind) == [.argument])
  }

  @Test func aStringThatLooksLikeANumberIsNoLossWhereTheDialectHasNoTypes() {
    let text = Self.chatML(
      ("user", "Weather?"),
      ("assistant", "<tool_call>\n<function=get_weather>\n<parameter=a>\n1.50\n</parameter>\n</function>\n</tool_call>")
    )
    #expect(Self.losses("qwen3-coder", [Self.user, Self.call(["a": "1.50"])], text) == [])
    #expect(Self.losses("qwen3-coder", [Self.user, Self.call(["a": 1.5])], text) == [])
    #expect(Self.losses("qwen3-coder", [Self.user, Self.call(["a": "1.5"])], text).map(\.kind) == [.argument])
  }

  @Test func aDroppedNullIsALoss() {
    let text = Self.chatML(
      ("user", "Weather?"), ("assistant", "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {}}\n</tool_call>"))
    #expect(Self.losses("qwen3", [Self.user, Self.call(["a": .null])], text).map(\.kind) == [.argument])
  }

  @Test func aToolWhoseDefinitionIsMissingIsALoss() {
    let text = Self.chatML(("system", "Tools: none"), ("user", "Weather?"))
    #expect(Self.losses("qwen3", [Self.user], text, tools: Self.tools).map(\.path) == ["/tools/0"])
    let holding = Self.chatML(("system", "Tools: {\"name\": \"get_weather\"}"), ("user", "Weather?"))
    #expect(Self.losses("qwen3", [Self.user], holding, tools: Self.tools) == [])
    let similar = Self.chatML(("system", "Tools: {\"name\": \"get_weather_map\"}"), ("user", "Weather?"))
    #expect(Self.losses("qwen3", [Self.user], similar, tools: Self.tools).map(\.kind) == [.tools])
  }

  @Test func aTextThatMerelyMovesIsNoLoss() {
    let system: JSONValue = ["role": "system", "content": "Be brief."]
    let merged = "<start_of_turn>user\nBe brief.\n\nWeather?<end_of_turn>\n"
    #expect(Self.losses("gemma", [system, Self.user], merged) == [])
    let last = "<s>[INST]Hi[/INST]Hello.</s>[INST]Be brief.\n\nWeather?[/INST]"
    let row: [JSONValue] = [
      system, ["role": "user", "content": "Hi"], ["role": "assistant", "content": "Hello."], Self.user,
    ]
    #expect(Self.losses("mistral-v3", row, last) == [])
    let defaulted = Self.chatML(("system", "You are Qwen."), ("user", "Weather?"), ("assistant", ""))
    #expect(Self.losses("qwen2.5", [Self.user, ["role": "assistant", "content": ""]], defaulted) == [])
  }

  @Test func typedContentIsItsTextsJoined() {
    let row: JSONValue = [
      "role": "user",
      "content": [["type": "text", "text": "One. "], ["type": "image"], ["type": "text", "text": "Two."]],
    ]
    #expect(Self.losses("qwen3", [row], Self.chatML(("user", "One. Two."))) == [])
    #expect(Self.losses("qwen3", [row], Self.chatML(("user", "One.Two."))) == [])
    let code = Self.losses("qwen3", [row], Self.chatML(("user", "[{'type': 'text', 'text': 'One. '}]")))
    #expect(code.map(\.kind) == [.content])
  }

  @Test func aResultMayBeWrittenAsJSONOnceMore() {
    let row: [JSONValue] = [
      Self.user, Self.call(["city": "Oslo"]), ["role": "tool", "content": "{\"t\": 1, \"s\": \"x\"}"],
    ]
    let call = "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>"
    for result in ["{\"s\": \"x\", \"t\": 1.0}", "\"{\\\"t\\\": 1, \\\"s\\\": \\\"x\\\"}\"", "{'t': 1, 's': 'x'}"] {
      let text = Self.chatML(
        ("user", "Weather?"), ("assistant", call), ("user", "<tool_response>\n\(result)\n</tool_response>"))
      #expect(Self.losses("qwen3", row, text) == [], "\(result)")
    }
    let other = Self.chatML(
      ("user", "Weather?"), ("assistant", call), ("user", "<tool_response>\n{\"t\": 2}\n</tool_response>"))
    #expect(Self.losses("qwen3", row, other).map(\.kind) == [.result])
  }

  @Test func aWordForAnEmptyContentIsALoss() {
    let text = Self.chatML(("user", "Weather?"), ("assistant", "None"))
    let losses = Self.losses("qwen3", [Self.user, ["role": "assistant", "content": .null]], text)
    #expect(losses.map(\.path) == ["/messages/1/content"])
  }

  @Test func anOldFunctionCallIsSeenToo() {
    let row: JSONValue = [
      "role": "assistant", "content": .null, "function_call": ["name": "get_weather", "arguments": "{}"],
    ]
    let losses = Self.losses("qwen3", [Self.user, row], Self.chatML(("user", "Weather?"), ("assistant", "")))
    #expect(losses.map(\.path) == ["/messages/1/function_call"])
  }

  @Test func longValuesAreCutInReasons() {
    let long = String(repeating: "secret ", count: 200)
    let losses = Self.losses("qwen3", [["role": "user", "content": .string(long)]], Self.chatML(("user", "x")))
    #expect(losses.count == 1)
    #expect((losses.first?.reason.count ?? 1000) < 160)
  }
}

extension String {
  /// The parts between occurrences of a text.
  func components(_ separator: String) -> [String] {
    var parts: [String] = [""]
    var rest = self[...]
    while let first = rest.first {
      if rest.hasPrefix(separator) {
        parts.append("")
        rest = rest.dropFirst(separator.count)
      } else {
        parts[parts.count - 1].append(first)
        rest = rest.dropFirst()
      }
    }
    return parts
  }
}
