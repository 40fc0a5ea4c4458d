/// Says what is wrong with a value that a schema does not accept.
///
/// Walks the schema in the order in which it is read and asks a `SchemaAcceptor` where several schemas compete, so that
/// it shares its limits.
struct SchemaReporter {
  let limit: Int
  var acceptor: SchemaAcceptor
  private(set) var violations: [SchemaViolation] = []
  var path: [Step] = []
  /// What was said already: a schema that is reached on two ways fails once.
  private var said: Set<SchemaViolation> = []

  enum Step {
    case key(String)
    case index(Int)
  }

  init(program: SchemaProgram, limit: Int, steps: Int = JSONSchema.maximumSteps) {
    self.limit = limit
    acceptor = SchemaAcceptor(program: program, steps: steps)
  }

  mutating func report(_ value: JSONValue) -> [SchemaViolation] {
    let root = acceptor.program.root.node
    explain(root, value)
    if let stop = acceptor.stop {
      path = []
      // What stopped the check comes last and is always said.
      violations = Array(violations.prefix(limit - 1))
      add(root, stop)
    } else if violations.isEmpty {
      path = []
      add(root, "", "the value does not follow the schema")
    }
    return violations
  }

  /// Adds what is wrong; nothing where the schema accepts.
  mutating func explain(_ start: SchemaNode, _ value: JSONValue) {
    var node = start
    while let alias = node.alias { node = alias.node }
    guard violations.count < limit else { return }
    if let verdict = node.verdict {
      if !verdict { add(node, "", "nothing is allowed here, found \(SchemaWording.describe(value))") }
      return
    }
    guard acceptor.enter(node) else { return }
    defer { acceptor.leave(node) }
    let before = violations.count
    guard node.types.allows(value) else {
      add(node, "type", "expected \(SchemaWording.list(node.types)), found \(SchemaWording.describe(value))")
      return
    }
    if let values = node.values, !values.allows(value) { explain(values, value, node) }
    switch value {
    case .string(let text): if let checks = node.strings { explain(text, checks, node) }
    case .integer, .bigInteger, .double: if let checks = node.numbers { explain(value, checks, node) }
    case .array(let items): if let checks = node.arrays { explain(items, checks, node) }
    case .object(let members): if let checks = node.objects { explain(members, value, checks, node) }
    default: break
    }
    if let combined = node.combined { explainCombined(combined, value, node) }
    // With other faults the marks are incomplete, and an "unevaluated" would often be noise.
    if node.tracksEvaluated, violations.count == before { explainUnevaluated(node, value) }
  }

  mutating func add(_ node: SchemaNode, _ keyword: String, _ message: String) {
    guard violations.count < limit else { return }
    var pointer = ""
    for step in path {
      switch step {
      case .key(let key): pointer += "/" + SchemaPointer.escaped(key)
      case .index(let index): pointer += "/\(index)"
      }
    }
    let violation = SchemaViolation(
      instancePath: pointer, keyword: keyword,
      schemaPath: keyword.isEmpty ? node.path : node.path + "/" + SchemaPointer.escaped(keyword), message: message)
    if said.insert(violation).inserted { violations.append(violation) }
  }

  private mutating func add(_ node: SchemaNode, _ stop: SchemaAcceptor.Stop) {
    switch stop {
    case .tooDeep:
      add(node, "", "the check was given up: too many schemas stand inside each other")
    case .tooLong: add(node, "", "the check was given up: it took too many steps")
    case .pattern(let source):
      add(
        node, "pattern", "pattern took too long: \(SchemaWording.clipped(source)) has too many ways to match the text")
    }
  }

  @inline(never)
  private mutating func explain(_ checks: SchemaValueChecks, _ value: JSONValue, _ node: SchemaNode) {
    let found = SchemaWording.describe(value)
    let allowed = checks.constant.map { [$0] } ?? checks.allowed
    if allowed.count == 1 {
      let keyword = checks.constant == nil ? checks.keyword : "const"
      add(node, keyword, "expected \(SchemaWording.describe(allowed[0])), found \(found)")
      return
    }
    var message = "expected one of \(SchemaWording.alternatives(allowed.prefix(8).map(SchemaWording.short)))"
    if allowed.count > 8 { message += " (or \(allowed.count - 8) others)" }
    message += ", found \(found)"
    if let text = value.stringValue {
      message += SchemaNearestName.hint(for: text, among: allowed.compactMap(\.stringValue)) ?? ""
    }
    add(node, checks.keyword, message)
  }

  @inline(never)
  private mutating func explain(_ text: String, _ checks: SchemaStringChecks, _ node: SchemaNode) {
    let found = "the string " + SchemaWording.short(.string(text))
    if !SchemaAcceptor.hasLength(text, checks) {
      let count = text.unicodeScalars.count
      let (keyword, words) =
        count < checks.minimum
        ? ("minLength", "at least \(checks.minimum)") : ("maxLength", "at most \(checks.maximum)")
      add(node, keyword, "expected a string of \(words) characters, found one of \(count): \(found)")
    }
    if let pattern = checks.pattern, !acceptor.matches(text, pattern), acceptor.stop == nil {
      add(node, "pattern", "\(found) does not match the pattern \(SchemaWording.clipped(pattern.source))")
    }
    if let format = checks.format, !format.accepts(text) {
      add(node, "format", "\(found) is no valid \(format.rawValue)")
    }
  }

  @inline(never)
  private mutating func explain(_ value: JSONValue, _ checks: SchemaNumberChecks, _ node: SchemaNode) {
    let found = SchemaWording.describe(value)
    let bounds: [(String, JSONValue?, String, (Int) -> Bool)] = [
      ("minimum", checks.minimum, "at least", { $0 < 0 }), ("maximum", checks.maximum, "at most", { $0 > 0 }),
      ("exclusiveMinimum", checks.exclusiveMinimum, "more than", { $0 <= 0 }),
      ("exclusiveMaximum", checks.exclusiveMaximum, "less than", { $0 >= 0 }),
    ]
    for (keyword, bound, words, fails) in bounds {
      guard let bound, let order = ExactNumber.order(value, bound), fails(order) else { continue }
      add(node, keyword, "expected \(words) \(SchemaWording.short(bound)), found \(found)")
    }
    if let divisor = checks.multipleOf, !divisor.divides(value) {
      let words = checks.divisor.map(SchemaWording.short) ?? ""
      add(node, "multipleOf", "expected a multiple of \(words), found \(found)")
    }
  }
}
