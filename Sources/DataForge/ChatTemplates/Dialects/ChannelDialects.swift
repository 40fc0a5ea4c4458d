/// Dialects whose header says to whom a turn goes.
extension Dialect {
  static let channelFamily: [Dialect] = [
    // gpt-oss: channels analysis, commentary and final; results come from `functions.NAME to=assistant`.
    Dialect(
      "gpt-oss",
      TurnForm(
        openings: [TurnForm.Opening(token: "<|start|>", kind: .recipient)], headerEnd: "<|message|>",
        ends: ["<|end|>", "<|call|>", "<|return|>"], splitsAssistant: true, assistantHeader: "<|start|>assistant"),
      results: [.turn(prefix: "", isJSON: true)]),
    Dialect(
      "muse",
      TurnForm(
        openings: [TurnForm.Opening(token: "<|start|>", kind: .recipient)], headerEnd: "<|message|>",
        ends: ["<|eot|>", "<|eom|>"], splitsAssistant: true, assistantHeader: "<|start|>assistant"),
      calls: [
        .tagged(
          CallForm.TagForm(
            open: "<atem:invoke name=\"", nameEnd: "\">", close: "</atem:invoke>",
            parameter: "<atem:parameter name=\"", parameterNameEnd: "\"", parameterClose: "</atem:parameter>"))
      ],
      results: [.withName(open: "<tool_output name=\"", nameEnd: "\">", close: "</tool_output>")],
      noise: ["<atem:function_calls>", "</atem:function_calls>"]),
    Dialect(
      "solar-open",
      TurnForm(
        openings: [
          TurnForm.Opening(token: "<|begin|>system<|content|>", kind: .role("system")),
          TurnForm.Opening(token: "<|begin|>user<|content|>", kind: .role("user")),
          TurnForm.Opening(token: "<|begin|>assistant<|content|>", kind: .role("assistant")),
          TurnForm.Opening(token: "<|begin|>assistant<|think|>", kind: .reasoning),
          TurnForm.Opening(token: "<|begin|>assistant", kind: .role("assistant")),
          TurnForm.Opening(token: "<|begin|>tool", kind: .role("tool")),
        ], ends: ["<|end|>", "<|calls|>", "<|flush|>"], splitsAssistant: true, assistantHeader: "<|begin|>assistant"),
      calls: [
        .named(
          CallForm.NamedForm(
            begin: "<|tool_call:begin|>", idEnd: "<|tool_call:name|>", nameEnd: "<|tool_call:args|>",
            closes: ["<|tool_call:end|>"]))
      ],
      results: [
        .withIDAndName(
          open: "<|tool_response:begin|>", idEnd: "<|tool_response:name|>", nameEnd: "<|tool_response:result|>",
          close: "<|tool_response:end|>")
      ], noise: ["<|tool_calls|>", "<|tool_response|>"]),
    Dialect(
      "gigachat",
      TurnForm(
        openings: [
          TurnForm.Opening(token: "developer system<|role_sep|>", kind: .role("developer")),
          TurnForm.Opening(token: "developer<|role_sep|>", kind: .role("developer")),
          TurnForm.Opening(token: "system<|role_sep|>", kind: .role("system")),
          TurnForm.Opening(token: "user<|role_sep|>", kind: .role("user")),
          TurnForm.Opening(token: "assistant<|role_sep|>", kind: .role("assistant")),
          TurnForm.Opening(token: "function descriptions<|role_sep|>", kind: .definitions),
          TurnForm.Opening(token: "function call<|role_sep|>", kind: .calls),
          TurnForm.Opening(token: "function result<|role_sep|>", kind: .role("tool")),
        ], ends: ["<|message_sep|>"], splitsAssistant: true, assistantHeader: "assistant<|role_sep|>")),
  ]
}
