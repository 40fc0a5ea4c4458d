import OrderedJSON
import Testing

@testable import DataForge

@Suite struct AssistantTextTests {
  @Test func callsTextAndReasoningAreToldApart() throws {
    let dialect = try #require(Dialect.named("qwen3"))
    let text = """
      <think>
      Look it up.
      </think>

      One moment.
      <tool_call>
      {"name": "f", "arguments": {"a": "</tool_call>"}}
      </tool_call>
      <tool_call>
      {"name": "g", "arguments": {}}
      </tool_call><|im_end|>
      """
    let found = try dialect.calls(inAssistantText: text)
    #expect(found.reasoning == "Look it up.")
    #expect(found.rest == "One moment.")
    #expect(found.calls.map(\.name) == ["f", "g"])
    #expect(found.calls.first?.arguments == ["a": "</tool_call>"])
  }

  @Test(arguments: [
    ("qwen3", "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}\n</tool_call>", "broken"),
    ("qwen3", "<tool_call>\n{\"name\": \"f\", \"arguments\": {'a': 1}}\n</tool_call>", "broken"),
    ("qwen3", "<tool_call>\n{\"arguments\": {}}\n</tool_call>", "no name"),
    ("qwen3", "<tool_call>\n{\"name\": \"f\", \"arguments\": {}}", "not closed"),
    ("qwen3", "<tool_call></tool_call>", "no JSON"),
    ("qwen3-coder", "<tool_call>\n<function=f>\n<parameter=a>\n1\n</function>\n</tool_call>", "not closed"),
    ("qwen3-coder", "<tool_call>\n<function=f>\nhello\n</function>\n</tool_call>", "no argument"),
    ("glm", "<tool_call>f<arg_key>a</arg_key></tool_call>", "no value"),
    ("mistral-v13", "[TOOL_CALLS]f{\"a\": 1}", "[ARGS]"),
    ("mistral-v3", "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {}}", "broken"),
    ("deepseek-v3", "<｜tool▁call▁begin｜>function<｜tool▁sep｜>f\n```json\n{\"a\": }\n```", "broken"),
    ("functiongemma", "<start_function_call>call:f{a:<escape>x}<end_function_call>", "broken"),
    ("lfm2", "<|tool_call_start|>[f(a='it's')]<|tool_call_end|>", "broken"),
    ("gpt-oss", "<|channel|>commentary to=functions.f<|message|>{\"a\": <|call|>", "broken"),
    ("llama3.1", "<|python_tag|>print(1)", "no JSON"),
  ])
  func aBrokenCallIsAnErrorThatSaysWhatAndWhere(_ name: String, _ text: String, _ expected: String) throws {
    let dialect = try #require(Dialect.named(name))
    let error = #expect(throws: DialectError.self) { try dialect.calls(inAssistantText: text) }
    #expect(error?.message.contains(expected) == true, "\(error?.message ?? "no error")")
    #expect((0...text.unicodeScalars.count).contains(error?.offset ?? -1))
  }

  @Test func anAnswerThatIsJSONIsNoCallWithoutNameAndArguments() throws {
    let dialect = try #require(Dialect.named("llama3.1"))
    let found = try dialect.calls(inAssistantText: #"{"name": "Bob", "age": 3}<|eot_id|>"#)
    #expect(found.calls == [])
    #expect(found.rest == #"{"name": "Bob", "age": 3}"#)
  }

  @Test func llamasOwnToolsAreCallsToo() throws {
    let dialect = try #require(Dialect.named("llama3.1"))
    let found = try dialect.calls(inAssistantText: #"<|python_tag|>brave_search.call(query="rain, Oslo")<|eom_id|>"#)
    #expect(found.calls == [ParsedCall(name: "brave_search", arguments: ["query": "rain, Oslo"])])
  }

  @Test func harmonysChannelsBecomeReasoningTextAndCalls() throws {
    let dialect = try #require(Dialect.named("gpt-oss"))
    let text = """
      <|channel|>analysis<|message|>Look.<|end|><|start|>assistant<|channel|>commentary<|message|>Moment.<|end|>\
      <|start|>assistant to=functions.f<|channel|>commentary json<|message|>{"a": 1}<|call|>
      """
    let found = try dialect.calls(inAssistantText: text)
    #expect(
      found == AssistantText(calls: [ParsedCall(name: "f", arguments: ["a": 1])], rest: "Moment.", reasoning: "Look."))
  }

  @Test func valuesWithoutTypesAreReadForWhatTheyLookLike() throws {
    let dialect = try #require(Dialect.named("qwen3-coder"))
    let values = ["1", "1.5", "true", "None", "[\"a\", 1]", "{'b': True}", "plain text", "\nfirst line"]
    let parameters = values.enumerated().map { "<parameter=p\($0)>\n\($1)\n</parameter>\n" }.joined()
    let found = try dialect.calls(inAssistantText: "<function=f>\n\(parameters)</function>")
    #expect(
      found.calls.first?.arguments.objectValue?.values
        == [1, 1.5, true, .null, ["a", 1], ["b": true], "plain text", "\nfirst line"])
  }

  @Test func nestedTagsBecomeNestedValues() throws {
    let dialect = try #require(Dialect.named("minimax-m3"))
    let mark = "]<]minimax[>["
    let text =
      "\(mark)<tool_call>\n\(mark)<invoke name=\"f\">\(mark)<o>\(mark)<x>1\(mark)</x>\(mark)</o>\(mark)<l>"
      + "\(mark)<item>a\(mark)</item>\(mark)<item>b\(mark)</item>\(mark)</l>\(mark)</invoke>\n\(mark)</tool_call>"
    let found = try dialect.calls(inAssistantText: text)
    #expect(found.calls.first?.arguments == ["o": ["x": 1], "l": ["a", "b"]])
  }
}
