import OrderedJSON
import Testing

@testable import DataForge

@Suite("A request on the wire")
struct ChatRequestBodyTests {
  private func body(_ request: BackendRequest, _ format: OpenAIOptions.ResponseFormat = .jsonSchema) -> JSONValue {
    ChatRequestBody.json(of: request, model: "m", dialect: ChatDialect(responseFormat: format))
  }

  @Test("carries a tool call's arguments as a text, and no rationale")
  func toolCall() {
    let call = ToolCall(id: "c1", name: "weather", arguments: ["city": "Köln", "days": 2])
    let request = BackendRequest(
      messages: [
        Message(role: .assistant, content: nil, reasoningContent: "secret thought", toolCalls: [call]),
        Message(role: .tool, content: "rain", toolCallID: "c1"),
      ], sampling: Sampling())
    let messages = body(request)["messages"]
    #expect(
      messages?[0] == [
        "role": "assistant", "content": nil,
        "tool_calls": [
          [
            "id": "c1", "type": "function",
            "function": ["name": "weather", "arguments": "{\"city\":\"Köln\",\"days\":2}"],
          ]
        ],
      ])
    #expect(messages?[1] == ["role": "tool", "content": "rain", "tool_call_id": "c1"])
  }

  @Test("asks for the format that the options name, and for none without a schema")
  func format() {
    #expect(body(TestBackends.request)["response_format"]?["type"] == "json_schema")
    #expect(body(TestBackends.request, .jsonObject)["response_format"] == ["type": "json_object"])
    #expect(body(TestBackends.request, .none)["response_format"] == nil)
    var free = TestBackends.request
    free.schema = nil
    #expect(body(free)["response_format"] == nil)
  }

  @Test("leaves out what was not chosen")
  func sampling() {
    let least = body(BackendRequest(messages: [], sampling: Sampling(temperature: 0.25, maxTokens: 9)))
    #expect(least.serialized() == #"{"model":"m","messages":[],"stream":false,"temperature":0.25,"max_tokens":9}"#)
    let most = body(BackendRequest(messages: [], sampling: Sampling(topP: 0.9, maxTokens: 9, seed: 3)))
    #expect(
      most.serialized()
        == #"{"model":"m","messages":[],"stream":false,"temperature":0,"top_p":0.9,"max_tokens":9,"seed":3}"#)
  }
}
