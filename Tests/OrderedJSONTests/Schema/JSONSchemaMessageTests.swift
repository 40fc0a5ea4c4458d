import OrderedJSON
import Testing

@Suite struct JSONSchemaMessageTests {
  private func messages(_ schema: JSONValue, _ value: JSONValue) throws -> [String] {
    try JSONSchema(schema, assertFormats: true).violations(in: value).map(\.description)
  }

  @Test(
    arguments: [
      (["type": "integer"], "5", "expected an integer, found the string \"5\""),
      (["type": ["string", "null"]], 1.5, "expected a string or null, found the number 1.5"),
      (
        ["anyOf": [["type": "integer"], ["type": "null"]]], true, "expected an integer or null, found the boolean true"
      ),
      (
        ["enum": ["metric", "imperial"]], "metrc",
        "expected one of \"metric\" or \"imperial\", found the string \"metrc\"; did you mean 'metric'?"
      ),
      (["const": 1], [1], "expected the integer 1, found an array of 1 item"),
      (["minimum": 1], 0, "expected at least 1, found the integer 0"),
      (["multipleOf": 0.5], 0.7, "expected a multiple of 0.5, found the number 0.7"),
      (["maxLength": 2], "abc", "expected a string of at most 2 characters, found one of 3: the string \"abc\""),
      (["pattern": "^a"], "b", "the string \"b\" does not match the pattern ^a"),
      (["format": "date"], "2023-02-29", "the string \"2023-02-29\" is no valid date"),
      (["minItems": 1], [], "expected at least 1 item, found 0"),
      (["uniqueItems": true], [1, 2, 1], "items have to differ, but those at 0 and 2 are equal"),
      (["contains": ["const": 1]], [2], "expected at least 1 item that follow 'contains', found 0"),
      (false, nil, "nothing is allowed here, found null"),
      (["not": [:]], nil, "null is what the schema rules out"),
      (["oneOf": [true, true]], 1, "expected exactly one of the alternatives to fit, but these fit: 1, 2"),
    ] as [(JSONValue, JSONValue, String)]) func saysWhatWasExpectedAndFound(
      _ schema: JSONValue, _ value: JSONValue, _ message: String
    ) throws
  {
    #expect(try messages(schema, value) == [message])
  }

  @Test func suggestsTheNearestPropertyForAnUnknownOne() throws {
    let schema: JSONValue = [
      "properties": ["city": true, "days": true], "required": ["city"], "additionalProperties": false,
    ]
    #expect(
      try messages(schema, ["citty": "Oslo", "zzz": 1]) == [
        "the required property 'city' is missing (there is 'citty')",
        "/citty: unknown property 'citty'; did you mean 'city'?",
        "/zzz: unknown property 'zzz'",
      ])
  }

  @Test func givesThePlaceAndTheKeyword() throws {
    let schema = try JSONSchema(["properties": ["a/b": ["items": ["properties": ["~": ["type": "null"]]]]]])
    #expect(
      schema.violations(in: ["a/b": [[:], ["~": 1]]]) == [
        SchemaViolation(
          instancePath: "/a~1b/1/~0", keyword: "type", schemaPath: "#/properties/a~1b/items/properties/~0/type",
          message: "expected null, found the integer 1")
      ])
  }

  @Test func explainsTheAlternativeThatWasProbablyMeant() throws {
    let schema: JSONValue = [
      "oneOf": [
        ["properties": ["kind": ["const": "circle"], "radius": ["type": "number"]], "required": ["kind", "radius"]],
        ["properties": ["kind": ["const": "square"], "side": ["type": "number"]], "required": ["kind", "side"]],
      ]
    ]
    #expect(
      try messages(schema, ["kind": "square", "side": "2"]) == [
        "an object with 2 properties fits none of the 2 alternatives; "
          + "the nearest fails at /side: expected a number, found the string \"2\""
      ])
  }

  @Test func namesUnevaluatedProperties() throws {
    let schema: JSONValue = ["allOf": [["properties": ["a": true]]], "unevaluatedProperties": false]
    #expect(try messages(schema, ["a": 1, "b": 2]) == ["/b: unknown property 'b'"])
  }

  @Test func shortensLongValues() throws {
    let long = String(repeating: "x", count: 500)
    let message = try #require(try messages(["type": "null"], .string(long)).first)
    #expect(message == "expected null, found the string \"\(String(repeating: "x", count: 40))…\"")
  }

  @Test func saysOnceWhatIsReachedOnTwoWays() throws {
    let link: JSONValue = ["$ref": "#/$defs/a"]
    let schema: JSONValue = ["$defs": ["a": ["type": "null"]], "allOf": [link, link]]
    #expect(try messages(schema, 1) == ["expected null, found the integer 1"])
  }

  @Test func stopsAtTheLimit() throws {
    let schema = try JSONSchema(["items": ["type": "null"]])
    let value = JSONValue.array(Array(repeating: 1, count: 100))
    #expect(schema.violations(in: value).count == 20)
    #expect(schema.violations(in: value, limit: 3).count == 3)
    #expect(schema.violations(in: value, limit: 0).count == 1)
  }
}
