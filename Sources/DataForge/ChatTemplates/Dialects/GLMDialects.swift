/// `<|user|>`, `<|assistant|>`, `<|observation|>` without an end, and calls with `<arg_key>`.
extension Dialect {
  static let argumentKeys = CallForm.argumentKeys(open: "<tool_call>", close: "</tool_call>")

  static let glmFamily: [Dialect] = [
    Dialect(
      "glm",
      .marked([
        ("<|system|>", "system"), ("<|user|>", "user"), ("<|assistant|>", "assistant"), ("<|observation|>", "tool"),
      ]), calls: [argumentKeys], results: [toolResponse]),
    Dialect(
      "laguna",
      TurnForm(
        openings: [
          TurnForm.Opening(token: "<system>", kind: .role("system"), ends: ["</system>"], atLineStart: true),
          TurnForm.Opening(token: "<user>", kind: .role("user"), ends: ["</user>"], atLineStart: true),
          TurnForm.Opening(token: "<assistant>", kind: .role("assistant"), ends: ["</assistant>"], atLineStart: true),
          TurnForm.Opening(token: "<tool_response>", kind: .role("tool"), ends: ["</tool_response>"]),
        ]), calls: [argumentKeys]),
    Dialect(
      "ling", TurnForm.headed("<role>", "</role>", ends: ["<|role_end|>"]), calls: [argumentKeys],
      results: [toolResponse]),
  ]
}
