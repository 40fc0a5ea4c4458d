import OrderedJSON

/// Drops a question that only somebody who has the page before him can understand.
///
/// "What does the passage say about valves?" and "What is shown in Figure 3?" mean nothing in a dataset. "What does
/// Figure 3 of the pump manual show?" names its source and stays.
struct ContextDependent: FilterRule {
  static let name = RuleName.contextDependent.rawValue

  func finding(on subject: FilterSubject) -> Finding? {
    let words = WordList(subject.question)
    if let phrase = Self.phrases.first(in: words) { return found(phrase) }
    for noun in Self.nouns.ends(in: words) where !Self.isNamed(words, from: noun.end) { return found(noun.text) }
    for (index, word) in words.words.enumerated().dropLast() {
      let label = words.text(of: word)
      guard Self.labels.contains(label) else { continue }
      let next = words.words[index + 1]
      guard next.isNumber, !Self.isNamed(words, from: next.range.upperBound + 1) else { continue }
      return found("\(label) \(words.text(of: next))")
    }
    return nil
  }

  private func found(_ phrase: String) -> Finding {
    Finding(
      "the question points at its page (\"\(phrase)\") and cannot be understood without it",
      values: ["phrase": .string(phrase)])
  }

  /// Whether "of …", "in the …" or "from …" follows and says of what, and that isn't a page again.
  private static func isNamed(_ words: WordList, from offset: Int) -> Bool {
    guard offset < words.bytes.count, let link = links.prefix(of: words, at: offset) else { return false }
    return pages.prefix(of: words, at: link.end) == nil && link.end < words.bytes.count
  }

  private static let links = Phrases(["of", "in", "from", "about", "by"])

  private static let pages = Phrases([
    "the passage", "this passage", "the text", "this text", "the document", "this document", "the excerpt",
    "this section", "the section", "this chapter", "the above", "the figure", "the context", "this page", "the page",
  ])

  /// Say by themselves that something has to be looked at.
  private static let phrases = Phrases([
    "the passage", "this passage", "the given text", "the provided text", "the text above", "the above text",
    "the text below", "the following text", "the excerpt", "this excerpt", "the given context",
    "the provided context", "according to the text", "according to the document", "according to the context",
    "according to the article", "according to the author", "according to this", "based on the text",
    "based on the context", "based on the document", "mentioned above", "described above", "shown above",
    "given above", "listed above", "the figure above", "the table above", "the example above", "mentioned below",
    "shown below", "mentioned in the text", "mentioned in the document", "mentioned in the context",
    "in the text", "this snippet", "the snippet", "the previous section", "the previous chapter",
    "the next section", "the next chapter", "the preceding section", "the following section",
  ])

  /// Point at a page unless it is said of what they are.
  private static let nouns = Phrases([
    "this section", "this chapter", "this page", "this paragraph", "this document", "this figure", "this table",
    "this equation", "this article", "this text", "this manual", "this guide", "the document",
  ])

  private static let labels: Set<String> = [
    "figure", "fig", "table", "section", "chapter", "equation", "eq", "page", "appendix", "listing", "step",
  ]
}
