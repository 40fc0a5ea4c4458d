import DataForge
import OrderedJSON
import Testing

@Suite struct AlpacaFormatTests {
  @Test func instructionAndInputAreOneQuestion() throws {
    let read = try AlpacaFormat.read(
      try row(
        """
        {"instruction": "i", "input": "x", "output": "o", "system": "s", "history": [["a", "b"]], "topic": 5}
        """))
    #expect(
      read["messages"] == [
        ["role": "system", "content": "s"], ["role": "user", "content": "a"], ["role": "assistant", "content": "b"],
        ["role": "user", "content": "i\nx"], ["role": "assistant", "content": "o"],
      ])
    #expect(read["topic"] == 5)
  }

  @Test func earlierTurnsStandInTheHistory() throws {
    let canonical = try row(
      """
      {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"},
        {"role": "user", "content": "q"}, {"role": "assistant", "reasoning_content": "r", "content": "o"}]}
      """)
    let written = try AlpacaFormat.write(canonical)
    #expect(
      written == [
        [
          "instruction": "q", "input": "", "output": "<think>\nr\n</think>\n\no", "history": [["a", "b"]],
        ]
      ])
    #expect(try AlpacaFormat.read(written[0]) == canonical)
  }

  @Test(arguments: [
    ("{\"output\": \"o\"}", "/instruction"), ("{\"instruction\": \"i\"}", "/output"),
    ("{\"instruction\": [], \"output\": \"o\"}", "/instruction"),
    ("{\"instruction\": \"i\", \"output\": \"o\", \"history\": {}}", "/history"),
    ("{\"instruction\": \"i\", \"output\": \"o\", \"history\": [[\"a\"]]}", "/history/0"),
    ("{\"instruction\": \"i\", \"output\": \"o\", \"history\": [[\"a\", \"b\", 5]]}", "/history/0"),
    ("{\"instruction\": \"i\", \"output\": \"o\", \"system\": 5}", "/system"),
  ]) func aFieldOfAnotherKindIsRejected(text: String, path: String) throws {
    #expect(try misfit { _ = try AlpacaFormat.read(try row(text)) }?.path == path)
  }

  @Test func callsAndResultsAreRefusedUnlessTheyMayBeLost() throws {
    let canonical = try row(
      """
      {"messages": [{"role": "user", "content": "q"},
        {"role": "assistant", "tool_calls": [{"type": "function", "function": {"name": "f", "arguments": {}}}]},
        {"role": "tool", "content": "r"}, {"role": "assistant", "content": "o"}]}
      """)
    let found = try misfit { _ = try AlpacaFormat.write(canonical) }
    #expect(found?.path == "/messages/1/tool_calls")
    #expect(
      found?.reason
        == "alpaca has no place for tool calls, which would be lost; messages, openai, sharegpt and xlam hold them, "
        + "or drop it with --allow-lossy")
    #expect(try AlpacaFormat.write(canonical, lossy: true) == [["instruction": "q", "input": "", "output": "o"]])
    var withTools = canonical
    withTools["tools"] = [["type": "function", "function": ["name": "f"]]]
    #expect(try misfit { _ = try AlpacaFormat.write(withTools) }?.path == "/tools")
  }

  @Test func twoTurnsOfInstructionsAreRefusedUnlessTheyMayBeJoined() throws {
    let canonical = try row(
      """
      {"messages": [{"role": "system", "content": "s"}, {"role": "developer", "content": "d"},
        {"role": "user", "content": "q"}, {"role": "assistant", "content": "o"}]}
      """)
    #expect(try misfit { _ = try AlpacaFormat.write(canonical) }?.path == "/messages/1")
    #expect(try AlpacaFormat.write(canonical, lossy: true)[0]["system"] == "s\n\nd")
  }

  @Test func turnsThatDoNotAlternateAreRefusedAlways() throws {
    let answer = "{\"role\": \"assistant\", \"content\": \"a\"}"
    let question = "{\"role\": \"user\", \"content\": \"a\"}"
    for messages in [answer, "\(question), \(question), \(answer)", "\(question), \(answer), \(question)"] {
      let canonical = try row("{\"messages\": [\(messages)]}")
      #expect(try misfit { _ = try AlpacaFormat.write(canonical, lossy: true) } != nil)
    }
  }

  @Test func aMessagesOwnMembersAreRefusedUnlessTheyMayBeLost() throws {
    let canonical = try row(
      """
      {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "o", "weight": 1}]}
      """)
    #expect(try misfit { _ = try AlpacaFormat.write(canonical) }?.path == "/messages/1/weight")
    #expect(try AlpacaFormat.write(canonical, lossy: true).count == 1)
  }
}
