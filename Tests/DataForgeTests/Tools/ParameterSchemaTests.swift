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

  @Test func parametersByNameAreASchema() {
    let (schema, notes) = ParameterSchema.plain([
      "city": ["type": "str", "description": "where", "required": true],
      "days": ["type": "List[int], optional", "default": ""], "unit": ["type": "str", "default": "C"],
    ])
    #expect(
      schema == [
        "type": "object",
        "properties": [
          "city": ["type": "string", "description": "where"], "days": ["type": "array", "items": ["type": "integer"]],
          "unit": ["type": "string", "default": "C"],
        ], "required": ["city"],
      ])
    #expect(notes == ["parameters by name (as xLAM writes them) are read as a JSON Schema"])
  }

  @Test(
    arguments: [
      [:], ["type": "object"], ["properties": ["a": ["type": "str"]]], ["additionalProperties": ["type": "string"]],
      ["allOf": [["type": "object"]]],
    ] as [JSONValue]) func aSchemaIsNoListOfParameters(schema: JSONValue)
  {
    #expect(!ParameterSchema.plain(schema).notes.contains { $0.contains("by name") })
  }

  @Test func annotationsAndWhatLibrariesFillWithNullAreRead() throws {
    let schema: JSONValue = [
      "type": "dict", "required": nil,
      "properties": [
        "days": ["type": "List[int]", "items": nil, "enum": nil], "gone": nil, "free": ["type": "any", "default": nil],
      ],
    ]
    #expect(try accepts(schema, ["days": [1, 2]]))
    #expect(try !accepts(schema, ["days": ["x"]]))
    #expect(try !accepts(schema, ["gone": 1]))
    #expect(ParameterSchema.plain(schema).schema["properties"]?["free"] == ["default": nil])
    #expect(throws: JSONSchemaError.self) {
      try accepts(["type": "object", "properties": ["a": ["type": "thing"]]], [:])
    }
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

  // MARK: Older drafts

  private func accepts(_ schema: JSONValue, _ value: JSONValue) throws -> Bool {
    try ParameterSchema.compiled(schema).schema.accepts(value)
  }

  @Test func aBooleanExclusiveBoundBelongsToItsBound() throws {
    let schema: JSONValue = [
      "properties": [
        "n": ["type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false]
      ]
    ]
    #expect(try accepts(schema, ["n": 1]))
    #expect(try !accepts(schema, ["n": 0]))
    #expect(try accepts(schema, ["n": 5]))
    #expect(try ParameterSchema.compiled(schema).notes.count == 2)
  }

  @Test func itemsAsAListArePrefixItems() throws {
    let schema: JSONValue = [
      "$schema": "http://json-schema.org/draft-07/schema#",
      "properties": [
        "p": ["type": "array", "items": [["type": "integer"], ["type": "string"]], "additionalItems": false]
      ],
    ]
    #expect(try accepts(schema, ["p": [1, "a"]]))
    #expect(try !accepts(schema, ["p": ["a", 1]]))
    #expect(try !accepts(schema, ["p": [1, "a", 2]]))
    #expect(try ParameterSchema.compiled(schema).notes.first == "a schema of draft-07 is read as one of draft 2020-12")
  }

  @Test func definitionsAndDependenciesOfOlderDraftsCount() throws {
    let schema: JSONValue = [
      "$schema": "http://json-schema.org/draft-04/schema#", "id": "http://example.org/tool",
      "definitions": ["size": ["type": "integer", "nullable": true]],
      "properties": ["w": ["$ref": "#/definitions/size"], "h": ["$ref": "#/definitions/size"]],
      "dependencies": ["w": ["h"]],
    ]
    #expect(try accepts(schema, ["w": 1, "h": .null]))
    #expect(try !accepts(schema, ["w": 1]))
    #expect(try !accepts(schema, ["w": "1", "h": 1]))
  }

  @Test func nullableCountsBesideEnumsAndReferences() throws {
    let schema: JSONValue = [
      "properties": [
        "a": ["type": "string", "enum": ["x"], "nullable": true], "b": ["enum": ["x"], "nullable": true],
        "c": ["$ref": "#/$defs/n", "nullable": true], "d": ["allOf": [["type": "integer"]], "nullable": true],
      ],
      "$defs": ["n": ["type": "integer"]],
    ]
    for key in ["a", "b", "c", "d"] { #expect(try accepts(schema, .object([key: .null])), "\(key)") }
    #expect(try !accepts(schema, ["a": "y"]))
    #expect(try !accepts(schema, ["c": "y"]))
    #expect(try accepts(schema, ["d": 3]))
  }

  @Test func requiredWithinAPropertyIsAName() throws {
    let schema: JSONValue = [
      "properties": ["a": ["type": "string", "required": true], "b": ["type": "string", "required": false]]
    ]
    #expect(try accepts(schema, ["a": "x"]))
    #expect(try !accepts(schema, ["b": "x"]))
  }

  @Test func formatsCount() throws {
    let schema: JSONValue = [
      "properties": ["d": ["type": "string", "format": "date"], "e": ["type": "string", "format": "odd"]]
    ]
    #expect(try accepts(schema, ["d": "2024-02-29", "e": "x"]))
    #expect(try !accepts(schema, ["d": "2023-02-29"]))
  }
}
