/// A regular expression that finds the places where a text is split or replaced.
struct PatternRegex: Sendable {
  private let program: PatternProgram

  /// Reads a pattern.
  /// - Throws: `PatternParser.Failure` where it is no pattern, or uses what is not supported.
  init(_ pattern: String) throws(PatternParser.Failure) {
    program = try PatternProgram(PatternParser.parse(pattern))
  }

  /// Hands over each match in a part of a text, which nothing outside of it influences, in order.
  ///
  /// An empty match counts, but not right after another match.
  func forEachMatch(in text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ body: (Int, Int) -> Void) {
    program.steps.withUnsafeBufferPointer { steps in
      program.sets.withUnsafeBufferPointer { sets in
        var matcher = PatternMatcher(
          text: text, start: start, end: end, steps: steps, sets: sets, marks: program.marks)
        var place = start
        var lastEnd = -1
        while place <= end {
          let matchEnd = matcher.match(at: place)
          if matcher.isExhausted { return }
          if matchEnd > place || matchEnd == place && matchEnd != lastEnd {
            body(place, matchEnd)
            lastEnd = matchEnd
            if matchEnd > place {
              place = matchEnd
              continue
            }
          }
          guard place < end else { return }
          place += ByteString.length(text[place])
        }
      }
    }
  }
}
