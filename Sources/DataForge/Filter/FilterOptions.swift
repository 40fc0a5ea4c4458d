/// The bounds of the filter's rules.
public struct FilterOptions: Codable, Hashable, Sendable {
  /// The names of the rules that are applied; `nil` means all.
  public var only: [String]?
  /// Characters (what a reader counts as one) that a question needs at least and may have at most.
  public var questionCharacters: ClosedRange<Int>
  /// Characters that an answer needs at least and may have at most.
  public var answerCharacters: ClosedRange<Int>
  /// From which share of an answer's content words, taken from the question, the answer only repeats it.
  public var repetition: Double
  /// From which Jaccard similarity of five-letter shingles two samples are near duplicates.
  public var nearDuplicate: Double
  /// Which share of an answer's content words the evidence must hold at least.
  public var grounding: Double
  /// Whether each number of an answer must stand in the evidence or the question.
  public var groundedNumbers: Bool
  /// Which share of an answer's signs may be neither letter, digit nor space.
  public var symbols: Double
  /// Which share of an answer may lie in phrases that it says over and over.
  public var loops: Double

  /// Sets the bounds; the defaults drop what is surely bad.
  public init(
    only: [String]? = nil, questionCharacters: ClosedRange<Int> = 8...2_000,
    answerCharacters: ClosedRange<Int> = 1...20_000, repetition: Double = 1, nearDuplicate: Double = 0.8,
    grounding: Double = 0.4, groundedNumbers: Bool = true, symbols: Double = 0.4, loops: Double = 0.5
  ) {
    self.only = only
    self.questionCharacters = questionCharacters
    self.answerCharacters = answerCharacters
    self.repetition = repetition
    self.nearDuplicate = nearDuplicate
    self.grounding = grounding
    self.groundedNumbers = groundedNumbers
    self.symbols = symbols
    self.loops = loops
  }

  enum CodingKeys: String, CodingKey {
    case only
    case questionCharacters = "question_characters"
    case answerCharacters = "answer_characters"
    case repetition
    case nearDuplicate = "near_duplicate"
    case grounding
    case groundedNumbers = "grounded_numbers"
    case symbols, loops
  }
}
