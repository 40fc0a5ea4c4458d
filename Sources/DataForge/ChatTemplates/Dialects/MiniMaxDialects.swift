/// MiniMax's three generations.
extension Dialect {
  static let miniMaxFamily: [Dialect] = [
    Dialect(
      "minimax-m1", TurnForm.headed("<beginning_of_sentence>", ends: ["<end_of_sentence>"]),
      calls: [.json(open: "<tool_calls>", close: "</tool_calls>")],
      results: [.turn(prefix: "tool result:", isJSON: false)]),
    Dialect(
      "minimax-m2", TurnForm.headed("]~b]", ends: ["[e~["]),
      calls: [
        .tagged(
          CallForm.TagForm(
            open: "<invoke name=\"", nameEnd: "\">", close: "</invoke>", parameter: "<parameter name=\"",
            parameterNameEnd: "\"", parameterClose: "</parameter>"))
      ], results: [.text(open: "<response>", close: "</response>")],
      noise: ["<minimax:tool_call>", "</minimax:tool_call>"]),
    Dialect(
      "minimax-m3", TurnForm.headed("]~b]", ends: ["[e~["]), reasoning: [("<mm:think>", "</mm:think>")],
      calls: [.nestedTags(mark: "]<]minimax[>[")], results: [.text(open: "<response>", close: "</response>")],
      noise: ["]<]minimax[>[<tool_call>", "]<]minimax[>[</tool_call>"]),
  ]
}
