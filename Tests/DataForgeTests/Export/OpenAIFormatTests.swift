import DataForge
import OrderedJSON
import Testing

@Suite struct OpenAIFormatTests {
  private let two = """
    {"id": "1", "messages": [{"role": "user", "content": "q"},
      {"role": "assistant", "weight": 0, "tool_calls": [
        {"id": "call_2", "type": "function", "function": {"name": "f", "arguments": {"city": "Oslo", "n": 1.0}}},
        {"type": "function", "function": {"name": "g", "arguments": {}}}]},
      {"role": "tool", "name": "g", "content": "1"}, {"role": "tool", "content": "2"},
      {"role": "assistant", "content": "a", "weight": 1}]}
    """

  @Test func argumentsAreTextAndIdsAreMade() throws {
    let written = try OpenAIFormat.write(try row(two))
    #expect(written.count == 1)
    let messages = written[0]["messages"]
    let calls = messages?[1]?["tool_calls"]
    #expect(calls?[0]?["function"]?["arguments"] == "{\"city\":\"Oslo\",\"n\":1.0}")
    #expect(calls?[0]?["id"] == "call_2")
    #expect(calls?[1]?["id"] == "call_1")
    #expect(calls?[1]?.objectValue?.keys == ["id", "type", "function"])
    #expect(messages?[2]?["tool_call_id"] == "call_1", "the result names the function")
    #expect(messages?[3]?["tool_call_id"] == "call_2")
    #expect(messages?[1]?["weight"] == 0)
    #expect(written[0]["parallel_tool_calls"] == true)
    #expect(try OpenAIFormat.write(try row(two)) == written, "made ids are always the same")
  }

  @Test func parallelToolCallsIsSaidOnlyWhereATurnHasSeveral() throws {
    let one = try row(
      """
      {"messages": [{"role": "assistant", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "f", "arguments": {}}}]}]}
      """)
    #expect(try OpenAIFormat.write(one)[0]["parallel_tool_calls"] == nil)
    var saying = one
    saying["parallel_tool_calls"] = false
    #expect(try OpenAIFormat.read(try OpenAIFormat.write(saying)[0]) == saying)
    var wrong = try row(two)
    wrong["parallel_tool_calls"] = false
    #expect(try misfit { _ = try OpenAIFormat.write(wrong) }?.path == "/parallel_tool_calls")
  }

  @Test func reasoningIsRefusedUnlessItMayBeLost() throws {
    let thinking = try row(
      "{\"messages\": [{\"role\": \"assistant\", \"content\": \"a\", \"reasoning_content\": \"r\"}]}")
    let found = try misfit { _ = try OpenAIFormat.write(thinking) }
    #expect(found?.path == "/messages/0/reasoning_content")
    #expect(found?.reason.contains("messages, prompt-completion and sharegpt hold it") == true)
    let written = try OpenAIFormat.write(thinking, lossy: true)
    #expect(written[0]["messages"] == [["role": "assistant", "content": "a"]])
  }

  @Test func aResultThatIsNoTextIsRefusedUnlessItMayBecomeText() throws {
    let found = try row(
      """
      {"messages": [{"role": "assistant", "tool_calls": [
        {"id": "a", "type": "function", "function": {"name": "f", "arguments": {}}}]},
        {"role": "tool", "tool_call_id": "a", "content": {"t": 3}}]}
      """)
    #expect(try misfit { _ = try OpenAIFormat.write(found) }?.path == "/messages/1/content")
    #expect(try OpenAIFormat.write(found, lossy: true)[0]["messages"]?[1]?["content"] == "{\"t\":3}")
  }
}
