/// A question that a pattern found, before the best are chosen.
struct Draft: Sendable {
  var question: String
  /// UTF-8 offsets in the passage of the words that answer it.
  var answer: Range<Int>
  /// Why these words answer it, as a sentence that follows their citation.
  var reason: String
  /// How good the question is likely to be, about 0 to 1.
  var score: Double
}
