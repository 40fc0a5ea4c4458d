/// `<|START_OF_TURN_TOKEN|><|ROLE_TOKEN|> … <|END_OF_TURN_TOKEN|>`.
extension Dialect {
  static let cohereTurns = TurnForm.marked(
    [
      ("<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>", "system"), ("<|START_OF_TURN_TOKEN|><|USER_TOKEN|>", "user"),
      ("<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>", "assistant"),
    ], ends: ["<|END_OF_TURN_TOKEN|>"])

  static let cohereFamily: [Dialect] = [
    Dialect(
      "command-r7b", cohereTurns, reasoning: [("<|START_THINKING|>", "<|END_THINKING|>")],
      calls: [.json(open: "<|START_ACTION|>", close: "<|END_ACTION|>")],
      results: [.json(open: "<|START_TOOL_RESULT|>", close: "<|END_TOOL_RESULT|>")],
      noise: ["<|START_RESPONSE|>", "<|END_RESPONSE|>", "<|START_TEXT|>", "<|END_TEXT|>"]),
    Dialect("command-r", cohereTurns),
    Dialect(
      "tiny-aya", cohereTurns, reasoning: [("<|START_THINKING|>", "<|END_THINKING|>")], calls: [functionTags],
      results: [toolResponse], noise: ["<tool_call>", "</tool_call>", "<|START_RESPONSE|>", "<|END_RESPONSE|>"]),
  ]
}
