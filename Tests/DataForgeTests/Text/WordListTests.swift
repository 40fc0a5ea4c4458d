import Testing

@testable import DataForge

@Suite struct WordListTests {
  private func words(_ text: String) -> [String] {
    let list = WordList(text)
    return list.words.map { list.text(of: $0) }
  }

  @Test func wordsAreLowerCaseWithoutPunctuation() {
    #expect(words("The Pump's valve — “open”!") == ["the", "pump's", "valve", "open"])
  }

  @Test func anApostropheHoldsAWordTogetherAndEndsNone() {
    #expect(words("don't don\u{2019}t the pumps' 'quoted'") == ["don't", "don't", "the", "pumps", "quoted"])
  }

  @Test func numbersKeepTheirPointAndLoseTheirCommas() {
    #expect(words("1,000.5 and 3. Then 2,3") == ["1000.5", "and", "3", "then", "23"])
    #expect(WordList("7 pumps").words.map(\.isNumber) == [true, false])
  }

  @Test func otherScriptsAreWordsToo() {
    #expect(words("ÜBER Straße été") == ["über", "straße", "été"])
    #expect(words("日本語 text") == ["日", "本", "語", "text"])
    #expect(words("हिन्दी") == ["हिन्दी"])
  }

  @Test func softHyphensVanish() {
    #expect(words("ma\u{AD}chine") == ["machine"])
  }

  @Test func theSameWordHasTheSameHashInEveryText() {
    #expect(WordList("Valve").words.first?.hash == WordList("a valve.").words.last?.hash)
    #expect(WordList("valve").words.first?.hash != WordList("valves").words.first?.hash)
  }

  @Test func aWordIsFoundByItsOffset() {
    let list = WordList("open the valve")
    #expect(list.word(at: 5).map { list.text(of: $0) } == "the")
    #expect(list.word(at: 6)?.hash == nil)
  }
}
