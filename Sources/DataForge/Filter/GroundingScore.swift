/// How far an answer's words are those of its evidence.
struct GroundingScore {
  /// Which share of the answer's content words stands in the evidence or, being the question's own, is taken as given.
  var support: Double
  /// Which share of the answer's neighbouring words stands side by side in the evidence, too: high where it quotes.
  var order: Double
  /// Numbers of the answer that stand neither in the evidence nor in the question, as the answer has them.
  var strangeNumbers: [String]

  /// One number to rank answers by, from 0 (invented) to 1 (copied).
  var value: Double { strangeNumbers.isEmpty ? 0.25 * support + 0.75 * order : 0.75 * (0.25 * support + 0.75 * order) }

  /// Compares an answer with its evidence; words and numbers of the question count as known.
  init(answer: String, question: String, evidence: EvidenceWords) {
    let words = WordList(answer)
    let asked = ContentWords(WordList(question)).set
    let content = ContentWords(words).keys.filter { !asked.contains($0) }
    let supported = content.filter { evidence.keys.contains($0) }.count
    support = content.isEmpty ? 1 : Double(supported) / Double(content.count)

    let keys = words.words.map { ContentWords.key(of: $0, in: words) }
    let pairs = zip(keys, keys.dropFirst()).map { EvidenceWords.pair($0, $1) }
    let ordered = pairs.filter { evidence.pairs.contains($0) }.count
    order = pairs.isEmpty ? support : Double(ordered) / Double(pairs.count)

    strangeNumbers = Self.numbers(of: answer, in: words)
      .filter { !evidence.keys.contains($0.hash) && !evidence.numbers.contains($0.hash) && !asked.contains($0.hash) }
      .map { words.text(of: $0) }
  }

  /// The answer's numbers without those that only count its own list items (`1.` at the beginning of a line).
  private static func numbers(of answer: String, in words: WordList) -> [WordList.Word] {
    let numbers = words.words.filter(\.isNumber)
    guard !numbers.isEmpty else { return [] }
    var enumerators: Set<String> = []
    for line in answer.split(whereSeparator: \.isNewline) {
      let digits = line.drop { $0 == " " || $0 == "\t" || $0 == "(" }.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, digits.count <= 2, let next = line[digits.endIndex...].first else { continue }
      if next == "." || next == ")" || next == ":" { enumerators.insert(String(digits)) }
    }
    return numbers.filter { !enumerators.contains(words.text(of: $0)) }
  }
}
