import OrderedJSON
import Testing

@testable import DataForge

@Suite("schemas that OpenAI takes as strict")
struct StrictSchemaTests {
  @Test(
    arguments: [
      ["type": "string"], ["enum": ["a", "b"]], ["type": ["string", "null"]],
      [
        "type": "object", "properties": ["a": ["type": "array", "items": ["type": "number"], "maxItems": 3]],
        "required": ["a"], "additionalProperties": false,
      ],
      ["type": "object", "properties": [:], "required": [], "additionalProperties": false],
      ["type": "array", "items": ["anyOf": [["type": "string"], ["type": "null"]]]],
    ] as [JSONValue])
  func `each object lists all that it may hold`(schema: JSONValue) { #expect(StrictSchema.holds(schema)) }

  @Test(
    arguments: [
      [:], true, ["type": "object"], ["type": "object", "properties": [:], "additionalProperties": true],
      [
        "type": "object", "properties": ["a": ["type": "string"], "b": ["type": "string"]], "required": ["a"],
        "additionalProperties": false,
      ],
      ["type": "array", "items": ["type": "object"]], ["type": "string", "minLength": 1],
      ["oneOf": [["type": "string"]]],
      ["type": "string", "examples": ["x"]],
    ] as [JSONValue])
  func `what leaves room is not called strict`(schema: JSONValue) { #expect(!StrictSchema.holds(schema)) }

  @Test func `our questions are strict`() {
    #expect(StrictSchema.holds(ToolUsePrompt.requestSchema))
    #expect(StrictSchema.holds(ToolUsePrompt(tools: []).decisionSchema(.answer)))
    let chunk = Chunk(id: "c", documentID: "d", index: 0, headings: [], text: "t", tokens: 1, pieces: [])
    let asked = QuestionAnswerTask().request(for: chunk, most: 3, sampling: Sampling())
    #expect(StrictSchema.holds(asked.schema ?? [:]))
  }
}
