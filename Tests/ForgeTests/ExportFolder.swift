import OrderedJSON

/// A folder in which rows are exported, with rows that the tests share.
struct ExportFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A whole trajectory: system, question, call, result, answer.
  static let toolRow = """
    {"id":"t1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather in Oslo?"},\
    {"role":"assistant","tool_calls":[{"id":"call00001","type":"function","function":{"name":"get_weather",\
    "arguments":{"city":"Oslo","days":2}}}]},{"role":"tool","tool_call_id":"call00001","name":"get_weather",\
    "content":"rain"},{"role":"assistant","content":"Rain."}],"tools":[{"type":"function","function":\
    {"name":"get_weather","description":"Get the weather.","parameters":{"type":"object","properties":\
    {"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}}}]}
    """

  /// Two exchanges.
  static let chatRow = """
    {"id":"c1","messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},\
    {"role":"user","content":"three"},{"role":"assistant","content":"four"}]}
    """

  static let reasoningRow = """
    {"id":"r1","messages":[{"role":"user","content":"6*7?"},{"role":"assistant","content":"42.",\
    "reasoning_content":"Six sevens."}]}
    """

  /// ChatML without anything else, and without marks of what is generated.
  static let plainChatML = """
    {% for message in messages %}<|im_start|>{{ message.role }}
    {{ message.content }}<|im_end|>
    {% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
    {% endif %}
    """

  /// A tokenizer of whole words, so that tokens can be counted by hand: each word, blank run and mark is one.
  static let wordTokenizer: String = {
    let words = [
      "<unk>", "<|im_start|>", "<|im_end|>", "user", "assistant", "system", "one", "two", "three", "four", "\\n",
      "rain",
    ]
    let vocabulary = words.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",")
    let added = [1, 2].map { id in
      """
      {"id":\(id),"content":"\(words[id])","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,\
      "special":true}
      """
    }
    return """
      {"version":"1.0","truncation":null,"padding":null,"added_tokens":[\(added.joined(separator: ","))],\
      "normalizer":null,"pre_tokenizer":{"type":"Split","pattern":{"Regex":"\\\\n|[a-z]+"},"behavior":"Isolated",\
      "invert":false},"post_processor":null,"decoder":{"type":"Fuse"},\
      "model":{"type":"WordLevel","vocab":{\(vocabulary)},"unk_token":"<unk>"}}
      """
  }()

  /// Exports `rows.jsonl` to `out.jsonl` and `rejected.jsonl`.
  @discardableResult func export(
    _ rows: [String], _ arguments: String..., environment: [String: String] = [:]
  ) throws -> ForgeBinary.Result {
    try folder.write(rows.joined(separator: "\n") + "\n", to: "rows.jsonl")
    return try ForgeBinary.run(
      ["export", "rows.jsonl", "-o", "out.jsonl", "--rejected", "rejected.jsonl", "-q"] + arguments, in: folder.path,
      environment: environment, limit: 60)
  }

  func written() throws -> [JSONValue] { try folder.rows("out.jsonl") }
  func texts() throws -> [String] { try written().compactMap { $0["text"]?.stringValue } }
  func rejected() throws -> [JSONValue] { try folder.rows("rejected.jsonl") }
  func checks() throws -> [String] { try rejected().compactMap { $0["check"]?.stringValue } }
  func reason() throws -> String { try rejected().first?["reason"]?.stringValue ?? "" }
}
