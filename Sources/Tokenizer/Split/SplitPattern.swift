/// What a text is split at, or what is replaced in it.
enum SplitPattern: Sendable {
  case known(KnownPattern)
  case regex(PatternRegex)
  case literal([UInt8])

  /// Reads `{"String": …}` or `{"Regex": …}`.
  init(_ field: TokenizerField) throws(TokenizerError) {
    if let literal = field.member("String") {
      let bytes = Array(try literal.string().utf8)
      // An empty one matches between all characters, as the empty expression does.
      self = bytes.isEmpty ? try Self.compile("", literal) : .literal(bytes)
    } else if let regex = field.member("Regex") {
      let pattern = try regex.string()
      if let known = KnownPattern(pattern) { self = .known(known) } else { self = try Self.compile(pattern, regex) }
    } else {
      throw field.malformed("a pattern is a `String` or a `Regex`")
    }
  }

  private static func compile(_ pattern: String, _ field: TokenizerField) throws(TokenizerError) -> SplitPattern {
    do {
      return .regex(try PatternRegex(pattern))
    } catch {
      throw error.isSyntax
        ? field.malformed("the regular expression is not valid: \(error.message)")
        : field.unsupported("the regular expression uses what is not supported: \(error.message)")
    }
  }

  /// Hands over each match in a part of a text, in order.
  func forEachMatch(in text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ body: (Int, Int) -> Void) {
    switch self {
    case .known(let pattern): pattern.forEachMatch(in: text, start, end, body)
    case .regex(let regex): regex.forEachMatch(in: text, start, end, body)
    case .literal(let bytes): Self.forEachOccurrence(of: bytes, in: text, start, end, body)
    }
  }

  private static func forEachOccurrence(
    of bytes: [UInt8], in text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ body: (Int, Int) -> Void
  ) {
    bytes.withUnsafeBufferPointer { wanted in
      var place = start
      let last = end - wanted.count
      while place <= last {
        var length = 0
        while length < wanted.count, text[place + length] == wanted[length] { length += 1 }
        if length == wanted.count {
          body(place, place + length)
          place += length
        } else {
          place += 1
        }
      }
    }
  }
}
