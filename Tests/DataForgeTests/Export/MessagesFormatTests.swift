import DataForge
import OrderedJSON
import Testing

@Suite struct MessagesFormatTests {
  /// What is wrong with a conversation whose messages are these.
  private func wrong(_ messages: String) throws -> RowMisfit? {
    let row = try row("{\"messages\": \(messages)}")
    let found = try misfit { _ = try MessagesFormat.read(row) }
    // The check that changes nothing finds the same.
    #expect(try misfit { try MessagesFormat.check(row) } == found)
    return found
  }

  private func wrongCall(_ call: String) throws -> RowMisfit? {
    try wrong("[{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"tool_calls\": [\(call)]}]")
  }

  @Test func aRowWithoutMessagesIsRejected() throws {
    #expect(try misfit { try MessagesFormat.check(["id": "1"]) }?.path == "/messages")
    #expect(try misfit { try MessagesFormat.check(["messages": nil]) }?.path == "/messages")
  }

  @Test func messagesThatAreNoListAreRejected() throws {
    #expect(try wrong("{}")?.reason == "messages are a list, not object")
  }

  @Test func emptyMessagesAreRejected() throws {
    #expect(try wrong("[]")?.reason.contains("is empty") == true)
  }

  @Test func aMessageThatIsNoObjectIsRejected() throws {
    #expect(try wrong("[\"hi\"]") == RowMisfit("/messages/0", "a message is an object, not string"))
  }

  @Test func anUnknownRoleIsRejectedWithTheNearestOne() throws {
    let found = try wrong("[{\"role\": \"asistant\", \"content\": \"a\"}]")
    #expect(found?.path == "/messages/0/role")
    #expect(found?.reason.contains("did you mean \"assistant\"?") == true)
    #expect(try wrong("[{\"role\": \"gpt\", \"content\": \"a\"}]")?.reason.contains("mean \"assistant\"") == true)
    #expect(try wrong("[{\"content\": \"a\"}]")?.reason == "the message has no role")
    #expect(try wrong("[{\"role\": 1, \"content\": \"a\"}]")?.reason == "a role is text, not integer")
  }

  @Test func aToolResultWithoutACallBeforeItIsRejected() throws {
    let found = try wrong("[{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"tool\", \"content\": \"r\"}]")
    #expect(found == RowMisfit("/messages/1", "the tool result has no call before it"))
  }

  @Test func aResultThatAnswersNoCallIsRejected() throws {
    let calls = """
      {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": {}}}]}
      """
    let other = try wrong("[\(calls), {\"role\": \"tool\", \"tool_call_id\": \"b\", \"content\": \"r\"}]")
    #expect(other?.path == "/messages/1/tool_call_id")
    #expect(other?.reason.contains("\"b\"") == true)
    let result = "{\"role\": \"tool\", \"tool_call_id\": \"a\", \"content\": \"r\"}"
    #expect(try wrong("[\(calls), \(result)]") == nil)
    #expect(try wrong("[\(calls), \(result), \(result)]")?.path == "/messages/2/tool_call_id")
    let unnamed = "{\"role\": \"tool\", \"content\": \"r\"}"
    #expect(try wrong("[\(calls), \(unnamed), \(unnamed)]")?.reason.contains("all have theirs already") == true)
  }

  @Test func aResultThatNamesACallWithoutAnIdIsRejected() throws {
    let found = try wrong(
      """
      [{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": {}}}]},
       {"role": "tool", "tool_call_id": "a", "content": "r"}]
      """)
    #expect(found?.reason.contains("have no ids") == true)
  }

  @Test func twoCallsOfATurnWithOneIdAreRejected() throws {
    let call = "{\"id\": \"a\", \"function\": {\"name\": \"f\", \"arguments\": {}}}"
    #expect(try wrongCall(call + ", " + call)?.path == "/messages/1/tool_calls/1/id")
  }

  @Test func aSecondSystemTurnIsRejected() throws {
    let system = "{\"role\": \"system\", \"content\": \"s\"}"
    let found = try wrong("[\(system), \(system), {\"role\": \"assistant\", \"content\": \"a\"}]")
    #expect(found == RowMisfit("/messages/1", "there is a second system turn; join it with the first"))
  }

  @Test func aSystemTurnThatIsNotFirstIsRejected() throws {
    let found = try wrong(
      "[{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"system\", \"content\": \"s\"}]")
    #expect(found == RowMisfit("/messages/1", "the system turn must come first"))
  }

  @Test func aSystemAndADeveloperTurnAreTwoThings() throws {
    #expect(
      try wrong(
        """
        [{"role": "system", "content": "s"}, {"role": "developer", "content": "d"},
         {"role": "assistant", "content": "a"}]
        """) == nil)
  }

  @Test func nullAsContentIsRejectedWithoutCalls() throws {
    let found = try wrong("[{\"role\": \"assistant\", \"content\": null}]")
    #expect(found?.path == "/messages/0/content")
    #expect(try wrong("[{\"role\": \"assistant\", \"content\": null, \"tool_calls\": []}]")?.path == found?.path)
    #expect(try wrong("[{\"role\": \"assistant\", \"content\": 5}]")?.reason.contains("not integer") == true)
  }

  @Test func argumentsThatAreBrokenJSONAreRejectedWithThePlace() throws {
    let found = try wrongCall("{\"function\": {\"name\": \"f\", \"arguments\": \"{\\\"city\\\": \"}}")
    #expect(found?.path == "/messages/1/tool_calls/0/function/arguments")
    #expect(found?.reason.contains("column 10") == true)
    #expect(found?.reason.contains("city") == false)
  }

  @Test func argumentsThatAreNoObjectAreRejected() throws {
    let path = "/messages/1/tool_calls/0/function/arguments"
    for arguments in ["[1]", "\"[1]\"", "5", "\"5\""] {
      #expect(try wrongCall("{\"function\": {\"name\": \"f\", \"arguments\": \(arguments)}}")?.path == path)
    }
    let missing = try wrongCall("{\"function\": {\"name\": \"f\"}}")
    #expect(missing == RowMisfit(path, "the arguments are missing; a call without any has {}"))
  }

  @Test func argumentsNestedTooDeepToBeReadAgainAreRejected() throws {
    func call(depth: Int) -> String {
      let text =
        "{\\\"a\\\":" + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1) + "}"
      return "{\"function\": {\"name\": \"f\", \"arguments\": \"\(text)\"}}"
    }
    #expect(try wrongCall(call(depth: 500)) == nil)
    #expect(try wrongCall(call(depth: 501))?.reason.contains("deeper than 500") == true)
  }

  @Test func callsThatAreNoListAreRejected() throws {
    let found = try wrong("[{\"role\": \"assistant\", \"tool_calls\": {}}]")
    #expect(found == RowMisfit("/messages/0/tool_calls", "tool calls are a list, not object"))
  }

  @Test func aCallWithoutANameIsRejected() throws {
    let found = try wrongCall("{\"function\": {\"arguments\": {}}}")
    #expect(found == RowMisfit("/messages/1/tool_calls/0/function/name", "the call names no function"))
    #expect(try wrongCall("{\"name\": \"\", \"arguments\": {}}")?.path == "/messages/1/tool_calls/0/name")
    #expect(try wrongCall("{}")?.path == "/messages/1/tool_calls/0/function")
    #expect(try wrongCall("5")?.reason == "a tool call is an object, not integer")
  }

  @Test func anIdOrTypeOfAnotherKindIsRejected() throws {
    #expect(
      try wrongCall("{\"id\": 1, \"function\": {\"name\": \"f\", \"arguments\": {}}}")?.reason.contains("id is text")
        == true)
    #expect(
      try wrongCall("{\"type\": \"custom\", \"function\": {\"name\": \"f\", \"arguments\": {}}}")?.path
        == "/messages/1/tool_calls/0/type")
  }

  @Test func aUserWhoCallsToolsIsRejected() throws {
    let found = try wrong(
      "[{\"role\": \"user\", \"content\": \"q\", \"tool_calls\": [{\"name\": \"f\", \"arguments\": {}}]}]")
    #expect(found?.reason == "only the assistant calls tools, not user")
  }

  @Test(arguments: ["2", "0.5", "true", "\"1\""]) func aWeightOtherThanZeroOrOneIsRejected(weight: String) throws {
    let found = try wrong("[{\"role\": \"assistant\", \"content\": \"a\", \"weight\": \(weight)}]")
    #expect(found == RowMisfit("/messages/0/weight", "a weight is 0 (not trained on) or 1"))
  }

  @Test func reasoningThatIsNoTextIsRejected() throws {
    let found = try wrong("[{\"role\": \"assistant\", \"content\": \"a\", \"reasoning_content\": []}]")
    #expect(found?.path == "/messages/0/reasoning_content")
  }

  @Test func aConversationWithoutAssistantIsRejected() throws {
    #expect(try wrong("[{\"role\": \"user\", \"content\": \"q\"}]")?.reason.contains("nothing to train on") == true)
  }

  @Test func toolsThatAreNoListOfObjectsAreRejected() throws {
    let messages: JSONValue = [["role": "assistant", "content": "a"]]
    #expect(try misfit { try MessagesFormat.check(["messages": messages, "tools": [:]]) }?.path == "/tools")
    #expect(try misfit { try MessagesFormat.check(["messages": messages, "tools": "[}"]) }?.path == "/tools")
    #expect(try misfit { try MessagesFormat.check(["messages": messages, "tools": [1]]) }?.path == "/tools/0")
  }

  @Test func aRowIsBroughtIntoCanonicalForm() throws {
    let read = try MessagesFormat.read(
      try row(
        """
        {"id": "1", "note": null, "extra": {"kept": null}, "messages": [
          {"role": "user", "content": "q", "name": null, "mood": "curious"},
          {"role": "assistant", "content": null, "tool_calls": [
            {"id": "a", "function": {"name": "f", "arguments": "{\\"x\\": null, \\"y\\": 1.0}", "strict": null}},
            {"name": "g", "arguments": {}}]},
          {"role": "assistant", "content": "", "tool_calls": []}],
         "tools": "[{\\"name\\": \\"f\\", \\"parameters\\": {\\"default\\": null}}]"}
        """))
    let expected = try row(
      """
      {"id": "1", "extra": {"kept": null}, "messages": [
        {"role": "user", "content": "q", "mood": "curious"},
        {"role": "assistant", "tool_calls": [
          {"id": "a", "type": "function", "function": {"name": "f", "arguments": {"x": null, "y": 1.0}}},
          {"type": "function", "function": {"name": "g", "arguments": {}}}]},
        {"role": "assistant", "content": ""}],
       "tools": [{"type": "function", "function": {"name": "f", "parameters": {"default": null}}}]}
      """)
    #expect(JSONValue.object(read).serialized() == JSONValue.object(expected).serialized())
    #expect(try MessagesFormat.read(read) == read)
  }

  @Test func aSampleBecomesARowWithoutNull() throws {
    let sample = Sample(
      id: "s",
      messages: [
        Message(role: .user, content: "q"), Message(role: .assistant, content: "a", reasoningContent: "r"),
      ], source: Source(document: "d.pdf", sha256: "00", pages: [1], quote: "q", boxes: []))
    let row = try MessagesFormat.row(of: sample)
    #expect(row.keys == ["id", "messages", "source"])
    #expect(try MessagesFormat.read(row) == row)
    let bare = try MessagesFormat.row(of: sample, reasoning: false)
    #expect(bare["messages"]?[1] == ["role": "assistant", "content": "a"])
    #expect(MessagesFormat.withoutReasoning(row) == bare)
  }
}
