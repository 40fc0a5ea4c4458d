import OrderedJSON
import Testing

@Suite struct JSONSchemaReferenceTests {
  @Test func followsItselfIntoTheDepthOfAValue() throws {
    let schema = try JSONSchema(["type": "object", "additionalProperties": ["$ref": "#"]])
    #expect(schema.accepts(["a": ["b": [:]]]))
    #expect(schema.violations(in: ["a": ["b": 1]]).map(\.instancePath) == ["/a/b"])
  }

  @Test func findsAnchorsAndIdentifiers() throws {
    let schema = try JSONSchema([
      "$id": "https://example.com/root",
      "properties": ["a": ["$ref": "#here"], "b": ["$ref": "inner"], "c": ["$ref": "/inner#/$defs/x"]],
      "$defs": [
        "1": ["$anchor": "here", "type": "integer"],
        "2": ["$id": "inner", "type": "string", "$defs": ["x": ["type": "null"]]],
      ],
    ])
    #expect(schema.accepts(["a": 1, "b": "s", "c": nil]))
    let violations = schema.violations(in: ["a": "1", "b": 1, "c": 0])
    #expect(violations.map(\.instancePath) == ["/a", "/b", "/c"])
    #expect(
      violations.map(\.schemaPath) == [
        "#/$defs/1/type", "https://example.com/inner#/type", "https://example.com/inner#/$defs/x/type",
      ])
  }

  @Test func readsGivenResourcesAndNothingElse() throws {
    let resources: [String: JSONValue] = ["https://example.com/a": ["type": "integer"]]
    let schema = try JSONSchema(["$ref": "https://example.com/a"], resources: resources)
    #expect(!schema.accepts("x"))
    #expect(throws: JSONSchemaError.unresolvedReference(path: "#", reference: "https://example.com/b")) {
      try JSONSchema(["$ref": "https://example.com/b"], resources: resources)
    }
  }

  @Test func knowsTheMetaschemas() throws {
    let metaschema = try JSONSchema(["$ref": "https://json-schema.org/draft/2020-12/schema"])
    #expect(metaschema.accepts(["type": "object", "properties": ["a": true]]))
    #expect(!metaschema.accepts(["properties": ["a": ["type": "strnig"]]]))
    let old = try JSONSchema(["$ref": "http://json-schema.org/draft-07/schema#"])
    #expect(!old.accepts(["items": 5]))
  }

  @Test func resolvesReferencesAsRFC3986Says() throws {
    // RFC 3986, 5.4: the base is http://a/b/c/d;p?q, the schema that is meant accepts nothing.
    let cases = [
      ("g", "http://a/b/c/g"), ("./g/", "http://a/b/c/g/"), ("/g", "http://a/g"), ("//g", "http://g"),
      ("?y", "http://a/b/c/d;p?y"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"),
      ("g;x=1/../y", "http://a/b/c/y"),
      ("g:h", "g:h"), ("..", "http://a/b/"),
    ]
    for (reference, target) in cases {
      let schema = try JSONSchema(
        ["$id": "http://a/b/c/d;p?q", "properties": ["a": ["$ref": .string(reference)]]], resources: [target: false])
      #expect(!schema.accepts(["a": 1]), "\(reference)")
    }
  }

  @Test(
    arguments: [
      ["$ref": "#"], ["allOf": [["$ref": "#"]]],
      ["$ref": "#/$defs/a", "$defs": ["a": ["$ref": "#/$defs/b"], "b": ["$ref": "#/$defs/a"]]],
    ] as [JSONValue]) func namesEndlessReferences(_ schema: JSONValue)
  {
    #expect { try JSONSchema(schema) } throws: { error in
      if case JSONSchemaError.endlessReference = error { true } else { false }
    }
  }

  @Test(
    arguments: [
      (["type": "strnig"], "the schema is wrong at #/type: the string \"strnig\" is no type; did you mean 'string'?"),
      (
        ["properties": ["a": 5]],
        "the schema is wrong at #/properties/a: a schema is an object or a boolean, not the integer 5"
      ),
      (
        ["minLength": -1],
        "the schema is wrong at #/minLength: 'minLength' has to be an integer not below 0, not the integer -1"
      ),
      (["multipleOf": 0], "the schema is wrong at #/multipleOf: 'multipleOf' has to be greater than 0"),
      (
        ["anyOf": []],
        "the schema is wrong at #/anyOf: 'anyOf' has to be an array of at least one schema, not an empty array"
      ),
      (
        ["required": "a"],
        "the schema is wrong at #/required: 'required' has to be an array of strings, not the string \"a\""
      ),
      (
        ["pattern": "(a"],
        "the schema has at #/pattern the pattern '(a', which is no ECMA-262 regular expression: a group is not closed (at character 2)"
      ),
    ] as [(JSONValue, String)]) func saysWhatIsWrongWithASchema(_ schema: JSONValue, _ message: String)
  {
    #expect { try JSONSchema(schema) } throws: { "\($0)" == message }
  }
}
