/// One way to see a question in a sentence.
protocol QuestionPattern: Sendable {
  /// The question that the sentence answers; `nil` where the pattern does not fit or the question would not stand alone.
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft?
}
