import Testing
import Tokenizer

struct VocabularyTests {
  @Test("Tokens and numbers lead to each other")
  func names() throws {
    let tokenizer = try Fixtures.tokenizer("qwen")
    for id in 0..<tokenizer.vocabularySize {
      let token = try #require(tokenizer.idToToken(id))
      #expect(tokenizer.tokenToID(token) == id)
    }
    #expect(tokenizer.tokenToID("no such token") == nil)
    #expect(tokenizer.idToToken(-1) == nil)
    #expect(tokenizer.idToToken(tokenizer.vocabularySize) == nil)
    #expect(tokenizer.idToToken(.max) == nil)
  }

  @Test("Added tokens keep what the file says of them")
  func added() throws {
    let tokenizer = try Fixtures.tokenizer("qwen")
    let start = try #require(tokenizer.addedTokens.first { $0.content == "<|im_start|>" })
    #expect(start.isSpecial && !start.isSingleWord && tokenizer.tokenToID("<|im_start|>") == start.id)
    let word = try #require(tokenizer.addedTokens.first { $0.content == "word" })
    #expect(word.isSingleWord && !word.isSpecial)
    #expect(!tokenizer.specialTokens.contains(word))
    #expect(tokenizer.addedTokens.map(\.id) == tokenizer.addedTokens.map(\.id).sorted())
  }

  @Test("A special token that the vocabulary lacks is seen to be split")
  func singleToken() throws {
    let qwen = try Fixtures.tokenizer("qwen")
    #expect(qwen.singleToken("<|im_start|>") == qwen.tokenToID("<|im_start|>"))
    #expect(qwen.singleToken("<tool_call>") == nil)
    #expect(qwen.singleToken("") == nil)
    // The unknown token stands for anything: that is not a token of its own.
    let words = try Fixtures.tokenizer("words")
    #expect(words.singleToken("[UNK]") == words.tokenToID("[UNK]"))
    #expect(words.singleToken("qqqq") == nil)
  }

  @Test("Numbers without a token are passed over, and broken UTF-8 is shown as such")
  func decoding() throws {
    let tokenizer = try Fixtures.tokenizer("llama3")
    let ids = tokenizer.encodeIDs("龥", addSpecialTokens: false)
    #expect(tokenizer.decode([-1, 99_999_999] + ids + [.max, .min]) == "龥")
    #expect(tokenizer.decode(Array(ids.prefix(1))) == "\u{FFFD}")
    #expect(tokenizer.decode([0]) == "")
    #expect(tokenizer.decode([0], skipSpecialTokens: false) == "<|end|>")
    #expect(tokenizer.decode([]) == "")
  }
}
