/// `<|start_header_id|>role<|end_header_id|> … <|eot_id|>`.
extension Dialect {
  static let llama3Turns = TurnForm.headed(
    "<|start_header_id|>", "<|end_header_id|>", ends: ["<|eot_id|>", "<|eom_id|>"])

  static let llamaFamily: [Dialect] = [
    // Llama 3.1 to 3.3: one bare JSON object is a call; results in the role `ipython`, as JSON.
    Dialect(
      "llama3.1", llama3Turns, calls: [.bareJSON(prefix: "<|python_tag|>")],
      results: [.turn(prefix: "", isJSON: true)]),
    Dialect("llama3", llama3Turns),
    Dialect(
      "functionary-v3.1", llama3Turns,
      calls: [.named(CallForm.NamedForm(begin: "<function=", nameEnd: ">", closes: ["</function>"]))]),
    Dialect(
      "functionary-v3.2", llama3Turns, calls: [.named(CallForm.NamedForm(begin: ">>>", nameEnd: "\n"))],
      noise: [">>>all\n"]),
  ]
}
