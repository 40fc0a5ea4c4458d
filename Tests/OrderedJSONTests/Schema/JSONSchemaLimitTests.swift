import Foundation
import Testing

@testable import OrderedJSON

/// Hostile schemas and values, on a thread with the 512 KiB of stack that a worker may have.
@Suite struct JSONSchemaLimitTests {
  /// Runs on a small stack; an overflow would end the process.
  private func onSmallStack<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Result { try body() }) }
      thread.stackSize = 512 * 1024
      thread.start()
    }
  }

  private static func nested(_ depth: Int) -> JSONValue {
    (0..<depth).reduce(1) { value, _ in ["a": value] }
  }

  @Test(arguments: [
    ##"{"properties": {"a": {"$ref": "#"}}}"##,
    ##"{"anyOf": [{"properties": {"a": {"$ref": "#"}}, "required": ["b"]}, {"required": ["b"]}]}"##,
    ##"{"oneOf": [{"properties": {"a": {"$ref": "#"}}}, {"properties": {"a": {"$ref": "#"}}}]}"##,
    ##"{"if": {"properties": {"a": {"$ref": "#"}}}, "then": false}"##,
    ##"{"unevaluatedProperties": {"$ref": "#"}, "anyOf": [{"required": ["a"]}]}"##,
    ##"{"$dynamicAnchor": "x", "dependentSchemas": {"a": {"properties": {"a": {"$dynamicRef": "#x"}}}}}"##,
    ##"{"not": {"not": {"$ref": "#"}}}"##,
  ]) func endsDeepValuesAndLoopsWithAName(_ text: String) async throws {
    let violations = try await onSmallStack {
      let schema = try JSONSchema(JSONValue(parsing: text))
      return (schema.accepts(Self.nested(450)), schema.violations(in: Self.nested(450)))
    }
    #expect(!violations.0)
    #expect(violations.1.last?.message == "the check was given up: too many schemas stand inside each other")
  }

  @Test func goesDeepEnoughForRealValues() async throws {
    let accepted = try await onSmallStack {
      try JSONSchema(["properties": ["a": ["$ref": "#"]]]).accepts(Self.nested(32))
    }
    #expect(accepted)
  }

  @Test func endsExponentialSchemas() throws {
    var definitions: JSONObject = ["d0": ["type": "integer"]]
    for level in 1...40 {
      let link: JSONValue = ["$ref": .string("#/$defs/d\(level - 1)")]
      definitions["d\(level)"] = ["allOf": [link, link]]
    }
    let schema = try JSONSchema(["$defs": .object(definitions), "$ref": "#/$defs/d40"])
    var acceptor = SchemaAcceptor(program: schema.program, steps: 10_000)
    let accepted = acceptor.acceptsRoot(1)
    #expect(!accepted)
    var reporter = SchemaReporter(program: schema.program, limit: 5, steps: 10_000)
    let violations = reporter.report("x")
    #expect(violations.last?.message == "the check was given up: it took too many steps")
  }

  @Test(arguments: ["^(a+)+$", "(a|a)*$", "^(.*)*\\1b$", "(?=(a+)+b)"]) func endsCatastrophicPatterns(
    _ pattern: String
  ) async throws {
    let text = JSONValue.string(String(repeating: "a", count: 60) + "c")
    let violations = try await onSmallStack {
      try JSONSchema(["items": ["pattern": .string(pattern)]]).violations(
        in: .array(Array(repeating: text, count: 100)))
    }
    #expect(violations.contains { $0.message.hasPrefix("pattern took too long: ") })
  }

  @Test func aStoppedPatternIsNoReasonToAcceptWithinNot() throws {
    let schema = try JSONSchema(["not": ["pattern": "^(a+)+$"]])
    #expect(!schema.accepts(.string(String(repeating: "a", count: 60) + "c")))
  }

  @Test func followsLongChainsOfReferences() async throws {
    let accepted = try await onSmallStack {
      var definitions = JSONObject()
      for index in 0..<5000 { definitions["d\(index)"] = ["$ref": .string("#/$defs/d\(index + 1)")] }
      definitions["d5000"] = ["type": "string"]
      let schema = try JSONSchema(["$defs": .object(definitions), "$ref": "#/$defs/d0"])
      return [schema.accepts("a"), schema.accepts(1)]
    }
    #expect(accepted == [true, false])
  }

  @Test func comparesDeepAndLargeValuesWithoutRecursion() async throws {
    let accepted = try await onSmallStack {
      let schema = try JSONSchema(["uniqueItems": true])
      let deep = JSONValue.array((0..<10).map { _ in Self.nested(400) })
      let wide = JSONValue.array((0..<20_000).map { ["a": .integer($0)] })
      return [schema.accepts(deep), schema.accepts(wide)]
    }
    #expect(accepted == [false, true])
  }

  @Test func refusesPatternsThatAreNestedTooDeep() {
    let pattern = String(repeating: "(", count: 1000) + String(repeating: ")", count: 1000)
    #expect(throws: JSONSchemaError.self) { try JSONSchema(["pattern": .string(pattern)]) }
  }
}
