import OrderedJSON

/// Drops an answer whose content words all stand in the question already: it says nothing new.
///
/// An answer that chooses ("Is it red or blue?" – "Blue.") or agrees says something; so only an answer with at least
/// three content words, and with most of the question's, counts as a repetition.
struct RepeatsQuestion: FilterRule {
  static let name = RuleName.repeatsQuestion.rawValue

  let options: FilterOptions

  func finding(on subject: FilterSubject) -> Finding? {
    guard subject.calls.isEmpty else { return nil }
    let question = ContentWords(WordList(subject.question))
    let answer = ContentWords(WordList(subject.answer))
    guard answer.keys.count >= 3, !question.keys.isEmpty else { return nil }
    let shared = answer.keys.filter { question.set.contains($0) }.count
    let share = Double(shared) / Double(answer.keys.count)
    let covered = Double(question.set.intersection(answer.set).count) / Double(question.set.count)
    guard share >= options.repetition, covered >= 0.6 else { return nil }
    return Finding(
      "the answer merely repeats the question",
      values: ["shared": .double((share * 1000).rounded() / 1000)])
  }
}
