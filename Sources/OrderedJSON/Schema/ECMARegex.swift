/// A regular expression of ECMA-262 as JSON Schema means it: with the `u` flag, searching anywhere in the text.
///
/// Covered: groups, named groups, greedy and lazy quantifiers, lookahead, lookbehind of any width, backreferences,
/// classes, `\p{…}` for general categories, the common scripts and the binary properties that the standard library
/// knows. Not covered: flags (`(?i:…)`) and the `v` flag's set operations, both of which are named errors.
///
/// Compiled once, then matched by backtracking over the text's UTF-8 bytes, without recursion (lookarounds recurse, to
/// a fixed depth) and within a budget of steps, so that no pattern can hang or overflow the stack.
struct ECMARegex: Sendable {
  /// Why a pattern is not ECMA-262.
  struct SyntaxError: Error, Hashable, Sendable {
    var reason: String
    /// The code point of the pattern at which reading stopped, from 0.
    var offset: Int
  }

  /// How a search ended.
  enum Outcome: Sendable {
    case found, notFound
    /// The budget ran out first.
    case tookTooLong
  }

  /// How a pattern's unneeded escapes are read.
  enum Strictness: Sendable {
    /// As the standard says: `\-` outside a class is an error.
    case standard
    /// As writers of schemas mean it: a backslash before punctuation means the punctuation, `]` and `}` may stand
    /// alone.
    case tolerant
  }

  let source: String
  let program: ECMARegexProgram

  init(_ source: String, strictness: Strictness = .tolerant) throws(SyntaxError) {
    self.source = source
    var parser = ECMARegexParser(source, strictness: strictness)
    let tree = try parser.parse()
    program = try ECMARegexCompiler.program(
      for: tree, captureCount: parser.captureCount, keepsCaptures: parser.hasBackreferences)
  }

  /// Looks for the pattern anywhere in the text; takes what it costs from `budget`.
  func search(_ text: String, budget: inout Int) -> Outcome {
    text.withBytes { bytes in
      var matcher = ECMARegexMatcher(program: program, text: bytes, steps: budget)
      let outcome = matcher.search()
      budget = max(0, matcher.steps)
      return outcome
    }
  }

  /// Whether the pattern occurs in the text; `nil` where a million steps do not tell.
  func matches(_ text: String) -> Bool? {
    var budget = 1_000_000
    return switch search(text, budget: &budget) {
    case .found: true
    case .notFound: false
    case .tookTooLong: nil
    }
  }
}
