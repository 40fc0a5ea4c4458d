/// `<｜User｜> … <｜Assistant｜> … <｜end▁of▁sentence｜>`.
extension Dialect {
  static let deepSeekFamily: [Dialect] = [
    deepSeek("deepseek-v3", [fenced, unfenced]),
    deepSeek("deepseek-r1", [fenced, unfenced]),
    deepSeek("deepseek-v3.1", [fenced, unfenced]),
  ]

  /// V3 and R1 say what kind of call it is and put the arguments into a fence.
  private static let fenced = CallForm.named(
    CallForm.NamedForm(
      begin: "<｜tool▁call▁begin｜>function<｜tool▁sep｜>", nameEnd: "\n```json\n",
      closes: ["```", "<｜tool▁call▁end｜>"]))
  private static let unfenced = CallForm.named(
    CallForm.NamedForm(
      begin: "<｜tool▁call▁begin｜>", nameEnd: "<｜tool▁sep｜>", closes: ["<｜tool▁call▁end｜>"]))

  private static func deepSeek(_ name: String, _ calls: [CallForm]) -> Dialect {
    Dialect(
      name,
      TurnForm(
        openings: [
          TurnForm.Opening(token: "<｜User｜>", kind: .role("user")),
          TurnForm.Opening(token: "<｜Assistant｜>", kind: .role("assistant")),
          TurnForm.Opening(token: "<｜tool▁output▁begin｜>", kind: .role("tool"), ends: ["<｜tool▁output▁end｜>"]),
        ], ends: ["<｜end▁of▁sentence｜>"], leading: "system", between: "assistant",
        noise: TurnForm.beginnings + ["<｜tool▁outputs▁begin｜>", "<｜tool▁outputs▁end｜>"]),
      calls: calls, noise: ["<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>", "<｜tool▁outputs▁begin｜>"])
  }
}
