import OrderedJSON
import Testing

@testable import DataForge

@Suite struct ParameterSchemaTests {
  @Test func pythonsNamesAreReadEverywhereButInValues() {
    let (schema, notes) = ParameterSchema.plain([
      "type": "dict",
      "properties": [
        "type": ["type": "tuple", "items": ["type": "float"]],
        "mode": ["type": ["str", "int"], "enum": ["dict", "float"], "default": ["type": "dict"]],
        "free": ["type": "any", "description": "x"],
      ],
    ])
    #expect(
      schema == [
        "type": "object",
        "properties": [
          "type": ["type": "array", "items": ["type": "number"]],
          "mode": ["type": ["string", "integer"], "enum": ["dict", "float"], "default": ["type": "dict"]],
          "free": ["description": "x"],
        ],
      ])
    #expect(notes.count == 6)
  }

  @Test func nullableIsATypeMore() {
    let (schema, _) = ParameterSchema.plain(["type": "string", "nullable": true, "enum": ["a"]])
    #expect(schema["type"] == ["string", "null"])
    #expect(schema["enum"] == ["a", nil])
  }

  @Test func plainSchemasStayAsTheyAre() {
    let schema: JSONValue = ["type": "object", "properties": ["a": ["type": "string"]], "required": ["a"]]
    #expect(ParameterSchema.plain(schema).schema == schema)
    #expect(ParameterSchema.plain(schema).notes == [])
  }

  @Test func onlySchemasThatSayNothingOfOthersAreClosed() {
    #expect(ParameterSchema.closed([:]) == ["additionalProperties": false])
    #expect(ParameterSchema.closed(["allOf": []]) == ["allOf": [], "unevaluatedProperties": false])
    #expect(ParameterSchema.closed(["additionalProperties": true]) == ["additionalProperties": true])
  }
}
