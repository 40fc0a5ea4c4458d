import OrderedJSON
import Testing

/// A schema with values that it accepts and rejects.
struct KeywordCase: CustomTestStringConvertible, Sendable {
  var schema: JSONValue
  var accepted: [JSONValue]
  var rejected: [JSONValue]
  var testDescription: String { String(describing: schema) }

  init(_ schema: JSONValue, accepts accepted: [JSONValue], rejects rejected: [JSONValue]) {
    self.schema = schema
    self.accepted = accepted
    self.rejected = rejected
  }

  func check(dialect: SchemaDialect = .draft2020_12) throws {
    let schema = try JSONSchema(self.schema, dialect: dialect)
    for value in accepted {
      #expect(schema.accepts(value), "\(value)")
      #expect(schema.violations(in: value) == [])
    }
    for value in rejected {
      #expect(!schema.accepts(value), "\(value)")
      #expect(!schema.violations(in: value).isEmpty)
    }
  }
}

@Suite struct JSONSchemaKeywordTests {
  static let values: [KeywordCase] = [
    KeywordCase(true, accepts: [1, nil], rejects: []),
    KeywordCase(false, accepts: [], rejects: [1, nil]),
    KeywordCase([:], accepts: [1, nil, [:]], rejects: []),
    KeywordCase(
      ["type": "integer"], accepts: [1, 1.0, .bigInteger("123456789012345678901")], rejects: [1.5, "1", true]),
    KeywordCase(["type": "number"], accepts: [1, 1.5], rejects: ["1", nil]),
    KeywordCase(["type": ["string", "null"]], accepts: ["", nil], rejects: [0, false]),
    KeywordCase(["const": 1], accepts: [1, 1.0], rejects: [true, "1", 1.5]),
    KeywordCase(
      ["const": ["a": [1, 2], "b": nil]], accepts: [["b": nil, "a": [1.0, 2]]], rejects: [["a": [2, 1], "b": nil]]),
    KeywordCase(["enum": ["a", 1, nil]], accepts: ["a", 1.0, nil], rejects: ["b", 2, false]),
    KeywordCase(
      ["enum": ["a", "b", "c", "d", "e", "f", "g", "h", "i", 10]], accepts: ["i", 10.0], rejects: ["j", 11]),
    KeywordCase(["enum": ["a", "b"], "const": "b"], accepts: ["b"], rejects: ["a"]),
    // Composed and decomposed letters are different strings.
    KeywordCase(["const": "\u{E9}"], accepts: ["\u{E9}"], rejects: ["e\u{301}"]),
  ]

  static let numbers: [KeywordCase] = [
    KeywordCase(["minimum": 1.5], accepts: [1.5, 2, "1"], rejects: [1, 1.49]),
    KeywordCase(["maximum": 3], accepts: [3.0, -1], rejects: [3.1, .bigInteger("99999999999999999999")]),
    KeywordCase(["exclusiveMinimum": 0], accepts: [0.1], rejects: [0, 0.0, -1]),
    KeywordCase(["exclusiveMaximum": 10], accepts: [9.99], rejects: [10]),
    KeywordCase(["multipleOf": 0.01], accepts: [19.99, 4.35, 0, 1], rejects: [19.995]),
    KeywordCase(
      ["multipleOf": 3], accepts: [9, 9.0, -3, .bigInteger("300000000000000000000000")], rejects: [10, 9.5]),
    KeywordCase(["multipleOf": 1e-8], accepts: [12_391_239_123, 1e300], rejects: [1e-9]),
    KeywordCase(
      ["multipleOf": .bigInteger("100000000000000000000")], accepts: [.bigInteger("300000000000000000000"), 0],
      rejects: [5, .bigInteger("300000000000000000001")]),
  ]

  static let strings: [KeywordCase] = [
    KeywordCase(["minLength": 2], accepts: ["ab", "🐲🐲", 1], rejects: ["", "a", "🐲"]),
    // Lengths are code points: a letter with a combining accent is two.
    KeywordCase(["maxLength": 2], accepts: ["", "e\u{301}", "🐲🐲"], rejects: ["abc", "e\u{301}x", "👨‍👩‍👧"]),
    KeywordCase(["minLength": 2.0], accepts: ["ab"], rejects: ["a"]),
    KeywordCase(["pattern": "b+"], accepts: ["abbc", "b"], rejects: ["ac", ""]),
    KeywordCase(["format": "email"], accepts: ["nobody"], rejects: []),
  ]

  static let arrays: [KeywordCase] = [
    KeywordCase(["minItems": 1, "maxItems": 2], accepts: [[1], [1, 2], "x"], rejects: [[], [1, 2, 3]]),
    KeywordCase(["items": ["type": "integer"]], accepts: [[], [1, 2]], rejects: [[1, "2"]]),
    KeywordCase(
      ["prefixItems": [["type": "integer"], ["type": "string"]], "items": false], accepts: [[], [1], [1, "a"]],
      rejects: [["a"], [1, "a", 2]]),
    KeywordCase(["contains": ["const": 1]], accepts: [[2, 1]], rejects: [[], [2]]),
    KeywordCase(
      ["contains": ["const": 1], "minContains": 2, "maxContains": 3], accepts: [[1, 1], [1, 2, 1, 1]],
      rejects: [[1], [1, 1, 1, 1]]),
    KeywordCase(["contains": ["const": 1], "minContains": 0], accepts: [[], [2]], rejects: []),
    KeywordCase(
      ["uniqueItems": true], accepts: [[1, "1", true, nil], [[1], [2]]], rejects: [[1, 1.0], [["a": 1], ["a": 1]]]),
    KeywordCase(
      ["uniqueItems": true], accepts: [.array((0..<50).map { .integer($0) })],
      rejects: [.array((0..<50).map { .integer($0 % 49) })]),
    KeywordCase(
      ["prefixItems": [true], "anyOf": [["contains": ["const": 2]]], "unevaluatedItems": false],
      accepts: [[1, 2], [1, 2, 2]], rejects: [[1, 2, 3]]),
  ]

  static let objects: [KeywordCase] = [
    KeywordCase(["minProperties": 1, "maxProperties": 1], accepts: [["a": 1]], rejects: [[:], ["a": 1, "b": 2]]),
    KeywordCase(["required": ["a", "b"]], accepts: [["b": nil, "a": 1], 1], rejects: [["a": 1], [:]]),
    KeywordCase(
      ["properties": ["a": ["type": "integer"], "b": false]], accepts: [["a": 1], ["c": "x"]],
      rejects: [["a": "1"], ["b": 1]]),
    KeywordCase(
      ["properties": ["a": true], "patternProperties": ["^x": ["type": "integer"]], "additionalProperties": false],
      accepts: [["a": "s", "x1": 1]], rejects: [["x1": "s"], ["b": 1]]),
    KeywordCase(["additionalProperties": ["type": "integer"]], accepts: [["z": 1]], rejects: [["z": "1"]]),
    KeywordCase(["propertyNames": ["maxLength": 2]], accepts: [["ab": 1]], rejects: [["abc": 1]]),
    KeywordCase(["dependentRequired": ["a": ["b"]]], accepts: [["b": 1], ["a": 1, "b": 1]], rejects: [["a": 1]]),
    KeywordCase(
      ["dependentSchemas": ["a": ["required": ["b"]]]], accepts: [["b": 1], ["a": 1, "b": 1]], rejects: [["a": 1]]),
    KeywordCase(
      ["allOf": [["properties": ["a": true]]], "unevaluatedProperties": false], accepts: [["a": 1]],
      rejects: [["a": 1, "b": 2]]),
    KeywordCase(
      [
        "anyOf": [
          ["properties": ["a": ["const": 1]], "required": ["a"]], ["properties": ["b": true], "required": ["b"]],
        ],
        "unevaluatedProperties": false,
      ], accepts: [["a": 1], ["b": 2], ["a": 1, "b": 2]], rejects: [["a": 2, "b": 2]]),
    // More names than fit into one word of bits.
    KeywordCase(
      ["required": .array((0..<70).map { .string("k\($0)") })],
      accepts: [.object(JSONObject((0..<70).map { ("k\($0)", 1) }))],
      rejects: [
        .object(JSONObject((0..<69).map { ("k\($0)", 1) })), .object(JSONObject((1..<71).map { ("k\($0)", 1) })),
      ]),
  ]

  static let combinations: [KeywordCase] = [
    KeywordCase(["allOf": [["minimum": 1], ["maximum": 2]]], accepts: [1, 2], rejects: [0, 3]),
    KeywordCase(["anyOf": [["type": "string"], ["minimum": 5]]], accepts: ["a", 5], rejects: [4]),
    KeywordCase(["oneOf": [["multipleOf": 2], ["multipleOf": 3]]], accepts: [2, 3], rejects: [6, 1]),
    KeywordCase(["not": ["type": "string"]], accepts: [1], rejects: ["a"]),
    KeywordCase(
      ["if": ["type": "string"], "then": ["minLength": 1], "else": ["minimum": 0]], accepts: ["a", 0, nil],
      rejects: ["", -1]),
    KeywordCase(
      ["$ref": "#/$defs/a", "$defs": ["a": ["type": "string"]], "minLength": 2], accepts: ["ab"], rejects: ["a", 1]),
  ]

  @Test(arguments: values + numbers) func checksValuesAndNumbers(_ test: KeywordCase) throws { try test.check() }

  @Test(arguments: strings + arrays) func checksStringsAndArrays(_ test: KeywordCase) throws { try test.check() }

  @Test(arguments: objects + combinations) func checksObjectsAndCombinations(_ test: KeywordCase) throws {
    try test.check()
  }
}
