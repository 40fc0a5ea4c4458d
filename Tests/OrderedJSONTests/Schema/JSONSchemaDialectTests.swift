import OrderedJSON
import Testing

@Suite struct JSONSchemaDialectTests {
  static let draft7: [KeywordCase] = [
    KeywordCase(
      ["items": [["type": "integer"]], "additionalItems": ["type": "string"]], accepts: [[1, "a"]],
      rejects: [["a"], [1, 2]]),
    KeywordCase(
      ["dependencies": ["a": ["b"], "c": ["minProperties": 3]]], accepts: [["a": 1, "b": 1]],
      rejects: [["a": 1], ["c": 1]]),
    KeywordCase(
      ["definitions": ["s": ["type": "string"]], "properties": ["a": ["$ref": "#/definitions/s", "maxLength": 1]]],
      accepts: [["a": "long: what stands beside $ref does not count"]], rejects: [["a": 1]]),
    KeywordCase(
      ["definitions": ["s": ["$id": "#name", "type": "string"]], "$ref": "#/definitions/s"], accepts: ["a"],
      rejects: [1]),
    KeywordCase(["dependentRequired": ["a": ["b"]]], accepts: [["a": 1]], rejects: []),
  ]

  static let openAPI: [KeywordCase] = [
    KeywordCase(["type": "string", "nullable": true, "example": 5], accepts: ["a", nil], rejects: [1]),
    KeywordCase(["minimum": 1, "exclusiveMinimum": true], accepts: [2], rejects: [1]),
    KeywordCase(["maximum": 1, "exclusiveMaximum": false], accepts: [1], rejects: [2]),
    KeywordCase(["const": 1], accepts: [1], rejects: [2]),
  ]

  @Test(arguments: draft7) func readsDraft7(_ test: KeywordCase) throws { try test.check(dialect: .draft7) }

  @Test(arguments: openAPI) func readsOpenAPI3_0(_ test: KeywordCase) throws { try test.check(dialect: .openAPI3_0) }

  @Test func hearsTheSchemasOwnWordWhenAutomatic() throws {
    let old: JSONValue = [
      "$schema": "http://json-schema.org/draft-07/schema#", "items": [["type": "integer"]], "additionalItems": false,
    ]
    let schema = try JSONSchema(old, dialect: .automatic)
    #expect(schema.accepts([1]))
    #expect(!schema.accepts([1, 2]))
    #expect(throws: JSONSchemaError.self) { try JSONSchema(old, dialect: .draft2020_12) }
  }

  @Test func readsTuplesOfBothKindsWhereNothingSaysWhichIsMeant() throws {
    let old = try JSONSchema(["items": [["type": "integer"]], "additionalItems": false], dialect: .automatic)
    let new = try JSONSchema(["prefixItems": [["type": "integer"]], "items": false], dialect: .automatic)
    for schema in [old, new] {
      #expect(schema.accepts([1]))
      #expect(!schema.accepts(["1"]))
      #expect(!schema.accepts([1, 2]))
    }
  }

  @Test func findsSchemasOfAnOpenAPIDocument() throws {
    let document: JSONValue = [
      "openapi": "3.0.3",
      "components": [
        "schemas": [
          "Pet": [
            "type": "object", "required": ["name"], "properties": ["owner": ["$ref": "#/components/schemas/Owner"]],
          ],
          "Owner": ["type": "string", "nullable": true],
        ]
      ],
    ]
    let schema = try JSONSchema(
      ["$ref": "api.json#/components/schemas/Pet"], dialect: .openAPI3_0, resources: ["api.json": document])
    #expect(schema.accepts(["name": "Rex", "owner": nil]))
    #expect(schema.violations(in: ["name": "Rex", "owner": 5]).map(\.instancePath) == ["/owner"])
  }
}
