/// `<|im_start|>role … <|im_end|>` and what different models write inside.
extension Dialect {
  static let chatML = TurnForm.headed("<|im_start|>", ends: ["<|im_end|>"])
  static let toolResponse = ResultForm.text(open: "<tool_response>", close: "</tool_response>")
  static let jsonToolCall = CallForm.json(open: "<tool_call>", close: "</tool_call>")

  /// `<function=NAME><parameter=KEY>value</parameter></function>`.
  static let functionTags = CallForm.tagged(
    CallForm.TagForm(
      open: "<function=", nameEnd: ">", close: "</function>", parameter: "<parameter=", parameterNameEnd: ">",
      parameterClose: "</parameter>"))

  static let chatMLFamily: [Dialect] = [
    // Hermes 2 Pro and 3: JSON calls, results in the role `tool`.
    Dialect("hermes", chatML, calls: [jsonToolCall], results: [toolResponse]),
    // Plain ChatML says nothing about calls; Hermes' are the ones people put into it.
    Dialect("chatml", chatML, calls: [jsonToolCall], results: [toolResponse]),
    Dialect("qwen2.5", chatML, calls: [jsonToolCall], results: [toolResponse]),
    Dialect("qwen3", chatML, calls: [jsonToolCall], results: [toolResponse]),
    // Also Qwen3.5 and later, Nemotron 3 and Step 3.5.
    Dialect(
      "qwen3-coder", chatML, calls: [functionTags], results: [toolResponse], noise: ["<tool_call>", "</tool_call>"]),
    Dialect("smollm3", chatML, calls: [jsonToolCall], results: [toolResponse]),
    Dialect(
      "lfm2", chatML, calls: [.python(open: "<|tool_call_start|>", close: "<|tool_call_end|>")],
      results: [.text(open: "<|tool_response_start|>", close: "<|tool_response_end|>")]),
    Dialect(
      "minicpm5", chatML,
      calls: [
        .tagged(
          CallForm.TagForm(
            open: "<function name=\"", nameEnd: "\">", close: "</function>", parameter: "<param name=\"",
            parameterNameEnd: "\"", parameterClose: "</param>", hasCDATA: true))
      ], results: [toolResponse]),
    Dialect("phi-4", TurnForm.headed("<|im_start|>", "<|im_sep|>", ends: ["<|im_end|>"])),
    Dialect(
      "kimi",
      TurnForm(
        openings: [
          TurnForm.Opening(token: "<|im_user|>", kind: .role("user"), headerEnd: "<|im_middle|>"),
          TurnForm.Opening(token: "<|im_assistant|>", kind: .role("assistant"), headerEnd: "<|im_middle|>"),
          TurnForm.Opening(token: "<|im_system|>", kind: .header),
        ], headerEnd: "<|im_middle|>", ends: ["<|im_end|>"]),
      calls: [
        .named(
          CallForm.NamedForm(
            begin: "<|tool_call_begin|>", nameEnd: "<|tool_call_argument_begin|>", closes: ["<|tool_call_end|>"],
            isNumbered: true))
      ],
      results: [.kimi],
      noise: ["<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"]),
  ]
}
