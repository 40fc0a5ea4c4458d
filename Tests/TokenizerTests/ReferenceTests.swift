import OrderedJSON
import Testing
import Tokenizer

/// What the `tokenizers` package makes of the same texts, recorded by `Fixtures/make.py`.
struct ReferenceTests {
  @Test(
    "Ids, offsets, the special tokens' mask and the decoded text are those of the reference",
    arguments: ["qwen", "llama3", "deepseek", "roberta", "llama2", "unigram", "bert", "clip", "words"])
  func reference(_ name: String) throws {
    let tokenizer = try Fixtures.tokenizer(name)
    let cases = try Fixtures.lines(Fixtures.path("\(name).cases.jsonl"))
    #expect(cases.count > 40)
    for item in cases {
      let text = try #require(item["text"]?.stringValue)
      let ids = try #require(item["ids"]).ints
      let plain = item["plain"]?.ints ?? ids
      let encoding = tokenizer.encode(text)
      #expect(encoding.ids.map { Int($0) } == ids, "ids of \(text.debugDescription)")
      #expect(
        encoding.offsets.flatMap { [$0.lowerBound, $0.upperBound] } == item["offsets"]?.ints,
        "offsets of \(text.debugDescription)")
      let specials = item["specials"]?.ints ?? ids.map { _ in 0 }
      #expect(encoding.specialTokensMask.map { $0 ? 1 : 0 } == specials, "mask of \(text.debugDescription)")
      #expect(tokenizer.encodeIDs(text) == encoding.ids)
      #expect(tokenizer.encodeIDs(text, addSpecialTokens: false).map { Int($0) } == plain)
      #expect(tokenizer.count(text) == plain.count)
      #expect(tokenizer.count(text, addSpecialTokens: true) == ids.count)
      #expect(tokenizer.decode(encoding.ids) == item["decoded"]?.stringValue, "decoding \(text.debugDescription)")
    }
  }

  @Test("Many tasks with one tokenizer get what one task gets")
  func tasks() async throws {
    let tokenizer = try Fixtures.tokenizer("llama3")
    let texts = try Fixtures.lines(Fixtures.path("llama3.cases.jsonl")).compactMap { $0["text"]?.stringValue }
    let expected = texts.map { tokenizer.encode($0) }
    await withTaskGroup(of: Bool.self) { group in
      for shift in 0..<16 {
        group.addTask {
          (0..<400).allSatisfy { turn in
            let index = (turn + shift * 7) % texts.count
            return tokenizer.encode(texts[index]) == expected[index]
          }
        }
      }
      for await isSame in group { #expect(isSame) }
    }
  }
}
