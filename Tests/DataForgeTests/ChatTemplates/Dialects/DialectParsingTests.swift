import OrderedJSON
import Testing

@testable import DataForge

/// A text in a dialect, written after the dialect's rules, with what it says.
struct DialectFixture: Sendable, CustomTestStringConvertible {
  let dialect: String
  let text: String
  /// Turns as `role:content`, reasoning as `(reasoning)` before the content, calls as `|name{arguments}` behind it.
  let turns: [String]

  init(_ dialect: String, _ text: String, _ turns: [String]) {
    self.dialect = dialect
    self.text = text
    self.turns = turns
  }

  var testDescription: String { dialect }

  static func shown(_ turn: ParsedTurn) -> String {
    let reasoning = turn.reasoning.map { $0.isEmpty ? "" : "(\($0))" } ?? ""
    return "\(turn.role):\(reasoning)\(turn.content)"
      + turn.calls.map { "|\($0.name)\($0.arguments.serialized())" }.joined()
  }
}

@Suite struct DialectParsingTests {
  @Test(arguments: DialectFixtures.tools)
  func aConversationWithACallIsReadBack(_ fixture: DialectFixture) throws {
    let dialect = try #require(Dialect.named(fixture.dialect))
    let chat = try dialect.parse(fixture.text)
    #expect(chat.turns.map(DialectFixture.shown) == fixture.turns)
  }

  @Test(arguments: DialectFixtures.plain)
  func aConversationWithoutCallsIsReadBack(_ fixture: DialectFixture) throws {
    let dialect = try #require(Dialect.named(fixture.dialect))
    let chat = try dialect.parse(fixture.text)
    #expect(chat.turns.map(DialectFixture.shown) == fixture.turns)
  }

  @Test(arguments: DialectFixtures.tools + DialectFixtures.plain)
  func everyCutOfATextIsReadWithoutACrash(_ fixture: DialectFixture) throws {
    let dialect = try #require(Dialect.named(fixture.dialect))
    let scalars = Array(fixture.text.unicodeScalars)
    for count in stride(from: 0, through: scalars.count, by: 3) {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[..<count])
      for turn in dialect.read(String(text)).chat.turns {
        #expect(turn.trained.upperBound <= count, "a range reaches beyond the text")
      }
    }
  }

  @Test func everyDialectHasAFixture() {
    let tested = Set((DialectFixtures.tools + DialectFixtures.plain).map(\.dialect))
    #expect(Dialect.all.map(\.name).filter { !tested.contains($0) } == [])
    #expect(Set(Dialect.all.map(\.name)).count == Dialect.all.count, "two dialects have one name")
  }

  @Test func whatIsTrainedReachesFromTheHeaderThroughTheEndToken() throws {
    let text = "<|im_start|>user\nÅ?<|im_end|>\n<|im_start|>assistant\nØ.<|im_end|>\n"
    let chat = try #require(Dialect.named("qwen3")).parse(text)
    let scalars = Array(text.unicodeScalars)[chat.turns[1].trained]
    #expect(String(String.UnicodeScalarView(scalars)) == "Ø.<|im_end|>")
  }

  @Test func messagesHaveTheFormThatTRLReads() throws {
    let text = """
      <s>[INST]Hi[/INST][TOOL_CALLS][{"name": "f", "arguments": {"a": 1}, "id": "abcdef123"}]</s>\
      [TOOL_RESULTS]{"content": "ok", "call_id": "abcdef123"}[/TOOL_RESULTS]Done.</s>
      """
    let chat = try #require(Dialect.named("mistral-v3")).parse(text)
    let expected: JSONValue = [
      ["role": "user", "content": "Hi"],
      [
        "role": "assistant", "content": "",
        "tool_calls": [
          ["id": "abcdef123", "type": "function", "function": ["name": "f", "arguments": ["a": 1]]]
        ],
      ],
      ["role": "tool", "content": "ok", "tool_call_id": "abcdef123"],
      ["role": "assistant", "content": "Done."],
    ]
    #expect(JSONValue.array(chat.messages) == expected)
  }

  @Test func aGenerationPromptIsNoMessage() throws {
    let text = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n<think>\n"
    #expect(try #require(Dialect.named("qwen3")).parse(text).messages == [["role": "user", "content": "Hi"]])
  }

  @Test func aTextOutsideEveryTurnIsAnErrorThatSaysWhere() throws {
    let dialect = try #require(Dialect.named("qwen3"))
    let error = #expect(throws: DialectError.self) {
      try dialect.parse("<|im_start|>user\nHi<|im_end|>\nstray<|im_end|>")
    }
    #expect(error?.offset == 30)
    #expect(error?.description.contains("outside every turn") == true)
  }
}
