import OrderedJSON

/// Keeps a candidate whose quote stands in its chunk, and says where it is printed.
///
/// The quote is looked for as it was written, then without regard to white space, the form of quotation marks, dashes,
/// ligatures and soft hyphens; case counts. What is kept are the document's own words, never the backend's.
public struct ValidateStage: Stage {
  public static let name = StageName.validate

  /// What counts as a quote.
  public var options: ValidateOptions

  /// Takes the bounds that a quote must meet.
  public init(options: ValidateOptions = ValidateOptions()) { self.options = options }

  public var parameters: JSONValue { ["minimum_quote_letters": .integer(options.minimumQuoteLetters)] }

  public func run(_ input: CandidateInContext) async throws -> [Outcome<Judged>] {
    let quote = input.candidate.quote
    let weight = QuoteWeight(of: quote)
    if weight.isEmpty {
      let reason = "the reply quotes nothing, so its answer has no proof; ask for the sentence that it rests on"
      return [.rejected(try rejection(of: input, check: "quote-missing", reason: reason, values: [:]))]
    }
    if !weight.proves(atLeast: options.minimumQuoteLetters) {
      let reason =
        "the quote is so short that it would be found almost anywhere and proves nothing; "
        + "a quote needs two words and \(options.minimumQuoteLetters) letters or digits"
      let values: JSONValue = ["letters": .integer(weight.letters), "words": .integer(weight.words)]
      return [.rejected(try rejection(of: input, check: "quote-too-short", reason: reason, values: values))]
    }
    guard let citation = QuoteFinder.find(quote, in: input.chunk) else {
      let overlap = QuoteOverlap.ratio(of: quote, in: input.chunk.text)
      let reason =
        overlap < 1
        ? "the quote does not stand in the passage; the longest run of its words that does is \(percent(overlap)) of it"
        : "the quote does not stand in the passage: its words do, but with other signs between them"
      let values: JSONValue = ["overlap": .double((overlap * 1000).rounded() / 1000)]
      return [.rejected(try rejection(of: input, check: "quote-not-found", reason: reason, values: values))]
    }
    return [.kept(Judged(candidate: input.candidate, citation: citation))]
  }

  private func rejection(
    of input: CandidateInContext, check: String, reason: String, values: JSONValue
  ) throws -> Rejection {
    Rejection(
      stage: .validate, check: check, reason: reason, page: input.chunk.pages.first, values: values,
      id: input.candidate.id, item: try JSONValueEncoder().encode(input.candidate))
  }

  private func percent(_ ratio: Double) -> String { "\(Int((ratio * 100).rounded())) %" }
}
