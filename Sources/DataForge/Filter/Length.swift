import OrderedJSON

/// Drops a question or an answer that is too short to mean anything, or longer than a sample should be.
struct Length: FilterRule {
  static let name = RuleName.length.rawValue

  let options: FilterOptions

  func finding(on subject: FilterSubject) -> Finding? {
    finding("question", subject.question, options.questionCharacters)
      ?? (subject.calls.isEmpty ? finding("answer", subject.answer, options.answerCharacters) : nil)
  }

  private func finding(_ what: String, _ text: String, _ bounds: ClosedRange<Int>) -> Finding? {
    // A sign of a script without spaces says about as much as three letters; nobody writes such questions longer.
    let weight = text.unicodeScalars.reduce(into: 0) { $0 += TextScript.isWrittenWithoutSpaces($1) ? 3 : 1 }
    let count = text.count
    let values: JSONValue = ["part": .string(what), "characters": .integer(count)]
    if max(weight, count) < bounds.lowerBound {
      return Finding("the \(what) has \(count) characters, fewer than \(bounds.lowerBound)", values: values)
    }
    if count > bounds.upperBound {
      return Finding("the \(what) has \(count) characters, more than \(bounds.upperBound)", values: values)
    }
    return nil
  }
}
