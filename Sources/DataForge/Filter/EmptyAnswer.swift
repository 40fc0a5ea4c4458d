/// Drops a sample whose question or answer says nothing: no letter and no digit.
///
/// An assistant that answers by calling a tool need not say anything.
struct EmptyAnswer: FilterRule {
  static let name = RuleName.emptyAnswer.rawValue

  func finding(on subject: FilterSubject) -> Finding? {
    if subject.calls.isEmpty, !Self.says(subject.answer) { return Finding("the answer is empty") }
    if !Self.says(subject.question) { return Finding("the question is empty") }
    return nil
  }

  private static func says(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }
}
