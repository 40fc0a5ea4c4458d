/// Fixtures that a family of dialects shares, and those without calls.
extension DialectFixtures {
  static let standard = [
    "system:Be brief.", "user:Weather?", #"assistant:|get_weather{"city":"Oslo"}"#, "tool:drizzle", "assistant:Rain.",
  ]
  static let thoughtful = [
    "system:Be brief.", "user:Weather?", #"assistant:(Look.)|get_weather{"city":"Oslo"}"#, "tool:drizzle",
    "assistant:Rain.",
  ]
  static let answers = ["system:Be brief.", "user:Weather?", "assistant:Rain.", "user:Thanks", "assistant:Bye."]

  static func chatML(
    _ name: String, _ inner: String, call: String? = nil, role: String = "user", raw: Bool = false
  ) -> DialectFixture {
    DialectFixture(
      name,
      """
      <|im_start|>system
      Be brief.<|im_end|>
      <|im_start|>user
      Weather?<|im_end|>
      <|im_start|>assistant
      <think>
      Look.
      </think>

      \(call ?? "<tool_call>\n\(inner)\n</tool_call>")<|im_end|>
      <|im_start|>\(role)
      \(raw ? "drizzle" : "<tool_response>\ndrizzle\n</tool_response>")<|im_end|>
      <|im_start|>assistant
      Rain.<|im_end|>

      """, thoughtful)
  }

  static func llama3(_ name: String, _ call: String, _ answer: String) -> DialectFixture {
    DialectFixture(
      name,
      """
      <|begin_of_text|><|start_header_id|>system<|end_header_id|>

      Be brief.<|eot_id|><|start_header_id|>user<|end_header_id|>

      Weather?<|eot_id|><|start_header_id|>assistant<|end_header_id|>

      \(call)<|eom_id|><|start_header_id|>tool<|end_header_id|>

      drizzle<|eot_id|><|start_header_id|>assistant<|end_header_id|>

      \(answer)<|eot_id|>
      """, standard)
  }

  static func deepSeek(_ name: String, _ call: String) -> DialectFixture {
    DialectFixture(
      name,
      """
      <｜begin▁of▁sentence｜>Be brief.<｜User｜>Weather?<｜Assistant｜><think>Look.</think><｜tool▁calls▁begin｜>\
      <｜tool▁call▁begin｜>\(call)<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜><｜tool▁outputs▁begin｜>\
      <｜tool▁output▁begin｜>drizzle<｜tool▁output▁end｜><｜tool▁outputs▁end｜>Rain.<｜end▁of▁sentence｜>
      """, thoughtful)
  }

  static func cohere(_ name: String, _ call: String, _ result: String) -> DialectFixture {
    DialectFixture(
      name,
      """
      <s><|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>Be brief.<|END_OF_TURN_TOKEN|>\
      <|START_OF_TURN_TOKEN|><|USER_TOKEN|>Weather?<|END_OF_TURN_TOKEN|>\
      <|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>\(call)<|END_OF_TURN_TOKEN|>\
      <|START_OF_TURN_TOKEN|>\(result)<|END_OF_TURN_TOKEN|>\
      <|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|><|START_RESPONSE|>Rain.<|END_RESPONSE|><|END_OF_TURN_TOKEN|>
      """, thoughtful)
  }

  static func granite(_ name: String, _ call: String) -> DialectFixture {
    DialectFixture(
      name,
      """
      <|start_of_role|>system<|end_of_role|>Be brief.<|end_of_text|>
      <|start_of_role|>user<|end_of_role|>Weather?<|end_of_text|>
      <|start_of_role|>assistant<|end_of_role|>\(call)<|end_of_text|>
      <|start_of_role|>tool<|end_of_role|>drizzle<|end_of_text|>
      <|start_of_role|>assistant<|end_of_role|>Rain.<|end_of_text|>

      """, standard)
  }

  static func miniMax(_ name: String, _ call: String) -> DialectFixture {
    DialectFixture(
      name,
      """
      ]~!b[]~b]system
      Be brief.[e~[
      ]~b]user
      Weather?[e~[
      ]~b]ai
      \(call)[e~[
      ]~b]tool
      <response>drizzle</response>[e~[
      ]~b]ai
      Rain.[e~[

      """, standard)
  }

  /// Two rounds of talk.
  static let plain: [DialectFixture] = [
    talk(
      "phi-4", "<|im_start|>system<|im_sep|>", "<|im_start|>user<|im_sep|>", "<|im_start|>assistant<|im_sep|>",
      "<|im_end|>"),
    talk(
      "llama3", "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n",
      "<|start_header_id|>user<|end_header_id|>\n\n", "<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"),
    DialectFixture(
      "llama2",
      """
      <s>[INST] <<SYS>>
      Be brief.
      <</SYS>>

      Weather? [/INST] Rain. </s><s>[INST] Thanks [/INST] Bye. </s>
      """, answers),
    DialectFixture(
      "gemma",
      """
      <bos><start_of_turn>user
      Weather?<end_of_turn>
      <start_of_turn>model
      Rain.<end_of_turn>

      """, ["user:Weather?", "assistant:Rain."]),
    talk(
      "command-r", "<s><|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>", "<|START_OF_TURN_TOKEN|><|USER_TOKEN|>",
      "<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>", "<|END_OF_TURN_TOKEN|>"),
    talk("zephyr", "<|system|>\n", "<|user|>\n", "<|assistant|>\n", "</s>\n"),
    talk("phi-3", "<|system|>\n", "<|user|>\n", "<|assistant|>\n", "<|end|>\n"),
    talk("saiga", "<s>system\n", "<s>user\n", "<s>bot\n", "</s>\n"),
    talk("solar", "### System:\n", "### User:\n", "### Assistant:\n", "\n\n"),
    talk("alpaca", "", "### Instruction:\n", "### Response:\n", "\n\n"),
    talk("vicuna", "", "USER: ", "ASSISTANT: ", "\n"),
    talk("falcon", "", "\nUser: ", "\nAssistant: ", "\n"),
    talk("openchat", "<s>", "GPT4 Correct User: ", "GPT4 Correct Assistant: ", "<|end_of_turn|>"),
    talk("idefics", "<|begin_of_text|>System: ", "User: ", "Assistant: ", "<end_of_utterance>\n"),
  ]

  private static func talk(
    _ name: String, _ system: String, _ user: String, _ assistant: String, _ end: String
  ) -> DialectFixture {
    DialectFixture(
      name,
      "\(system)Be brief.\(end)\(user)Weather?\(end)\(assistant)Rain.\(end)\(user)Thanks\(end)\(assistant)Bye.\(end)",
      answers)
  }
}
