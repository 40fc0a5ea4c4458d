/// Says yes or no to a value, and stops at the first no. Makes no text.
struct SchemaAcceptor {
  /// What ended a check before its time.
  enum Stop: Sendable {
    case tooDeep
    case tooLong
    /// The source of the regular expression.
    case pattern(String)
  }

  /// Steps that one regular expression may take on one text, and further ones for each byte of it.
  static let patternSteps = 1_000_000
  static let patternStepsPerByte = 16

  /// Bytes of stack that a check may use: what a thread of 512 KiB has to spare.
  static let maximumStack: UInt = 320 * 1024

  let program: SchemaProgram
  private(set) var stop: Stop?
  private var steps: Int
  private var depth = 0
  /// Where the stack stood when the check began.
  private let stackStart = Self.stackPosition()
  /// The resources under way, outermost first; kept only where dynamic references need them.
  private var scopes: [Int] = []

  init(program: SchemaProgram, steps: Int = JSONSchema.maximumSteps) {
    self.program = program
    self.steps = steps
  }

  mutating func acceptsRoot(_ value: JSONValue) -> Bool {
    // A check that was stopped may have counted its own end as a no within a `not`.
    accepts(program.root.node, value, nil) && stop == nil
  }

  /// - Parameter marks: where to note what was looked at; `nil` where nobody asks.
  mutating func accepts(_ start: SchemaNode, _ value: JSONValue, _ marks: SchemaMarks?) -> Bool {
    var node = start
    while let alias = node.alias { node = alias.node }
    if let verdict = node.verdict { return verdict }
    guard enter(node) else { return false }
    defer { leave(node) }
    guard node.types.allows(value) else { return false }
    if let values = node.values, !values.allows(value) { return false }
    switch value {
    case .string(let text):
      if let checks = node.strings, !accepts(text, checks) { return false }
    case .integer, .bigInteger, .double:
      if let checks = node.numbers, !Self.accepts(value, checks) { return false }
    default: break
    }
    if !node.tracksEvaluated { return acceptsParts(node, value, marks) }
    return acceptsTracking(node, value, marks)
  }

  private mutating func acceptsParts(_ node: SchemaNode, _ value: JSONValue, _ marks: SchemaMarks?) -> Bool {
    switch value {
    case .array(let items):
      if let checks = node.arrays, !accepts(items, checks, marks) { return false }
    case .object(let members):
      if let checks = node.objects, !accepts(members, value, checks, marks) { return false }
    default: break
    }
    guard let combined = node.combined else { return true }
    return acceptsCombined(combined, value, marks)
  }

  /// As `acceptsParts`, with the unevaluated items and properties.
  @inline(never)
  private mutating func acceptsTracking(_ node: SchemaNode, _ value: JSONValue, _ marks: SchemaMarks?) -> Bool {
    let own = SchemaMarks()
    guard acceptsParts(node, value, own) else { return false }
    switch value {
    case .array(let items):
      if let rest = node.unevaluatedItems {
        for index in items.indices where !own.items.contains(index) {
          guard accepts(rest.node, items[index], nil) else { return false }
        }
        own.markItems(upTo: items.count)
      }
    case .object(let members):
      if let rest = node.unevaluatedProperties {
        for index in members.indices where !own.properties.contains(index) {
          guard accepts(rest.node, members[index].value, nil) else { return false }
          own.markProperty(index)
        }
      }
    default: break
    }
    marks?.formUnion(own)
    return true
  }

  /// The marks that a schema's parts make on a value that they accept, before the unevaluated ones are asked.
  mutating func marks(of node: SchemaNode, _ value: JSONValue) -> SchemaMarks {
    let marks = SchemaMarks()
    _ = acceptsParts(node, value, marks)
    return marks
  }

  /// About where the stack stands: frames are much larger in a build without optimisation, so counting them is not
  /// enough.
  @inline(never)
  private static func stackPosition() -> UInt {
    var mark: UInt8 = 0
    return withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) }
  }

  /// Counts the step and notes the resource. False where a limit is reached; then every further step fails at once.
  mutating func enter(_ node: SchemaNode) -> Bool {
    let usedStack = stackStart &- Self.stackPosition()
    guard depth < JSONSchema.maximumDepth, usedStack < Self.maximumStack, steps > 0 else {
      if stop == nil { stop = steps > 0 ? .tooDeep : .tooLong }
      steps = 0
      return false
    }
    steps -= 1
    depth += 1
    if program.isDynamic { scopes.append(node.resource) }
    return true
  }

  mutating func leave(_ node: SchemaNode) {
    depth -= 1
    if program.isDynamic { scopes.removeLast() }
  }

  /// Where a dynamic reference leads from here.
  func target(of reference: SchemaDynamicReference) -> SchemaNode {
    for scope in scopes {
      if let target = reference.targets[scope] { return target.node }
    }
    return reference.fallback.node
  }

  @inline(never)
  mutating func accepts(_ text: String, _ checks: SchemaStringChecks) -> Bool {
    if !Self.hasLength(text, checks) { return false }
    if let pattern = checks.pattern, !matches(text, pattern) { return false }
    if let format = checks.format, !format.accepts(text) { return false }
    return true
  }

  mutating func matches(_ text: String, _ pattern: ECMARegex) -> Bool {
    guard steps > 0 else { return false }
    let allowance = Self.patternSteps + text.utf8.count * Self.patternStepsPerByte
    var budget = allowance
    let outcome = pattern.search(text, budget: &budget)
    // A step of a regular expression is smaller than one of a schema.
    steps -= (allowance - budget) / 4
    switch outcome {
    case .found: return true
    case .notFound: return false
    case .tookTooLong:
      if stop == nil { stop = .pattern(pattern.source) }
      steps = 0
      return false
    }
  }

  /// Lengths in code points; counts only where the number of bytes does not tell.
  static func hasLength(_ text: String, _ checks: SchemaStringChecks) -> Bool {
    let bytes = text.utf8.count
    let isSurelyLong = bytes / 4 >= checks.minimum
    let isSurelyShort = bytes <= checks.maximum
    if isSurelyLong && isSurelyShort { return true }
    if bytes < checks.minimum { return false }
    let count = text.withBytes { $0.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } }
    return count >= checks.minimum && count <= checks.maximum
  }

  static func accepts(_ value: JSONValue, _ checks: SchemaNumberChecks) -> Bool {
    if let bound = checks.minimum, let order = ExactNumber.order(value, bound), order < 0 { return false }
    if let bound = checks.maximum, let order = ExactNumber.order(value, bound), order > 0 { return false }
    if let bound = checks.exclusiveMinimum, let order = ExactNumber.order(value, bound), order <= 0 { return false }
    if let bound = checks.exclusiveMaximum, let order = ExactNumber.order(value, bound), order >= 0 { return false }
    if let divisor = checks.multipleOf, !divisor.divides(value) { return false }
    return true
  }
}
