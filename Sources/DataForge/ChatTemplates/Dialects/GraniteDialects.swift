/// `<|start_of_role|>role<|end_of_role|> … <|end_of_text|>`.
extension Dialect {
  static let graniteTurns = TurnForm.headed("<|start_of_role|>", "<|end_of_role|>", ends: ["<|end_of_text|>"])

  static let graniteFamily: [Dialect] = [
    Dialect("granite4", graniteTurns, calls: [jsonToolCall], results: [toolResponse]),
    Dialect(
      "granite3", graniteTurns,
      calls: [.json(open: "<|tool_call|>", close: nil), .json(open: "<tool_call>", close: nil)]),
  ]
}
