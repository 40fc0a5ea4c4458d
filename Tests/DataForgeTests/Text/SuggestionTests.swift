import DataForge
import Testing

@Suite struct SuggestionTests {
  let names = ["extract", "chunk", "generate", "validate", "filter", "export", "max_tokens"]

  @Test(arguments: [
    ("exract", "extract"), ("extrcat", "extract"), ("genrate", "generate"), ("fliter", "filter"), ("exprt", "export"),
    ("maxTokens", "max_tokens"), ("Chunk", "chunk"),
  ])
  func aSlipFindsTheNameThatWasMeant(name: String, meant: String) {
    #expect(Suggestion.nearest(to: name, among: names) == meant)
  }

  @Test(arguments: ["", "zzz", "serve", "x"])
  func aWordThatIsNoSlipFindsNothing(name: String) {
    #expect(Suggestion.nearest(to: name, among: names) == nil)
  }

  @Test func twoSwappedLettersAreOneSlip() {
    #expect(Suggestion.nearest(to: "ab", among: ["ba"]) == "ba")
    #expect(Suggestion.nearest(to: "ab", among: ["xy", "b"]) == "b")
  }

  @Test func theFirstWinsAmongEquals() {
    #expect(Suggestion.nearest(to: "cat", among: ["bat", "rat"]) == "bat")
  }

  @Test func aHintIsTheEndOfAMessage() {
    #expect(Suggestion.hint(for: "ctiy", among: ["city"]) == "; did you mean \"city\"?")
    #expect(Suggestion.hint(for: "ctiy", among: ["weather"]) == "")
  }

  @Test func aVeryLongNameCostsLittle() {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(Suggestion.nearest(to: long, among: names) == nil)
  }
}
