import OrderedJSON
import Testing
import Tokenizer

/// Texts and files that would take hours, or all memory, where time or size grew with the square of the input.
@Suite(.timeLimit(.minutes(5)))
struct HostileInputTests {
  @Test(
    "A long word without blanks is tokenized",
    arguments: ["qwen", "llama3", "deepseek", "roberta", "llama2", "unigram", "bert", "clip", "words"])
  func longWords(_ name: String) throws {
    let tokenizer = try Fixtures.tokenizer(name)
    for unit in ["a", " ", "\n", " \n", "1", "'", "中", "😀", "\u{301}", "ab", "<|", "\0", "aA"] {
      let text = String(repeating: unit, count: 20_000)
      let length = text.unicodeScalars.count
      let encoding = tokenizer.encode(text)
      #expect(encoding.ids.count == encoding.offsets.count)
      #expect(encoding.offsets.allSatisfy { $0.upperBound <= length })
      _ = tokenizer.decode(encoding.ids)
    }
  }

  @Test(
    "A catastrophic pattern comes to an end",
    arguments: ["(a|a)*b", "(a*)*b", "(a+)+$x", "(?=.*x)a", "(?:a*?)*?b", "(x+x+)+y", "a+x", "(?:|a)*", "(?:a|b|ab)*c"])
  func catastrophicPatterns(_ pattern: String) throws {
    let tokenizer = try Tokenizer(json: Fixtures.splitting(at: pattern))
    for unit in ["a", "x"] { #expect(tokenizer.count(String(repeating: unit, count: 3_000)) > 0) }
  }

  @Test(
    "A pattern that grows without bounds is refused",
    arguments: [
      "((a{1000}){1000}){1000}", "(?:(?:(?:){1000}){1000}){1000}", "(?<=(?:(?:(?:a{900}){900}){900}){900})",
      "a" + String(repeating: "?", count: 100_000), String(repeating: "(", count: 100_000),
      String(repeating: "[", count: 100_000), "(?:" + (0..<3_000).map { "[\($0)é]|" }.joined() + "x)",
    ])
  func hugePatterns(_ pattern: String) {
    #expect(throws: TokenizerError.self) { try Tokenizer(json: Fixtures.splitting(at: pattern)) }
  }

  @Test("Steps that double a text stop before they fill the memory")
  func doubling() throws {
    func steps(_ content: String, _ key: String) -> JSONValue {
      let step: JSONValue = .object([
        "type": "Replace", "pattern": .object(["String": "u"]), "content": .string(content),
      ])
      return .object(["type": "Sequence", key: .array(Array(repeating: step, count: 60))])
    }
    let tokenizer = try Tokenizer(
      json: Fixtures.splitting(at: "x", normalizer: steps("uu", "normalizers"), decoder: steps("uu", "decoders")))
    #expect(tokenizer.count("u") == 1)
    let decoded = tokenizer.decode([0, 0]).utf8.count
    #expect(decoded > 1000 && decoded < 1 << 20)
  }

  @Test("A text that a template has twice is refused, since templates can follow each other")
  func doubledTemplate() throws {
    let json = try Fixtures.json("words")
    let text: JSONValue = .object(["Sequence": .object(["id": "A", "type_id": 0])])
    let template: JSONValue = [
      "type": "TemplateProcessing", "single": .array([text, text]), "special_tokens": [:],
    ]
    let error = #expect(throws: TokenizerError.self) { try Tokenizer(json: json.with("post_processor", template)) }
    #expect(error?.place == "post_processor")
  }

  @Test("Stripping more than there is leaves nothing and comes to an end")
  func endlessStrip() throws {
    let decoder: JSONValue = .object(["type": "Strip", "content": "u", "start": .integer(.max), "stop": .integer(.max)])
    let tokenizer = try Tokenizer(json: Fixtures.splitting(at: "x", decoder: decoder))
    #expect(tokenizer.decode([0]) == "")
  }
}
