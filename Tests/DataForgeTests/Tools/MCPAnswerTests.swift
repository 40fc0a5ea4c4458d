import OrderedJSON
import Testing

@testable import DataForge

@Suite struct MCPAnswerTests {
  private func observation(_ result: JSONValue, schema: JSONValue? = nil) -> Observation {
    MCPAnswer.observation(of: .result(result), promise: schema.flatMap(MCPPromise.init))
  }

  private func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

  @Test func textIsTakenAsItIsAndReadWhereItIsJSON() {
    #expect(observation(["content": [text("5 degrees")]]).output == "5 degrees")
    #expect(observation(["content": [text(" {\"a\": [1]}")]]).output == ["a": [1]])
    #expect(observation(["content": [text("5")]]).output == "5")
    #expect(observation(["content": [text("{broken")]]).output == "{broken")
    #expect(observation(["content": [text("a"), text("b")]]).output == "a\nb")
  }

  @Test func otherKindsOfContentAreDescribed() {
    let seen = observation([
      "content": [
        text("see"), ["type": "image", "mimeType": "image/png", "data": "aGVsbG8="],
        ["type": "audio", "mimeType": "audio/wav", "data": "aGVsbG8h"],
        ["type": "resource", "resource": ["uri": "file:///a", "mimeType": "text/plain", "text": "A"]],
        ["type": "resource", "resource": ["uri": "file:///b", "blob": "aGVsbG8="]],
        ["type": "resource_link", "uri": "file:///c", "name": "c", "annotations": ["priority": 1]],
        ["type": "hologram", "x": 1], 7,
      ]
    ])
    #expect(seen.status == .ok)
    #expect(
      seen.output == [
        text("see"), ["type": "image", "mimeType": "image/png", "bytes": 5],
        ["type": "audio", "mimeType": "audio/wav", "bytes": 6],
        ["type": "resource", "uri": "file:///a", "mimeType": "text/plain", "text": "A"],
        ["type": "resource", "uri": "file:///b", "bytes": 5],
        ["type": "resource_link", "uri": "file:///c", "name": "c"], ["type": "hologram", "x": 1],
        ["type": "unknown", "value": 7],
      ])
  }

  @Test func structuredContentGoesBeforeTheTextThatRepeatsIt() {
    let seen = observation(["content": [text("{\"a\": 1}")], "structuredContent": ["a": 1, "b": 2]])
    #expect(seen.output == ["a": 1, "b": 2])
    let wrapping: JSONValue = ["type": "object", "x-fastmcp-wrap-result": true]
    #expect(observation(["content": [], "structuredContent": ["result": 5]], schema: wrapping).output == 5)
    #expect(observation(["content": [], "structuredContent": ["result": 5]]).output == ["result": 5])
    let titled: JSONValue = ["title": "addOutput", "type": "object", "properties": ["result": ["type": "integer"]]]
    #expect(observation(["content": [], "structuredContent": ["result": 5]], schema: titled).output == 5)
  }

  @Test func errorsAreFailuresWhateverTheirForm() {
    let seen = observation(["content": [text("no such city")], "isError": true])
    #expect(seen.status == .failed)
    #expect(seen.message == "no such city")
    #expect(observation(["content": [text("Error: no such city")], "isError": false]).status == .errorAnswer)
    #expect(observation(["content": [], "structuredContent": ["error": "no such city"]]).status == .errorAnswer)
    #expect(
      observation(["content": [text("Error: no such city")], "structuredContent": ["a": 1]]).status == .errorAnswer)
  }

  @Test func nothingIsAnEmptyAnswer() {
    let empty: [JSONValue] = [
      ["content": []], ["content": [text(" \n")]], ["content": [text("[]")]],
      ["content": [], "structuredContent": [:]],
      ["content": [], "structuredContent": nil],
    ]
    for result in empty { #expect(observation(result).status == .emptyAnswer, "\(result)") }
    #expect(observation(["content": [text("0")]]).status == .ok)
  }

  @Test func anAnswerWithoutContentIsNone() {
    #expect(observation([:]).status == .notJSON)
    #expect(observation("text").status == .notJSON)
  }

  @Test func aServerThatAsksForMoreIsToldThatNobodyAnswers() {
    let seen = observation([
      "resultType": "input_required", "inputRequests": ["name": ["method": "elicitation/create", "params": [:]]],
    ])
    #expect(seen.status == .failed)
    #expect(seen.message.contains("elicitation/create"))
  }
}
