import DataForge
import OrderedJSON
import Testing

/// The chat templates that travel inside the binary.
@Suite("templates command")
struct TemplatesCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ForgeBinary.Result {
    try ForgeBinary.run(["templates"] + arguments, in: folder.path)
  }

  @Test func `list names every preset`() throws {
    let names = try run("list").out.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(
      names == [
        "chatml", "hermes", "qwen2.5", "qwen3", "llama3.1", "mistral-v3", "gemma", "functiongemma", "deepseek-v3",
        "phi-4",
        "gpt-oss", "agents-course", "zephyr", "alpaca",
      ])
  }

  @Test func `show prints a template that can be used as a file`() throws {
    let shown = try run("show", "qwen3")
    #expect(shown.status == 0)
    try folder.write(shown.out, to: "copy.jinja")
    try folder.write(ExportFolder.toolRow + "\n", to: "rows.jsonl")
    for template in ["qwen3", "./copy.jinja"] {
      let result = try ForgeBinary.run(
        ["export", "rows.jsonl", "-o", "\(template == "qwen3" ? "a" : "b").jsonl", "--format", "text", "-q"]
          + ["--template", template], in: folder.path)
      #expect(result.status == 0, "\(result.err)")
    }
    #expect(!folder.text("a.jsonl").isEmpty)
    #expect(folder.text("a.jsonl") == folder.text("b.jsonl"))
  }

  @Test func `a preset or subcommand that is mistyped is answered with the nearest`() throws {
    let preset = try run("show", "hermse")
    #expect(preset.status == 2)
    #expect(preset.err.contains("“hermes”"))
    let command = try run("special-token", "hermes")
    #expect(command.status == 2)
    #expect(command.err.contains("forge templates special-tokens"))
    let option = try run("special-tokens", "hermes", "--tokeniser", "x")
    #expect(option.err.contains("“--tokenizer”"))
  }

  @Test func `special tokens are written for a tokenizer, with one's own`() throws {
    let result = try run("special-tokens", "agents-course", "-o", "tokens", "--extra-special-tokens", "<plan>,</plan>")
    #expect(result.status == 0, "\(result.err)")
    let tokens = try JSONValue(parsing: folder.text("tokens/special_tokens.json"))
    #expect(tokens["pad_token"] == "<pad>")
    let listed = tokens["additional_special_tokens"]?.arrayValue ?? []
    let more = listed.compactMap(\.stringValue)
    for token in ["<tool_call>", "</tool_call>", "<tool_response>", "<think>", "<plan>", "</plan>"] {
      #expect(more.contains(token), "\(token)")
    }
    let added = try JSONValue(parsing: folder.text("tokens/added_tokens.json")).arrayValue ?? []
    #expect(added.allSatisfy { $0["special"] == true && $0["content"]?.stringValue != nil })
    #expect(added.count >= more.count)
  }

  @Test(arguments: ChatTemplatePreset.all.map(\.name))
  func `no preset has an empty token`(name: String) throws {
    let tokens = try JSONValue(parsing: try run("special-tokens", name).out).objectValue ?? [:]
    #expect(!tokens.isEmpty)
    #expect(tokens.allSatisfy { $0.value != "" })
  }

  @Test func `tokens that a tokenizer lacks are named`() throws {
    try folder.write(ExportFolder.wordTokenizer, to: "tokenizer.json")
    let result = try run("special-tokens", "hermes", "--tokenizer", "tokenizer.json", "--strict")
    #expect(result.status == 1)
    #expect(result.err.contains("<tool_call> is no token"))
    #expect(!result.err.contains("<|im_start|> is no token"))
  }
}
