import OrderedJSON
import Testing

@testable import DataForge

@Suite("A chat completion")
struct ChatReplyBodyTests {
  private func reply(_ choice: JSONValue, usage: JSONValue = nil) throws -> BackendReply {
    try ChatReplyBody.reply(from: ["choices": [choice], "usage": usage])
  }

  @Test("may have a list of parts for its content")
  func parts() throws {
    let reply = try reply([
      "message": ["content": [["type": "text", "text": "one "], ["type": "text", "text": "two"]]],
      "finish_reason": "stop",
    ])
    #expect(reply.text == "one two")
  }

  @Test("may have null for its content where it was cut off while thinking")
  func null() throws {
    let reply = try reply([
      "message": ["content": nil, "reasoning_content": "hm"], "finish_reason": "length",
    ])
    #expect(reply.text.isEmpty)
    #expect(reply.finishReason == .length)
  }

  @Test("may be a refusal, which counts as filtered")
  func refusal() throws {
    let reply = try reply(["message": ["content": nil, "refusal": "I cannot."], "finish_reason": "stop"])
    #expect(reply.text == "I cannot.")
    #expect(reply.finishReason == .contentFilter)
  }

  @Test(
    "tells why it ended in many words",
    arguments: zip(
      ["stop", "eos_token", "length", "content_filter", "tool_calls", "function_call", "abort"],
      [FinishReason.stop, .stop, .length, .contentFilter, .toolCalls, .toolCalls, .other]))
  func finish(word: String, reason: FinishReason) throws {
    #expect(try reply(["message": ["content": "x"], "finish_reason": .string(word)]).finishReason == reason)
  }

  @Test("without usage counts nothing, and never less than nothing")
  func usage() throws {
    #expect(try reply(["message": ["content": "x"]]).usage == TokenUsage())
    let odd = try reply(["message": ["content": "x"]], usage: ["prompt_tokens": -3, "completion_tokens": "4"])
    #expect(odd.usage == TokenUsage())
  }

  @Test("with a number for its content is malformed")
  func number() {
    #expect(throws: ChatReplyBody.Fault.malformed("its content is of type integer, not a text")) {
      try reply(["message": ["content": 3]])
    }
  }

  @Test(
    "loses the thinking at its beginning",
    arguments: [
      ("<think>hm\n</think>\n\n{\"a\":1}", "{\"a\":1}"), ("\n<think></think>x", "x"), ("hm, well\n</think>\n\nx", "x"),
      ("<think>cut off", ""), ("x <think>y</think>", "x <think>y</think>"),
      ("{\"a\":\"</think>\"}", "{\"a\":\"</think>\"}"),
      (" plain < text ", " plain < text "), ("", ""),
    ])
  func thought(text: String, answer: String) throws {
    #expect(try reply(["message": ["content": .string(text)]]).text == answer)
  }

  @Test("may hold calls in the protocol's form, and thoughts beside the text")
  func callsAndThoughts() throws {
    func reply(_ message: JSONValue) throws -> BackendReply {
      try ChatReplyBody.reply(from: ["choices": [["message": message, "finish_reason": "tool_calls"]]])
    }
    let calls = try reply([
      "content": nil, "reasoning_content": "I look.",
      "tool_calls": [
        ["id": "1", "function": ["name": "weather", "arguments": "{\"city\": \"Oslo\"}"]],
        ["function": ["name": "clock", "arguments": ""]], ["function": ["name": "open", "arguments": ["a": 1]]],
        ["function": ["name": "broken", "arguments": "{oops"]], ["function": [:]],
      ],
    ])
    #expect(calls.toolCalls.map(\.name) == ["weather", "clock", "open"])
    #expect(calls.toolCalls.map(\.arguments) == [["city": "Oslo"], [:], ["a": 1]])
    #expect(calls.reasoning == "I look.")
    #expect(try reply(["function_call": ["name": "f", "arguments": "{}"]]).toolCalls.map(\.name) == ["f"])
    let thought = try reply(["content": "<think>Hm.</think>\nYes."])
    #expect(thought.text == "Yes." && thought.reasoning == "Hm.")
    #expect(try reply(["content": "Yes.", "reasoning": "Hm."]).reasoning == "Hm.")
    // Recordings keep both, and older ones have neither.
    let kept = try JSONValueEncoder().encode(calls)
    #expect(try JSONValueDecoder().decode(BackendReply.self, from: kept) == calls)
    let old: JSONValue = ["text": "a", "usage": ["prompt": 1, "completion": 1], "finish_reason": "stop"]
    #expect(try JSONValueDecoder().decode(BackendReply.self, from: old).toolCalls.isEmpty)
  }
}
