/// A heading that is a question, as in lists of questions and answers: the paragraph below it answers.
struct HeadingQuestion: Sendable {
  /// The question that a heading asks, with the paragraph's first sentences as its answer.
  /// - Parameters:
  ///   - heading: the heading's place.
  ///   - paragraph: the place of the paragraph that follows it.
  func draft(_ heading: Range<Int>, _ paragraph: Range<Int>, _ passage: borrowing Passage) -> Draft? {
    guard !heading.isEmpty, passage.bytes[heading.upperBound - 1] == UInt8(ascii: "?") else { return nil }
    let tokens = WordTokenizer.tokens(of: passage.bytes, in: heading)
    guard let first = tokens.firstIndex(where: { isLetter(passage.bytes[$0.range.lowerBound]) }),
      (3...24).contains(tokens.count - first), !tokens.contains(where: { Self.hanging.contains($0.lower) }),
      let answer = answer(in: paragraph, passage)
    else { return nil }
    let question = passage.text(tokens[first].range.lowerBound..<heading.upperBound)
    return Draft(
      question: question.prefix(1).uppercased() + question.dropFirst(), answer: answer,
      reason: "The section asks this question itself, and these are the first words of its answer.", score: 0.95)
  }

  /// Whole sentences of the paragraph up to about four lines.
  private func answer(in paragraph: Range<Int>, _ passage: borrowing Passage) -> Range<Int>? {
    let sentences = SentenceSplitter.sentences(in: passage.bytes, from: paragraph)
    guard let first = sentences.first, first.count <= 500 else { return nil }
    let last = sentences.last { $0.upperBound - first.lowerBound <= 500 } ?? first
    let answer = first.lowerBound..<last.upperBound
    let tokens = WordTokenizer.tokens(of: passage.bytes, in: answer)
    let stop = passage.bytes[answer.upperBound - 1]
    guard tokens.count >= 5, stop == UInt8(ascii: ".") || stop == UInt8(ascii: "!") || stop == UInt8(ascii: ")"),
      let opening = tokens.first, opening.isCapitalised || opening.isCode,
      !["this", "these", "those"].contains(opening.lower),
      passage.bytes[answer.upperBound - 2] != UInt8(ascii: " "),
      passage.bytes[answer.upperBound - 2] != UInt8(ascii: "."),
      tokens.count(where: \.isCode) * 3 <= tokens.count + 2,
      !tokens.contains(where: { ["above", "below", "see", "previous", "section"].contains($0.lower) })
    else { return nil }
    return answer
  }

  private static let hanging: Set<String> = ["this", "these", "it", "they", "that", "those", "here", "them", "above"]
}
