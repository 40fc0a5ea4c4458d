/// Dialects of single models.
extension Dialect {
  static let otherFamily: [Dialect] = [
    // NVIDIA Nemotron Nano v2.
    Dialect(
      "nemotron-nano-v2",
      .marked(
        [
          ("<SPECIAL_10>System\n", "system"), ("<SPECIAL_11>User\n", "user"),
          ("<SPECIAL_11>Assistant\n", "assistant"),
        ], ends: ["<SPECIAL_12>"]), calls: [.json(open: "<TOOLCALL>", close: "</TOOLCALL>")],
      results: [.json(open: "<TOOL_RESPONSE>", close: "</TOOL_RESPONSE>")])
  ]
}
