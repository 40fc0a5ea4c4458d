import OrderedJSON

/// Drops an answer whose content words or numbers are not those of the evidence.
///
/// Says nothing where there is no evidence. A word counts as supported when any form of it stands in the evidence or
/// the question, so that honest paraphrase passes; a number has to be there itself.
struct Ungrounded: FilterRule {
  static let name = RuleName.ungrounded.rawValue

  let options: FilterOptions
  /// The evidence seen last: the samples of one chunk follow each other.
  private var last: (text: String, words: EvidenceWords)?

  init(options: FilterOptions) { self.options = options }

  mutating func finding(on subject: FilterSubject) -> Finding? {
    guard let evidence = subject.evidence, !subject.answer.isEmpty else { return nil }
    let score = GroundingScore(answer: subject.answer, question: subject.question, evidence: words(of: evidence))
    let values: JSONValue = [
      "support": .double((score.support * 1000).rounded() / 1000),
      "numbers": .array(score.strangeNumbers.map { .string($0) }),
    ]
    if options.groundedNumbers, let number = score.strangeNumbers.first {
      return Finding("the number \(number) stands neither in the evidence nor in the question", values: values)
    }
    if score.support < options.grounding {
      let percent = Int((score.support * 100).rounded())
      return Finding("only \(percent) % of what the answer says stands in the evidence", values: values)
    }
    return nil
  }

  private mutating func words(of evidence: String) -> EvidenceWords {
    if let last, last.text == evidence { return last.words }
    let words = EvidenceWords(evidence)
    last = (evidence, words)
    return words
  }
}
