import OrderedJSON

/// Drops an answer that refuses, or says that it cannot know.
///
/// A model that is trained on such answers learns to refuse what it could answer. Looks at the beginning of the answer
/// only, and only at what a refusing model writes: "the printer cannot print on glass" is no refusal.
struct Refusal: FilterRule {
  static let name = RuleName.refusal.rawValue

  func finding(on subject: FilterSubject) -> Finding? {
    let words = WordList(String(subject.answer.prefix(400)))
    if let phrase = Self.anywhere.first(in: words) { return found(phrase) }
    if let phrase = Self.atStart.prefix(of: words, at: Self.endOfPoliteness(in: words)) { return found(phrase.text) }
    for source in Self.sources.ends(in: words) {
      guard let verb = Self.saysNothing.prefix(of: words, at: source.end) else { continue }
      return found("\(source.text) \(verb.text)")
    }
    return nil
  }

  private func found(_ phrase: String) -> Finding {
    Finding("the answer refuses or says that it cannot know (\"\(phrase)\")", values: ["phrase": .string(phrase)])
  }

  private static func endOfPoliteness(in words: WordList) -> Int {
    var offset = 0
    while let phrase = politeness.prefix(of: words, at: offset) { offset = phrase.end }
    return offset
  }

  private static let politeness = Phrases([
    "i'm sorry", "i am sorry", "sorry", "i apologize", "i apologise", "unfortunately", "my apologies", "but",
    "however", "no",
  ])

  private static let anywhere = Phrases([
    "as an ai", "as a language model", "as an artificial intelligence", "i am an ai", "i'm an ai",
    "i cannot assist", "i can't assist", "i cannot help with", "i can't help with", "i am unable to provide",
    "i'm unable to provide", "i cannot provide", "i can't provide", "i cannot answer", "i can't answer",
    "i am not able to answer", "i'm not able to answer", "my knowledge cutoff", "i don't have access to",
    "i do not have access to", "i don't have enough information", "i do not have enough information",
    "there is not enough information to", "there is no information in the", "cannot be determined from the",
    "can't be determined from the", "cannot be answered from the", "cannot be answered based on",
    "not mentioned in the passage", "not mentioned in the text", "not mentioned in the context",
    "not specified in the passage", "not specified in the text", "not specified in the context",
    "not provided in the passage", "not provided in the text", "not provided in the context",
    "not stated in the passage", "not stated in the text", "not stated in the context", "no answer can be found",
  ])

  private static let atStart = Phrases([
    "i cannot", "i can't", "i can not", "i am unable to", "i'm unable to", "i am not able to", "i'm not able to",
    "i don't know", "i do not know", "i'm not sure", "i am not sure", "i won't", "i will not", "i must decline",
    "unable to answer", "cannot answer", "can't answer", "answer not", "not mentioned", "not specified",
    "not stated", "not provided", "n/a", "unanswerable", "information not", "there is no mention of",
    "there is no information",
  ])

  private static let sources = Phrases([
    "the passage", "the text", "the context", "the document", "the excerpt", "the provided text",
    "the provided passage", "the provided context", "the given text", "the given passage", "the given context",
    "this passage", "this text", "the source",
  ])

  private static let saysNothing = Phrases(
    ["does not", "doesn't", "do not", "don't"].flatMap { negation in
      [
        "mention", "say", "provide", "specify", "contain", "state", "include", "give", "explicitly", "discuss",
        "answer", "directly", "describe", "explain", "tell", "indicate", "address", "offer", "define",
      ].map { "\(negation) \($0)" }
    })
}
