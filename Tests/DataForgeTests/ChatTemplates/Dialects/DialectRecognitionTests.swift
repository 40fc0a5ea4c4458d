import Testing

@testable import DataForge

@Suite struct DialectRecognitionTests {
  @Test(arguments: [
    ("{{ '<|im_start|>' + message['role'] + '\\n' }}", "chatml"),
    ("<|im_start|> <tool_call> {\"name\"", "hermes"),
    ("<|im_start|> <tool_call> <think>", "qwen3"),
    ("<|im_start|> <tool_call> <function= <think>", "qwen3-coder"),
    ("<|im_start|>system<|im_sep|>", "phi-4"),
    ("<|start_header_id|> <|eot_id|>", "llama3"),
    ("<|start_header_id|> ipython", "llama3.1"),
    ("[INST] [/INST] <<SYS>>", "llama2"),
    ("[INST] [TOOL_CALLS] [TOOL_RESULTS]", "mistral-v3"),
    ("[INST] [TOOL_CALLS] [ARGS]", "mistral-v13"),
    ("<start_of_turn> <end_of_turn>", "gemma"),
    ("<start_of_turn> <start_function_call>", "functiongemma"),
    ("<start_of_turn> <tool_call> <end_of_turn><eos>", "agents-course"),
    ("<|turn> <turn|>", "gemma4"),
    ("<｜User｜> <｜Assistant｜> ```json", "deepseek-v3"),
    ("<｜User｜> <｜Assistant｜> <｜tool▁sep｜>", "deepseek-v3.1"),
    ("<|start|>assistant<|channel|>final<|message|>", "gpt-oss"),
    ("<|user|> <|assistant|> <|end|>", "phi-3"),
    ("'<|' + message['role'] + '|>' '<|assistant|>'", "zephyr"),
    ("### Instruction: ### Response:", "alpaca"),
  ])
  func aTemplateIsRecognisedByItsTokens(_ source: String, _ name: String) {
    #expect(Dialect.recognise(template: source)?.name == name)
  }

  @Test func aTextOfNoKnownDialectIsNotRecognised() {
    #expect(Dialect.recognise(text: "Just some text.") == nil)
    #expect(Dialect.recognise(template: "{{ messages }}") == nil)
  }

  @Test(arguments: DialectFixtures.tools)
  func aTextIsRecognisedAsADialectThatReadsTheSame(_ fixture: DialectFixture) throws {
    let dialect = try #require(Dialect.recognise(text: fixture.text))
    #expect(try dialect.parse(fixture.text).turns.map(DialectFixture.shown) == fixture.turns, "\(dialect.name)")
  }
}
