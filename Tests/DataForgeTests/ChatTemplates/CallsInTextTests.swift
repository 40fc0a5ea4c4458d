import OrderedJSON
import Testing

@testable import DataForge

@Suite struct CallsInTextTests {
  /// The same call as models of many families write it. Sources: their own chat templates.
  static let written: [String] = [
    "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>",
    "<tool_call>\n<function=weather>\n<parameter=city>\nOslo\n</parameter>\n</function>\n</tool_call>",
    "<tool_call>weather\n<arg_key>city</arg_key>\n<arg_value>Oslo</arg_value>\n</tool_call>",
    "{\"name\": \"weather\", \"parameters\": {\"city\": \"Oslo\"}}<|eot_id|>",
    "<|python_tag|>{\"name\": \"weather\", \"parameters\": {\"city\": \"Oslo\"}}<|eom_id|>",
    "<function=weather>{\"city\": \"Oslo\"}</function>",
    "[TOOL_CALLS][{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}, \"id\": \"abcdef123\"}]</s>",
    "[TOOL_CALLS]weather[ARGS]{\"city\": \"Oslo\"}</s>",
    "<start_function_call>call:weather{city:<escape>Oslo<escape>}<end_function_call>",
    "<|tool_call>call:weather{city:<|\"|>Oslo<|\"|>}<tool_call|>",
    "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>weather\n```json\n{\"city\": \"Oslo\"}\n```"
      + "<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>{\"city\": \"Oslo\"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    "<|channel|>commentary to=functions.weather <|constrain|>json<|message|>{\"city\": \"Oslo\"}<|call|>",
    "<|tool_call_start|>[weather(city='Oslo')]<|tool_call_end|>",
    "<|tool_calls_section_begin|><|tool_call_begin|>functions.weather:0<|tool_call_argument_begin|>{\"city\": \"Oslo\"}"
      + "<|tool_call_end|><|tool_calls_section_end|>",
    "<TOOLCALL>[{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}]</TOOLCALL>",
    "<functioncall> {\"name\": \"weather\", \"arguments\": '{\"city\": \"Oslo\"}'} <|endoftext|>",
    "[weather(city=\"Oslo\")]",
    "[{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}]",
    "{\"tool_calls\": [{\"type\": \"function\", \"function\": {\"name\": \"weather\", \"arguments\": \"{\\\"city\\\": \\\"Oslo\\\"}\"}}]}",
    "I will look.\n```json\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}\n```\nOne moment.",
    "The call is {\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}} and that is all.",
    "weather(city=\"Oslo\")", "[ weather(city = 'Oslo') ]",
    "\nThought: I must look.\nAction: weather\nAction Input: {\n  \"city\": \"Oslo\"\n}",
  ]

  @Test(arguments: written)
  func aCallIsFoundInAnyDialect(text: String) throws {
    let found = try #require(CallsInText.find(in: text))
    #expect(found.problem == nil)
    let call = try #require(found.calls.first)
    #expect(found.calls.count == 1)
    #expect(call.name == "weather")
    let arguments = call.arguments.stringValue.flatMap { try? JSONValue(parsing: $0) } ?? call.arguments
    #expect(arguments == ["city": "Oslo"])
  }

  @Test func whatStandsAroundCallsIsKept() throws {
    let prose = try #require(CallsInText.find(in: Self.written[20]))
    #expect(prose.rest == "I will look.\nOne moment.")
    #expect(prose.form == "where they stand in a code fence")
    let tagged = try #require(CallsInText.find(in: "<think>\nhm\n</think>\n\nI look.\n" + Self.written[0]))
    #expect(tagged.rest == "I look.")
    #expect(tagged.reasoning == "hm")
    #expect(tagged.form == "as hermes writes them")
  }

  @Test(arguments: [
    "It rains.", "", "{\"city\": \"Oslo\"}", "[1, 2]", "Use f(x) and {a: 1}.", "{\"name\": \"Oslo\"}",
    "The \"arguments\" are {\"city\": \"Oslo\"}.", "[see above (page 3)]",
    "It rains (city=Oslo)", "main()", "Action: none is needed.", "Read \"Action Input:\" as you like.",
    "a < b and <b>bold</b>", "```json\n{}\n```",
  ])
  func ordinaryTextHoldsNoCalls(text: String) {
    #expect(CallsInText.find(in: text) == nil)
  }

  @Test func severalCallsAreReadInOrder() throws {
    let texts = [
      "[weather(city='Oslo'), Weather API(city='Bergen', days=[1, 2], detailed=True)]",
      "Action: weather\nAction Input: {\"city\": \"Oslo\"}\nAction: Weather API\nAction Input: {\"city\": \"Bergen\", "
        + "\"days\": [1, 2], \"detailed\": true}",
    ]
    for text in texts {
      let found = try #require(CallsInText.find(in: text))
      #expect(found.calls.map(\.name) == ["weather", "Weather API"])
      #expect(found.calls.last?.arguments == ["city": "Bergen", "days": [1, 2], "detailed": true])
    }
  }

  @Test func withoutTokensJSONCountsOnlyWhereItIsWanted() {
    #expect(CallsInText.find(in: Self.written[18], findsBare: false) == nil)
    #expect(CallsInText.find(in: Self.written[0], findsBare: false) != nil)
  }

  @Test(arguments: [
    "<tool_call>\n{'name': 'weather', 'arguments': {}}\n</tool_call>",
    "<tool_call>\n{\"name\": \"weather\"}\n</tool_call>",
    "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}", "[TOOL_CALLS][{\"name\": ]</s>",
    "{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}", "<functioncall> weather(Oslo)",
    "[weather(city='Oslo'", "[weather(city='Oslo', =3)]", "[weather(city'Oslo', days=3)]", "[weather(city: 'Oslo')]",
    "Action: weather\nAction Input: {\"city\": \"Oslo\"", "Action: weather\nAction Input: Oslo",
    "[{\"name\": \"weather\", \"arguments\": {\"city\": }}, {\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}]",
  ])
  func brokenCallsAreNamed(text: String) throws {
    let found = try #require(CallsInText.find(in: text))
    #expect(found.problem != nil)
    #expect(found.calls.isEmpty)
  }

  @Test func aTextOfOpenBracketsTakesNoQuadraticTime() {
    let text = "\"arguments\"" + String(repeating: "[{", count: 200_000)
    #expect(CallsInText.find(in: text) == nil)
  }
}
