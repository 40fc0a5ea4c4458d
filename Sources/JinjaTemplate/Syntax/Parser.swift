/// Reads a template's tokens into statements, as Jinja's own parser does.
struct Parser {
  private let tokens: [Token]
  private var position = 0
  /// The tags that are open, for messages.
  var openTags: [String] = []
  /// The tags that would close them, for messages.
  var awaitedTags: [[String]] = []
  private let stackFloor: UInt
  private var depth = 0

  /// How deep expressions and statements may stand in each other.
  static let deepest = 100
  /// How much of the stack parsing may use, in bytes.
  private static let stackBytes: UInt = 192 << 10

  init(_ tokens: [Token]) {
    self.tokens = tokens
    stackFloor = StackPointer.now() &- Self.stackBytes
  }

  /// Reads the whole template.
  mutating func parse() throws(SyntaxFailure) -> [Statement] { try parseBody(until: nil) }

  // MARK: tokens

  var current: Token { tokens[position] }
  var next: Token { tokens[min(position + 1, tokens.count - 1)] }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  func isName(_ name: String) -> Bool { current.kind == .name(name) }
  func isSymbol(_ symbol: Token.Symbol) -> Bool { current.kind == .symbol(symbol) }

  mutating func skip(_ symbol: Token.Symbol) -> Bool {
    guard isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func skip(name: String) -> Bool {
    guard isName(name) else { return false }
    advance()
    return true
  }

  mutating func expect(_ kind: Token.Kind) throws(SyntaxFailure) {
    guard current.kind == kind else { throw unexpected(Token(kind: kind, at: 0).description) }
    advance()
  }

  mutating func expectName() throws(SyntaxFailure) -> String {
    guard case .name(let name) = current.kind else { throw unexpected("name") }
    advance()
    return name
  }

  private func unexpected(_ expected: String) -> SyntaxFailure {
    if current.kind == .end {
      return failure("unexpected end of template, expected \(PythonRepr.quoted(expected)).")
    }
    return failure("expected token \(PythonRepr.quoted(expected)), got \(PythonRepr.quoted(current.description))")
  }

  func failure(_ message: String, at place: Int? = nil, kind: JinjaError.Kind = .syntax) -> SyntaxFailure {
    SyntaxFailure(kind: kind, message: message, at: place ?? current.at)
  }

  // MARK: depth

  /// Goes one level deeper; fails where that is too deep.
  mutating func descend() throws(SyntaxFailure) {
    depth += 1
    if depth > Self.deepest || StackPointer.now() < stackFloor {
      throw failure("the template is nested too deeply", kind: .recursion)
    }
  }

  mutating func ascend() { depth -= 1 }

  /// Makes an expression out of others.
  func make(_ kind: Expression.Kind, at place: Int, over parts: [Expression] = []) throws(SyntaxFailure) -> Expression {
    let height = (parts.map(\.height).max() ?? 0) + 1
    guard height <= Self.deepest else {
      throw failure("the expression is nested too deeply", at: place, kind: .recursion)
    }
    return Expression(kind: kind, at: place, height: height)
  }

  // MARK: bodies

  /// Reads what stands between a tag and the one that ends it.
  /// - Parameter keepsEnd: whether the name of the ending tag stays the current token.
  mutating func parseBlockBody(until ends: [String], keepsEnd: Bool = false) throws(SyntaxFailure) -> [Statement] {
    _ = skip(.colon)
    try expect(.blockEnd)
    let body = try parseBody(until: ends)
    if current.kind == .end { throw unclosed(nil, awaited: awaitedTags + [ends], at: current.at) }
    if !keepsEnd { advance() }
    return body
  }

  private mutating func parseBody(until ends: [String]?) throws(SyntaxFailure) -> [Statement] {
    try descend()
    if let ends { awaitedTags.append(ends) }
    defer {
      if ends != nil { awaitedTags.removeLast() }
      ascend()
    }
    var body: [Statement] = []
    var parts: [OutputPart] = []
    var partsStart = 0
    while true {
      if parts.isEmpty { partsStart = current.at }
      switch current.kind {
      case .data(let text):
        parts.append(.text(text))
        advance()
      case .variableBegin:
        advance()
        parts.append(.expression(try parseTuple()))
        try expect(.variableEnd)
      case .blockBegin:
        if !parts.isEmpty {
          body.append(Statement(kind: .output(parts), at: partsStart))
          parts = []
        }
        advance()
        if let ends, case .name(let name) = current.kind, ends.contains(name) { return body }
        body.append(try parseStatement())
        try expect(.blockEnd)
      default:
        if !parts.isEmpty { body.append(Statement(kind: .output(parts), at: partsStart)) }
        return body
      }
    }
  }

  /// Says which tag is missing.
  func unclosed(_ name: String?, awaited: [[String]], at place: Int) -> SyntaxFailure {
    var message = name.map { "Encountered unknown tag \(PythonRepr.quoted($0))." } ?? "Unexpected end of template."
    if let last = awaited.last {
      let wanted = last.map(PythonRepr.quoted).joined(separator: " or ")
      if let name, awaited.contains(where: { $0.contains(name) }) {
        message +=
          " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for \(wanted)."
      } else {
        message += " Jinja was looking for the following tags: \(wanted)."
      }
    }
    if let open = openTags.last {
      message += " The innermost block that needs to be closed is \(PythonRepr.quoted(open))."
    }
    return failure(message, at: place)
  }
}
