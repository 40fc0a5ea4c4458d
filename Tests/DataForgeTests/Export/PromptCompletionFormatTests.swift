import DataForge
import OrderedJSON
import Testing

@Suite struct PromptCompletionFormatTests {
  @Test func theLastTurnIsTheCompletion() throws {
    let canonical = try row(
      """
      {"id": "1", "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"},
        {"role": "assistant", "content": "a", "weight": 1}], "tools": [{"type": "function", "function": {"name": "f"}}]}
      """)
    let written = try PromptCompletionFormat.write(canonical)
    #expect(written[0].keys == ["id", "prompt", "completion", "tools"])
    #expect(written[0]["completion"] == [["role": "assistant", "content": "a", "weight": 1]])
    #expect(try PromptCompletionFormat.read(written[0]) == canonical)
  }

  @Test func plainTextsAreAQuestionAndItsAnswer() throws {
    let read = try PromptCompletionFormat.read(["prompt": "The sky is", "completion": " blue.", "n": 1])
    #expect(
      read == [
        "messages": [["role": "user", "content": "The sky is"], ["role": "assistant", "content": " blue."]], "n": 1,
      ])
  }

  @Test(arguments: [
    ("{\"completion\": \"c\"}", "/prompt"), ("{\"prompt\": 5, \"completion\": \"c\"}", "/prompt"),
    ("{\"prompt\": \"p\", \"completion\": null}", "/completion"),
    ("{\"prompt\": \"p\", \"completion\": [{\"role\": \"robot\"}]}", "/completion/0/role"),
    ("{\"prompt\": [{\"role\": \"user\"}], \"completion\": \"c\"}", "/prompt/0/content"),
  ]) func aWrongFieldIsRejectedWhereItStands(text: String, path: String) throws {
    #expect(try misfit { _ = try PromptCompletionFormat.read(try row(text)) }?.path == path)
  }

  @Test func aConversationThatEndsWithAnotherIsRefused() throws {
    let canonical = try row(
      "{\"messages\": [{\"role\": \"assistant\", \"content\": \"a\"}, {\"role\": \"user\", \"content\": \"q\"}]}")
    #expect(try misfit { _ = try PromptCompletionFormat.write(canonical) }?.path == "/messages/1/role")
  }

  @Test func anAnswerWithoutAPromptIsRefused() throws {
    let canonical = try row("{\"messages\": [{\"role\": \"assistant\", \"content\": \"a\"}]}")
    #expect(try misfit { _ = try PromptCompletionFormat.write(canonical) }?.reason.contains("no prompt") == true)
  }
}
