/// The types that `type` names, as bits.
struct SchemaTypes: OptionSet, Sendable {
  let rawValue: UInt8

  static let null = SchemaTypes(rawValue: 1)
  static let boolean = SchemaTypes(rawValue: 2)
  static let integer = SchemaTypes(rawValue: 4)
  static let number = SchemaTypes(rawValue: 8)
  static let string = SchemaTypes(rawValue: 16)
  static let array = SchemaTypes(rawValue: 32)
  static let object = SchemaTypes(rawValue: 64)
  static let any = SchemaTypes(rawValue: 127)

  /// The types by name, in the order in which messages list them.
  static let names: [(name: String, type: SchemaTypes)] = [
    ("string", .string), ("integer", .integer), ("number", .number), ("boolean", .boolean), ("array", .array),
    ("object", .object), ("null", .null),
  ]

  @inline(__always)
  func allows(_ value: JSONValue) -> Bool {
    switch value {
    case .null: contains(.null)
    case .bool: contains(.boolean)
    case .integer, .bigInteger: !isDisjoint(with: [.integer, .number])
    case .double: contains(.number) || (contains(.integer) && ExactNumber.isIntegral(value))
    case .string: contains(.string)
    case .array: contains(.array)
    case .object: contains(.object)
    }
  }
}

/// A way from one compiled schema to another. The program owns all nodes, so that schemas may refer in circles.
struct SchemaLink: Sendable {
  unowned(unsafe) let node: SchemaNode
}

/// A compiled schema: what has to be asked of a value, sorted by the type of value.
///
/// Written by the compiler, which has it alone; nobody changes it afterwards. That makes sharing it safe, and the
/// run-time checks of exclusive access idle.
final class SchemaNode: @unchecked Sendable {
  /// Which resource it belongs to: what dynamic references look at.
  let resource: Int
  /// Where it stands, for messages.
  let path: String
  /// The answer of a boolean schema.
  @exclusivity(unchecked) var verdict: Bool?
  @exclusivity(unchecked) var types = SchemaTypes.any
  @exclusivity(unchecked) var values: SchemaValueChecks?
  @exclusivity(unchecked) var numbers: SchemaNumberChecks?
  @exclusivity(unchecked) var strings: SchemaStringChecks?
  @exclusivity(unchecked) var arrays: SchemaArrayChecks?
  @exclusivity(unchecked) var objects: SchemaObjectChecks?
  @exclusivity(unchecked) var combined: SchemaCombinedChecks?
  @exclusivity(unchecked) var unevaluatedItems: SchemaLink?
  @exclusivity(unchecked) var unevaluatedProperties: SchemaLink?
  /// Where the schema is a `$ref` and nothing else: where it leads.
  @exclusivity(unchecked) var alias: SchemaLink?

  init(resource: Int, path: String) {
    self.resource = resource
    self.path = path
  }

  /// Whether it has to know which items and properties were looked at.
  var tracksEvaluated: Bool { unevaluatedItems != nil || unevaluatedProperties != nil }
}

/// `enum` and `const`.
final class SchemaValueChecks: @unchecked Sendable {
  @exclusivity(unchecked) var keyword = "enum"
  @exclusivity(unchecked) var allowed: [JSONValue] = []
  /// All allowed values, where they are many.
  @exclusivity(unchecked) var lookup: Set<ExactValue> = []
  /// A `const` beside an `enum`.
  @exclusivity(unchecked) var constant: JSONValue?

  func allows(_ value: JSONValue) -> Bool {
    if case .string(let text) = value, constant == nil, lookup.isEmpty { return allows(text) }
    if let constant, !ExactValue.areEqual(constant, value) { return false }
    if !lookup.isEmpty { return lookup.contains(ExactValue(value: value)) }
    return allowed.contains { ExactValue.areEqual($0, value) }
  }
}

extension SchemaValueChecks {
  /// The usual case: a few words, one of which it has to be.
  private func allows(_ text: String) -> Bool {
    for case .string(let other) in allowed where other.hasSameBytes(as: text) { return true }
    return false
  }
}

/// What is asked of numbers.
final class SchemaNumberChecks: @unchecked Sendable {
  @exclusivity(unchecked) var minimum: JSONValue?
  @exclusivity(unchecked) var maximum: JSONValue?
  @exclusivity(unchecked) var exclusiveMinimum: JSONValue?
  @exclusivity(unchecked) var exclusiveMaximum: JSONValue?
  @exclusivity(unchecked) var multipleOf: ExactDivisor?
  /// The divisor as it was written.
  @exclusivity(unchecked) var divisor: JSONValue?
}

/// What is asked of strings. Lengths count code points.
final class SchemaStringChecks: @unchecked Sendable {
  @exclusivity(unchecked) var minimum = 0
  @exclusivity(unchecked) var maximum = Int.max
  @exclusivity(unchecked) var pattern: ECMARegex?
  @exclusivity(unchecked) var format: SchemaFormat?
}

/// What is asked of arrays.
final class SchemaArrayChecks: @unchecked Sendable {
  @exclusivity(unchecked) var minimum = 0
  @exclusivity(unchecked) var maximum = Int.max
  @exclusivity(unchecked) var isUnique = false
  @exclusivity(unchecked) var first: [SchemaLink] = []
  /// For the items after `first`, and the keyword that says so.
  @exclusivity(unchecked) var rest: SchemaLink?
  @exclusivity(unchecked) var restKeyword = "items"
  @exclusivity(unchecked) var contains: SchemaLink?
  @exclusivity(unchecked) var minimumContained = 1
  @exclusivity(unchecked) var maximumContained = Int.max
  @exclusivity(unchecked) var containsEvaluates = true
}

/// What is asked of objects.
final class SchemaObjectChecks: @unchecked Sendable {
  @exclusivity(unchecked) var minimum = 0
  @exclusivity(unchecked) var maximum = Int.max
  /// The keys that the schema names, each to its place in `properties`.
  @exclusivity(unchecked) var names = JSONObject()
  @exclusivity(unchecked) var properties: ContiguousArray<SchemaLink?> = []
  /// Bits of the required keys among the first 64 names.
  @exclusivity(unchecked) var requiredMask: UInt64 = 0
  /// All required keys; those of them that have no bit are looked up.
  @exclusivity(unchecked) var required: [String] = []
  @exclusivity(unchecked) var requiredBeyondMask: [String] = []
  @exclusivity(unchecked) var patterns: [(regex: ECMARegex, schema: SchemaLink)] = []
  @exclusivity(unchecked) var additional: SchemaLink?
  @exclusivity(unchecked) var propertyNames: SchemaLink?
  @exclusivity(unchecked) var dependentRequired: [(key: String, needed: [String])] = []
  @exclusivity(unchecked) var dependentSchemas: [(key: String, schema: SchemaLink)] = []
}

/// What other schemas say about the same value.
final class SchemaCombinedChecks: @unchecked Sendable {
  @exclusivity(unchecked) var reference: SchemaLink?
  @exclusivity(unchecked) var dynamicReference: SchemaDynamicReference?
  @exclusivity(unchecked) var all: [SchemaLink] = []
  @exclusivity(unchecked) var any: [SchemaLink] = []
  @exclusivity(unchecked) var one: [SchemaLink] = []
  @exclusivity(unchecked) var not: SchemaLink?
  @exclusivity(unchecked) var condition: SchemaLink?
  @exclusivity(unchecked) var then: SchemaLink?
  @exclusivity(unchecked) var otherwise: SchemaLink?
}

/// A `$dynamicRef`: leads to the outermost resource under way that has the anchor.
final class SchemaDynamicReference: @unchecked Sendable {
  let anchor: String
  let fallback: SchemaLink
  /// The anchor's schema in each resource that has it.
  @exclusivity(unchecked) var targets: [Int: SchemaLink] = [:]

  init(anchor: String, fallback: SchemaLink) {
    self.anchor = anchor
    self.fallback = fallback
  }
}

/// A compiled schema with all that it refers to.
final class SchemaProgram: Sendable {
  /// Keeps the nodes alive; links do not.
  let nodes: [SchemaNode]
  let root: SchemaLink
  /// Whether the way to a schema can matter.
  let isDynamic: Bool

  init(nodes: [SchemaNode], root: SchemaLink, isDynamic: Bool) {
    self.nodes = nodes
    self.root = root
    self.isDynamic = isDynamic
  }
}
