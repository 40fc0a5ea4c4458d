/// Chat formats without calls.
extension Dialect {
  static let plainFamily: [Dialect] = [
    Dialect("zephyr", .marked(roleTokens, ends: ["</s>"])),
    Dialect("phi-3", .marked(roleTokens, ends: ["<|end|>"])),
    Dialect(
      "alpaca",
      {
        var turns = TurnForm.marked(
          [
            ("### Instruction:", "user"), ("### Input:", "user"), ("### Response:", "assistant"),
            ("### System:", "system"),
          ],
          ends: ["</s>", "<|endoftext|>", "<|end_of_text|>"], atLineStart: true)
        turns.leading = "system"
        return turns
      }()),
    Dialect(
      "solar",
      .marked(
        [("### System:", "system"), ("### User:", "user"), ("### Assistant:", "assistant")], ends: ["</s>"],
        atLineStart: true)),
    Dialect(
      "vicuna",
      {
        var turns = TurnForm.marked([("USER:", "user"), ("ASSISTANT:", "assistant")], ends: ["</s>"])
        turns.leading = "system"
        return turns
      }()),
    Dialect(
      "falcon",
      {
        var turns = TurnForm.marked([("User:", "user"), ("Assistant:", "assistant")], atLineStart: true)
        turns.leading = "system"
        return turns
      }()),
    Dialect(
      "openchat",
      {
        var turns = TurnForm.marked(
          [("GPT4 Correct User:", "user"), ("GPT4 Correct Assistant:", "assistant")], ends: ["<|end_of_turn|>"])
        turns.leading = "system"
        return turns
      }()),
    Dialect("saiga", .headed("<s>", ends: ["</s>"])),
    Dialect(
      "idefics",
      {
        var turns = TurnForm.marked(
          [("User:", "user"), ("Assistant:", "assistant"), ("System:", "system"), ("Tool:", "tool")],
          ends: ["<end_of_utterance>"], atLineStart: true)
        turns.noise += ["<|im_start|>"]
        return turns
      }()),
  ]

  private static let roleTokens: [(Marker, String)] = [
    ("<|system|>", "system"), ("<|user|>", "user"), ("<|assistant|>", "assistant"), ("<|tool|>", "tool"),
  ]
}
