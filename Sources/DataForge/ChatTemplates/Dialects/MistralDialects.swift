/// `[INST] … [/INST]`, the assistant's text behind it, `</s>`.
extension Dialect {
  static let mistralTurns = TurnForm(
    openings: [
      TurnForm.Opening(token: "[INST]", kind: .role("user"), ends: ["[/INST]"]),
      TurnForm.Opening(token: "[SYSTEM_PROMPT]", kind: .role("system"), ends: ["[/SYSTEM_PROMPT]"]),
      TurnForm.Opening(token: "[AVAILABLE_TOOLS]", kind: .definitions, ends: ["[/AVAILABLE_TOOLS]"]),
      TurnForm.Opening(token: "[MODEL_SETTINGS]", kind: .definitions, ends: ["[/MODEL_SETTINGS]"]),
      TurnForm.Opening(token: "[TOOL_RESULTS]", kind: .role("tool"), ends: ["[/TOOL_RESULTS]"]),
    ], ends: ["</s>"], leading: "assistant", between: "assistant")

  static let mistralFamily: [Dialect] = [
    // v3 tekken: a JSON list of calls with ids.
    Dialect(
      "mistral-v3", mistralTurns, reasoning: [("[THINK]", "[/THINK]")],
      calls: [.json(open: "[TOOL_CALLS]", close: nil)], results: [.mistral]),
    // Since v11: name and arguments behind tokens.
    Dialect(
      "mistral-v13", mistralTurns, reasoning: [("[THINK]", "[/THINK]")],
      calls: [.named(CallForm.NamedForm(begin: "[TOOL_CALLS]", idMark: "[CALL_ID]", nameEnd: "[ARGS]"))],
      results: [.mistral]),
    Dialect(
      "llama2",
      TurnForm(
        openings: [TurnForm.Opening(token: "[INST]", kind: .role("user"), ends: ["[/INST]"])],
        // LLaVA-NeXT writes the system text before the user's turn.
        ends: ["</s>"], leading: "system", between: "assistant", systemInUser: ("<<SYS>>", "<</SYS>>"))),
  ]
}
