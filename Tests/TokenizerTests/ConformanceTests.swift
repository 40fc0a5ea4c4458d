import OrderedJSON
import Testing
import Tokenizer

/// Where the real vocabularies and their cases are.
private enum Real {
  static let names = Fixtures.conformanceFolders("tokenizers")
  static let texts = Fixtures.conformance("tokenizers/token_ids.jsonl")
  static let masks = Fixtures.conformance("chat-templates/masks.jsonl")
  static let renderings = Fixtures.conformance("chat-templates/render.jsonl")
  static let areThere = !names.isEmpty && texts != nil && masks != nil && renderings != nil
}

/// Real vocabularies, with texts and masks that `tokenizers` and `transformers` made.
struct ConformanceTests {
  private func tokenizer(_ name: String) throws -> Tokenizer {
    try Tokenizer(contentsOf: #require(Fixtures.conformance("tokenizers/\(name)/tokenizer.json.gz")))
  }

  @Test(
    "Every text gets its ids", .enabled(if: Real.areThere, "the conformance data are not there; set FORGE_CONFORMANCE"),
    arguments: Real.names)
  func ids(_ name: String) throws {
    let tokenizer = try tokenizer(name)
    let cases = try Fixtures.lines(#require(Real.texts)).filter { $0["tokenizer"]?.stringValue == name }
    for item in cases {
      let text = try #require(item["text"]?.stringValue)
      #expect(tokenizer.encodeIDs(text).map { Int($0) } == item["ids"]?.ints, "\(text.debugDescription)")
    }
  }

  @Test(
    "Every rendered conversation gets its ids, and the mask of what was generated",
    .enabled(if: Real.areThere, "the conformance data are not there; set FORGE_CONFORMANCE"), arguments: Real.names)
  func masks(_ name: String) throws {
    let tokenizer = try tokenizer(name)
    var parts: [String: (text: String, spans: [Range<Int>])] = [:]
    for item in try Fixtures.lines(#require(Real.renderings)) {
      guard let key = Self.key(item), let text = item["expected"]?.stringValue else { continue }
      let spans = item["generation_spans"]?.arrayValue?.map(\.ints) ?? []
      parts[key] = (text, spans.map { $0[0]..<$0[1] })
    }
    for item in try Fixtures.lines(#require(Real.masks)) where item["tokenizer"]?.stringValue == name {
      // A conversation that the template refuses has no text.
      guard let text = item["text"]?.stringValue, let key = Self.key(item) else { continue }
      let encoding = tokenizer.encode(text, addSpecialTokens: false)
      #expect(encoding.ids.map { Int($0) } == item["input_ids"]?.ints, "\(key)")
      // Some were rendered with other special tokens than those whose parts are known.
      guard let known = parts[key], known.text == text else { continue }
      #expect(encoding.mask(of: known.spans).map { $0 ? 1 : 0 } == item["assistant_masks"]?.ints, "\(key)")
    }
  }

  private static func key(_ item: JSONValue) -> String? {
    guard let template = item["template"]?.stringValue, let conversation = item["conversation_id"]?.stringValue else {
      return nil
    }
    return "\(template) \(conversation)"
  }
}
