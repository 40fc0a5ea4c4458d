/// `<start_of_turn>role … <end_of_turn>` and its successors.
extension Dialect {
  static let gemmaTurns = TurnForm.headed("<start_of_turn>", ends: ["<end_of_turn>"])

  static let gemmaFamily: [Dialect] = [
    // The Hugging Face agents course, bonus unit 1; its token list once misspells the response.
    Dialect(
      "agents-course", gemmaTurns, calls: [jsonToolCall],
      results: [toolResponse, .text(open: "<tool_reponse>", close: "</tool_reponse>")]),
    Dialect("gemma", gemmaTurns),
    Dialect(
      "functiongemma",
      {
        var turns = gemmaTurns
        turns.resultsInAssistant = true
        turns.between = "assistant"
        return turns
      }(),
      calls: [.braces(open: "<start_function_call>", close: "<end_function_call>", quote: "<escape>")],
      results: [.braces(open: "<start_function_response>", close: "<end_function_response>", quote: "<escape>")]),
    Dialect(
      "gemma4",
      {
        var turns = TurnForm.headed("<|turn>", ends: ["<turn|>"])
        turns.resultsInAssistant = true
        // A turn that goes on behind a tool's answer has no header.
        turns.between = "assistant"
        return turns
      }(),
      reasoning: [("<|channel>thought", "<channel|>")],
      calls: [.braces(open: "<|tool_call>", close: "<tool_call|>", quote: "<|\"|>")],
      results: [.braces(open: "<|tool_response>", close: "<tool_response|>", quote: "<|\"|>")]),
  ]
}
