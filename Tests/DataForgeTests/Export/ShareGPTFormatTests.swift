import DataForge
import OrderedJSON
import Testing

@Suite struct ShareGPTFormatTests {
  private let weather = """
    {"id": "1", "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"},
      {"role": "assistant", "reasoning_content": "look", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "f", "arguments": {"city": "Oslo"}}},
        {"id": "b", "type": "function", "function": {"name": "g", "arguments": {}}}]},
      {"role": "tool", "tool_call_id": "a", "content": "{\\"t\\":3}"},
      {"role": "tool", "tool_call_id": "b", "content": "rain"},
      {"role": "assistant", "content": "3°"}],
     "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}],
     "source": {"document": "d.pdf"}}
    """

  @Test func aRowIsWrittenAsLLaMAFactoryReadsIt() throws {
    let written = try ShareGPTFormat.write(try row(weather))
    let expected = try row(
      """
      {"id": "1", "conversations": [{"from": "human", "value": "q"},
        {"from": "function_call",
         "value": "<think>\\nlook\\n</think>\\n\\n[{\\"name\\": \\"f\\", \\"arguments\\": {\\"city\\": \\"Oslo\\"}}, {\\"name\\": \\"g\\", \\"arguments\\": {}}]"},
        {"from": "observation", "value": "[{\\"t\\": 3}, \\"rain\\"]"}, {"from": "gpt", "value": "3°"}],
       "system": "s", "tools": "[{\\"name\\": \\"f\\", \\"parameters\\": {\\"type\\": \\"object\\"}}]",
       "call_ids": ["a", "b"], "source": {"document": "d.pdf"}}
      """)
    #expect(JSONValue.object(written[0]).serialized() == JSONValue.object(expected).serialized())
    #expect(try ShareGPTFormat.read(written[0]) == row(weather))
  }

  @Test func oneCallIsAnObjectAndItsResultIsVerbatim() throws {
    let read = try ShareGPTFormat.read(
      try row(
        """
        {"conversations": [{"from": "human", "value": "q"},
          {"from": "function_call", "value": "{\\"name\\": \\"f\\", \\"arguments\\": \\"{}\\"}"},
          {"from": "observation", "value": "[1]"}, {"from": "gpt", "value": "a"}], "system": "", "tools": ""}
        """))
    #expect(read.keys == ["messages"], "empty texts are no system turn and no tools")
    #expect(read["messages"]?[1]?["tool_calls"]?[0]?["function"] == ["name": "f", "arguments": [:]])
    #expect(read["messages"]?[2] == ["role": "tool", "content": "[1]"])
    #expect(try ShareGPTFormat.write(read)[0]["conversations"]?[1]?["value"] == "{\"name\": \"f\", \"arguments\": {}}")
  }

  @Test func theUsualVariantsAreRead() throws {
    let spoken = try ShareGPTFormat.read(
      try row(
        """
        {"conversations": [{"from": "system", "value": "s"}, {"from": "user", "value": "q"},
          {"from": "tool_call", "value": "{\\"name\\": \\"f\\", \\"arguments\\": {}}"},
          {"from": "tool_call", "value": "{\\"name\\": \\"g\\", \\"arguments\\": {}}"},
          {"from": "tool", "value": "1"}, {"from": "tool", "value": "2"}, {"from": "assistant", "value": "a"}]}
        """))
    let asMessages = try ShareGPTFormat.read(
      try row(
        """
        {"conversations": [{"role": "system", "content": "s"}, {"role": "human", "content": "q"},
          {"role": "gpt", "content": null, "tool_calls": [{"name": "f", "arguments": {}}, {"name": "g", "arguments": {}}]},
          {"role": "observation", "content": "1"}, {"role": "observation", "content": "2"},
          {"role": "assistant", "content": "a"}]}
        """))
    #expect(spoken == asMessages)
    #expect(
      spoken["messages"]?.arrayValue?.map { $0["role"] } == [
        "system", "user", "assistant", "tool", "tool", "assistant",
      ])
  }

  @Test(arguments: [
    "{\"from\": \"gpt\", \"value\": \"a\"}",
    "{\"from\": \"human\", \"value\": \"a\"}, {\"from\": \"human\", \"value\": \"b\"}",
    "{\"from\": \"human\", \"value\": \"a\"}, {\"from\": \"observation\", \"value\": \"b\"}",
    "{\"from\": \"human\", \"value\": \"a\"}", "",
    "{\"from\": \"human\", \"value\": \"a\"}, {\"from\": \"gpt\", \"value\": \"b\"}, {\"from\": \"human\", \"value\": \"a\"}",
  ]) func aRowThatLLaMAFactorySkipsIsRejected(turns: String) throws {
    let found = try misfit { _ = try ShareGPTFormat.read(try row("{\"conversations\": [\(turns)]}")) }
    #expect(found?.path.hasPrefix("/conversations") == true)
  }

  @Test func anUnknownSpeakerIsRejectedWithTheNearestOne() throws {
    let found = try misfit {
      _ = try ShareGPTFormat.read(try row("{\"conversations\": [{\"from\": \"humen\", \"value\": \"a\"}]}"))
    }
    #expect(found?.path == "/conversations/0/from")
    #expect(found?.reason.contains("did you mean \"human\"?") == true)
  }

  @Test func aWrongCallIsRejectedWhereItStands() throws {
    for value in ["{", "[]", "5", "{\\\"name\\\": \\\"f\\\"}", "{\\\"arguments\\\": {}}"] {
      let found = try misfit {
        _ = try ShareGPTFormat.read(
          try row(
            """
            {"conversations": [{"from": "human", "value": "a"}, {"from": "function_call", "value": "\(value)"}]}
            """))
      }
      #expect(found?.path == "/conversations/1/value", "\(value)")
    }
  }

  @Test func aResultWithoutACallIsRejectedWhereItStands() throws {
    let found = try misfit {
      _ = try ShareGPTFormat.read(
        try row(
          """
          {"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"},
            {"from": "observation", "value": "c"}, {"from": "gpt", "value": "d"}]}
          """))
    }
    #expect(found == RowMisfit("/conversations/2", "the tool result has no call before it"))
  }

  @Test func callIdsMustBeAsManyAsCalls() throws {
    var written = try ShareGPTFormat.write(try row(weather))[0]
    written["call_ids"] = ["a"]
    #expect(try misfit { _ = try ShareGPTFormat.read(written) }?.path == "/call_ids")
  }

  @Test(arguments: [
    (
      "{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"a\"}",
      "/messages/1"
    ),
    ("{\"role\": \"assistant\", \"content\": \"a\"}", "/messages/0"),
    (
      "{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"a\"}, {\"role\": \"user\", \"content\": \"q\"}",
      "/messages/2"
    ),
  ]) func turnsOutOfOrderAreRefusedAlways(messages: String, path: String) throws {
    for lossy in [false, true] {
      let found = try misfit { _ = try ShareGPTFormat.write(try row("{\"messages\": [\(messages)]}"), lossy: lossy) }
      #expect(found?.path == path)
    }
  }

  @Test(arguments: [
    ("\"content\": \"a\", \"weight\": 0", "/messages/1/weight"),
    ("\"content\": \"a\", \"value\": 0", "/messages/1/value"),
    ("\"content\": [{\"type\": \"text\", \"text\": \"a\"}]", "/messages/1/content"),
    ("\"content\": \"<think>\\n\\n</think>\\n\\na\"", "/messages/1"),
    (
      "\"content\": \"a\", \"tool_calls\": [{\"function\": {\"name\": \"f\", \"arguments\": {}}}]",
      "/messages/1/content"
    ),
    (
      "\"tool_calls\": [{\"function\": {\"name\": \"f\", \"arguments\": {}, \"strict\": true}}]",
      "/messages/1/tool_calls/0/function/strict"
    ),
  ]) func whatHasNoPlaceIsRefusedUnlessItMayBeLost(answer: String, path: String) throws {
    let canonical = try MessagesFormat.read(
      try row("{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \(answer)}]}"))
    let found = try misfit { _ = try ShareGPTFormat.write(canonical) }
    #expect(found?.path == path)
    #expect(found?.reason.contains("--allow-lossy") == true)
    #expect(try ShareGPTFormat.write(canonical, lossy: true).count == 1)
  }

  @Test func missingAndDisorderedResultsAreRefused() throws {
    var messages = try #require(try row(weather)["messages"]?.arrayValue)
    messages.swapAt(3, 4)
    let swapped = try misfit { _ = try ShareGPTFormat.write(["messages": .array(messages)]) }
    #expect(swapped?.reason.contains("another order") == true)
    messages.swapAt(3, 4)
    let ordered = try ShareGPTFormat.write(["messages": .array(messages)])
    messages.swapAt(3, 4)
    #expect(try ShareGPTFormat.write(["messages": .array(messages)], lossy: true) == ordered)
    messages.remove(at: 4)
    let missing = try misfit { _ = try ShareGPTFormat.write(["messages": .array(messages)], lossy: true) }
    #expect(missing?.reason.contains("2 calls and 1 results") == true)
  }

  @Test func aMemberThatWouldBeTakenForAnotherIsRefused() throws {
    var taken = try row(weather)
    taken["system"] = "mine"
    #expect(try misfit { _ = try ShareGPTFormat.write(taken) }?.path == "/system")
    var both = try ShareGPTFormat.write(try row(weather))[0]
    both["messages"] = []
    #expect(try misfit { _ = try ShareGPTFormat.read(both) }?.path == "/messages")
  }

  @Test func reasoningIsFoundAlsoWithoutLineBreaks() throws {
    let read = try ShareGPTFormat.read(
      try row(
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"q\"}, {\"from\": \"gpt\", \"value\": \"<think>r</think>a\"}]}"
      ))
    #expect(read["messages"]?[1] == ["role": "assistant", "content": "a", "reasoning_content": "r"])
  }
}
