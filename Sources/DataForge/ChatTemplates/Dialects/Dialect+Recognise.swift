/// Which dialect a template or a text is written in.
extension Dialect {
  /// Recognises the dialect of a Jinja chat template by the tokens in its source; `nil` where none fits.
  public static func recognise(template source: String) -> Dialect? { first(rules, in: source) }

  /// Recognises the dialect of a rendered text by its tokens; `nil` where none fits.
  ///
  /// A text that quotes another dialect's tokens can mislead it: where the template is known, ask for that.
  public static func recognise(text: String) -> Dialect? { first(rules, in: text) }

  /// A dialect, and the tokens of which every group must have one in the source.
  private struct Rule: Sendable {
    let name: String
    let groups: [[Marker]]

    init(_ name: String, _ groups: [Marker]...) {
      self.name = name
      self.groups = groups
    }
  }

  /// From the most telling to the least: the first that fits counts.
  private static let rules: [Rule] = [
    Rule("functiongemma", ["<start_function_call>", "<start_function_declaration>"]),
    Rule("gemma4", ["<|turn>"]),
    Rule("agents-course", ["<start_of_turn>"], ["<tool_call>", "<tool_response>", "<tool_reponse>", "<eos>\n"]),
    Rule("gemma", ["<start_of_turn>"]),
    Rule("muse", ["<atem:", "<|eot|>"]),
    Rule("gpt-oss", ["<|start|>"], ["<|channel|>", "<|message|>"]),
    Rule("solar-open", ["<|begin|>"], ["<|content|>", "<|tool_call:begin|>"]),
    Rule("gigachat", ["<|role_sep|>"]),
    Rule("deepseek-v3", ["<｜Assistant｜>"], ["```json"]),
    Rule("deepseek-v3.1", ["<｜Assistant｜>"], ["<｜tool▁sep｜>"]),
    Rule("deepseek-v3", ["<｜Assistant｜>", "<｜User｜>"]),
    Rule("llama2", ["[INST]"], ["<<SYS>>"]),
    Rule("mistral-v13", ["[INST]"], ["[ARGS]", "[SYSTEM_PROMPT]"]),
    Rule("mistral-v3", ["[INST]"]),
    Rule("functionary-v3.2", ["<|start_header_id|>"], [">>>all", ">>>"]),
    Rule("functionary-v3.1", ["<|start_header_id|>"], ["<function="]),
    Rule("llama3.1", ["<|start_header_id|>"], ["ipython", "<|python_tag|>", "\"parameters\"", "<|eom_id|>"]),
    Rule("llama3", ["<|start_header_id|>"]),
    Rule("tiny-aya", ["<|START_OF_TURN_TOKEN|>"], ["<function="]),
    Rule("command-r7b", ["<|START_OF_TURN_TOKEN|>"], ["<|START_RESPONSE|>", "<|START_ACTION|>"]),
    Rule("command-r", ["<|START_OF_TURN_TOKEN|>"]),
    Rule("granite4", ["<|start_of_role|>"], ["</tool_call>"]),
    Rule("granite3", ["<|start_of_role|>"]),
    Rule("minimax-m1", ["<beginning_of_sentence>"]),
    Rule("minimax-m3", ["]~b]"], ["]<]minimax[>["]),
    Rule("minimax-m2", ["]~b]"]),
    Rule("nemotron-nano-v2", ["<SPECIAL_11>"]),
    Rule("kimi", ["<|im_user|>"]),
    Rule("idefics", ["<end_of_utterance>"]),
    Rule("phi-4", ["<|im_start|>"], ["<|im_sep|>"]),
    Rule("lfm2", ["<|im_start|>"], ["<|tool_call_start|>", "List of tools: ", "<|startoftext|>"]),
    Rule("minicpm5", ["<|im_start|>"], ["<function name="]),
    Rule("qwen3-coder", ["<|im_start|>"], ["<function="]),
    Rule("qwen3", ["<|im_start|>"], ["<tool_call>"], ["<think>"]),
    Rule("qwen2.5", ["<|im_start|>"], ["<tool_call>"], ["You are Qwen"]),
    Rule("hermes", ["<|im_start|>"], ["<tool_call>"]),
    Rule("chatml", ["<|im_start|>"]),
    Rule("ling", ["<|role_end|>"]),
    Rule("laguna", ["</assistant>"], ["<user>"]),
    Rule("glm", ["<|observation|>", "[gMASK]"]),
    Rule("openchat", ["GPT4 Correct "]),
    Rule("phi-3", ["<|assistant|>"], ["<|end|>"]),
    Rule("zephyr", ["<|assistant|>", "<|user|>"]),
    Rule("alpaca", ["### Instruction:"]),
    Rule("solar", ["### User:", "'### ' + message['role']"]),
    Rule("vicuna", ["USER:"], ["ASSISTANT:"]),
    Rule("saiga", ["<s>bot\n", "user/bot/user/bot"]),
    Rule("falcon", ["User:", "| capitalize + ': '"]),
  ]

  private static func first(_ rules: [Rule], in source: String) -> Dialect? {
    TextBytes.lend(source) { text in
      // The newest rule about a token looks at it once.
      var known: [Marker: Bool] = [:]
      func has(_ token: Marker) -> Bool {
        if let answer = known[token] { return answer }
        let answer = text.find(token, text.all) != nil
        known[token] = answer
        return answer
      }
      let rule = rules.first { $0.groups.allSatisfy { $0.contains(where: has) } }
      return rule.flatMap { named($0.name) }
    }
  }
}
